import { ArrowRight, CircleDot, type LucideIcon, Trash2, UserRound } from 'lucide-react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { BulkBar } from '../../ui/lists/BulkBar.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { listWords as words } from '../../words/list.ts'
import type { Wish } from './actions.ts'
import type { Progress } from './useBulk.ts'
import type { ChoicesFor } from './useChoices.ts'

interface Props {
  choices: ChoicesFor
  count: number
  progress: Progress | null
  onRun: (wish: Wish) => void
  onLose: () => void
  onDelete: () => void
  onStop: () => void
  onClear: () => void
}

/** What can be done with all deals that are selected; while it is being done, how far it has come. */
export function BulkActions({ choices: choicesFor, count, progress, onRun, onLose, onDelete, onStop, onClear }: Props) {
  const choices = choicesFor(onRun, onLose)
  return (
    <BulkBar count={count} onClear={onClear}>
      {progress ? (
        <Running progress={progress} onStop={onStop} />
      ) : (
        <>
          <Menu label={words.move} placement="top" groups={[{ choices: choices.stages }]}>
            <Labelled icon={ArrowRight}>{words.move}</Labelled>
          </Menu>
          <Menu label={words.status} placement="top" groups={[{ choices: choices.statuses }]}>
            <Labelled icon={CircleDot}>{words.status}</Labelled>
          </Menu>
          <Menu label={words.assign} placement="top" groups={[{ choices: choices.owners }]}>
            <Labelled icon={UserRound}>{words.assign}</Labelled>
          </Menu>
          <Labelled icon={Trash2} onPress={onDelete}>
            {words.delete}
          </Labelled>
        </>
      )}
    </BulkBar>
  )
}

interface LabelledProps {
  icon: LucideIcon
  children: string
  onPress?: () => void
}

/** A phone has room for the pictures alone. */
function Labelled({ icon, children, ...props }: LabelledProps) {
  const isNarrow = useMedia('(width < 640px)')
  return isNarrow ? (
    <IconButton {...props} look="quiet" icon={icon} label={children} />
  ) : (
    <Button {...props} icon={icon}>
      {children}
    </Button>
  )
}

function Running({ progress: { done, total }, onStop }: { progress: Progress; onStop: () => void }) {
  const { count } = useFormats()
  return (
    <>
      <progress
        className="list-progress"
        value={done}
        max={total}
        aria-label={words.progress(count(done), count(total))}
      />
      <span className="soft figures">{words.progress(count(done), count(total))}</span>
      <Button onPress={onStop}>{words.stop}</Button>
    </>
  )
}
