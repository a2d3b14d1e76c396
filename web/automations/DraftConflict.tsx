import { ApiError } from '../api/errors.ts'
import { Button } from '../ui/actions/Button.tsx'
import { Problem } from '../ui/fields/Form.tsx'
import { editorWords as words } from '../words/automationEditor.ts'

/** Whether the server refused a change because the draft is another one by now. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'WORKFLOW_DRAFT_CHANGED'

interface Props {
  /** What was not done. */
  title: string
  /** Gives up what oneself has written. */
  onDiscard: () => void
  /** Saves it all the same. */
  onOverwrite: () => void
  isPending?: boolean
}

/** Somebody else was quicker: neither is lost before somebody has chosen. */
export const DraftConflict = ({ title, onDiscard, onOverwrite, isPending = false }: Props) => (
  <div className="draft-conflict">
    <Problem>{`${title}. ${words.changedElsewhere}`}</Problem>
    <Button onPress={onDiscard}>{words.discardMine}</Button>
    <Button isPending={isPending} onPress={onOverwrite}>
      {words.overwriteTheirs}
    </Button>
  </div>
)
