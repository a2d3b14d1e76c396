import { Button } from '../../ui/actions/Button.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'

interface Props {
  takeTheirs: () => void
  goOn: () => void
  onChosen?: () => void
}

/** Somebody else has saved the pipeline since this edit began: nothing is saved before one has chosen. */
export function Overtaken({ takeTheirs, goOn, onChosen }: Props) {
  const choose = (go: () => void) => () => {
    go()
    onChosen?.()
  }
  return (
    <div className="overtaken">
      <Problem>{words.overtaken}</Problem>
      <Button onPress={choose(takeTheirs)}>{words.showTheirs}</Button>
      <Button onPress={choose(goOn)}>{words.goOn}</Button>
    </div>
  )
}
