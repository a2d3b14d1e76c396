import { Button } from '../../ui/actions/Button.tsx'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { editorWords as words } from '../../words/automationEditor.ts'
import type { Whole } from '../wire.ts'
import type { Saving } from './useEditor.ts'

/** Whether publishing would change nothing at all. */
export const isAsPublished = ({ workflow, isChanged }: Whole, saving: Saving): boolean =>
  saving === 'saved' && workflow.state === 'published' && !isChanged

interface Props {
  whole: Whole
  saving: Saving
  onPress: () => void
}

/** The page's primary action, for as long as there is something to publish. */
export const PublishButton = ({ whole, saving, onPress }: Props) => {
  const isIdle = isAsPublished(whole, saving)
  return (
    <Button look={isIdle ? 'quiet' : 'primary'} isDisabled={isIdle || saving !== 'saved'} onPress={onPress}>
      {words.publish}
    </Button>
  )
}

/** Whether what is written is kept, and that there is nothing to publish where that is so. */
export function SavingNote({ whole, saving }: Omit<Props, 'onPress'>) {
  const isNarrow = useMedia('(width < 640px)')
  const isIdle = isAsPublished(whole, saving)
  const idle = isNarrow ? words.upToDate : words.nothingToPublish
  return (
    <span className="editor-saving small soft" role="status" {...(isIdle && { title: words.publishedHelp })}>
      {isIdle ? idle : words.saving[saving]}
    </span>
  )
}
