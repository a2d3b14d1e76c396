import { Button } from '../../ui/actions/Button.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { ui } from '../../words/ui.ts'
import { useActionTypes, useTriggerTypes, useVersions } from '../ask.ts'
import { isOutdated } from '../DraftConflict.tsx'
import { numbered } from '../form/rows.ts'
import { useMove } from '../useMoves.ts'
import type { Workflow } from '../wire.ts'
import { changesBetween } from './changes.ts'
import type { Definition } from './definition.ts'
import type { Issue } from './issues.ts'

interface Props {
  workflow: Workflow
  issues: Issue[]
  /** Goes to where an issue is mended. */
  onMend: (issue: Issue) => void
  onClose: () => void
}

/** What publishing changes, or what stands in its way. */
export function PublishDialog({ workflow, issues, onMend, onClose }: Props) {
  const { id, name, revision } = workflow
  const publish = useMove(onClose)
  const isBlocked = issues.length > 0
  return (
    <Dialog title={words.publishTitle(name)} onClose={onClose}>
      <div className="publish">
        {isOutdated(publish.error) && <Problem>{words.overtaken}</Problem>}
        {isBlocked ? <Obstacles issues={issues} onMend={onMend} /> : <Changes workflow={workflow} />}
      </div>
      <Buttons>
        <Button onPress={onClose}>{ui.cancel}</Button>
        <Button
          look="primary"
          isDisabled={isBlocked}
          isPending={publish.isPending}
          onPress={() => publish.mutate({ id, name, move: 'publish', basedOn: revision })}
        >
          {words.publish}
        </Button>
      </Buttons>
    </Dialog>
  )
}

const Obstacles = ({ issues, onMend }: Pick<Props, 'issues' | 'onMend'>) => (
  <>
    <p>
      {words.blocked}. {words.blockedHelp}
    </p>
    <ul className="publish-list">
      {issues.map((issue) => (
        <li key={`${issue.card} ${issue.field}`}>
          <Button look="plain" onPress={() => onMend(issue)}>
            {words.whereabouts(issue.card, issue.field)}
          </Button>
          <p className="run-error">{issue.says}</p>
        </li>
      ))}
    </ul>
  </>
)

function Changes({ workflow: { id, version, draft } }: { workflow: Workflow }) {
  const { data: versions, isPending } = useVersions(id, version > 0)
  const actions = useActionTypes()
  const triggers = useTriggerTypes()
  const titleOf = (type: string) =>
    [...(actions ?? []), ...(triggers ?? [])].find((one) => one.type === type)?.title ?? type
  if (version === 0) return <p>{words.publishFirst}</p>
  if (isPending) {
    return (
      <Loading className="skeleton-rows">
        <Skeleton width="60%" />
        <Skeleton width="40%" />
      </Loading>
    )
  }
  const changes = changesBetween(versions?.[0]?.definition as Definition | undefined, draft as Definition, titleOf)
  if (changes.length === 0) return <p>{words.publishAgain}</p>
  return (
    <>
      <h3>{words.changes}</h3>
      <ul className="publish-list">
        {numbered(changes).map(({ id, row }) => (
          <li key={id}>{row}</li>
        ))}
      </ul>
      <p className="soft">{words.publishNext}</p>
    </>
  )
}
