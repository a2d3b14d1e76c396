import { History, RotateCcw } from 'lucide-react'
import { useUsers } from '../api/lookups.ts'
import { useMay } from '../api/session.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { Badge } from '../ui/marks/Badge.tsx'
import { Time } from '../ui/marks/Time.tsx'
import { editorWords } from '../words/automationEditor.ts'
import { useVersions } from './ask.ts'
import { DraftConflict } from './DraftConflict.tsx'
import { countSteps, type Definition } from './editor/definition.ts'
import { useDraftChange } from './useDraftChange.ts'
import { WorkflowFrame } from './WorkflowFrame.tsx'
import type { Version, Whole, Workflow } from './wire.ts'

const words = editorWords.versions

/** Everything that was published, newest first; any of it can be made the draft again. */
export function VersionsPart({ whole }: { whole: Whole }) {
  const { workflow, isChanged } = whole
  const { data: versions, error, refetch } = useVersions(workflow.id)
  return (
    <WorkflowFrame whole={whole} part="versions">
      {versions?.length === 0 ? (
        <EmptyState icon={History} title={words.none}>
          {words.noneHelp}
        </EmptyState>
      ) : versions ? (
        <ol className="versions">
          {versions.map((version) => (
            <VersionItem
              key={version.version}
              version={version}
              workflow={workflow}
              isDraft={!isChanged && version.version === workflow.version}
            />
          ))}
        </ol>
      ) : error ? (
        <ErrorState title={words.failed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <SkeletonRows />
      )}
    </WorkflowFrame>
  )
}

interface ItemProps {
  version: Version
  workflow: Workflow
  /** Whether the draft says the same. */
  isDraft: boolean
}

function VersionItem({ version, workflow, isDraft }: ItemProps) {
  const { version: number, publishedAt, publishedBy, definition } = version
  const { steps, trigger, settings, name } = definition as Definition
  const publisher = useUsers().find(({ id }) => id === publishedBy)
  const mayChange = useMay()('workflows.write')
  const restore = useDraftChange(workflow, { says: words.restored(number), refused: words.notRestored })
  const make = () => restore.save({ name, trigger, steps, settings, basedOn: workflow.revision })
  return (
    <li className="version">
      <div className="version-words">
        <p className="version-name">
          <span className="automation-name">{words.version(number)}</span>
          {number === workflow.version && workflow.state !== 'draft' && <Badge tone="won">{words.current}</Badge>}
        </p>
        <p className="soft small">
          <Time at={publishedAt} /> {publisher && words.by(publisher.name)} · {words.steps(countSteps(steps))}
        </p>
      </div>
      {mayChange && isDraft && <span className="soft small">{words.isDraft}</span>}
      {mayChange && !isDraft && (
        <Button icon={RotateCcw} isPending={restore.isPending} onPress={make}>
          {words.restore}
        </Button>
      )}
      {restore.conflict && <DraftConflict title={words.notRestored} {...restore.conflict} />}
    </li>
  )
}
