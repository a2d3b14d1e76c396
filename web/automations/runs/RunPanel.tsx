import { History } from 'lucide-react'
import { isRefusal } from '../../api/errors.ts'
import { useMay } from '../../api/session.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../../ui/feedback/Skeleton.tsx'
import { Panel } from '../../ui/overlays/Panel.tsx'
import { runWords as words } from '../../words/automations.ts'
import { useActionTypes, useRun } from '../ask.ts'
import { numbered } from '../form/rows.ts'
import type { Story } from '../wire.ts'
import { RunButtons } from './RunButtons.tsx'
import { RunFacts } from './RunFacts.tsx'
import { StepItem } from './StepItem.tsx'
import { Values } from './Values.tsx'

/** One run: whom it is about, where it stands, what each step did, and what can be done about it. */
export function RunPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useRun(id)
  const mayChange = useMay()('workflows.write')
  const title = data?.run.contactName ?? data?.run.opportunityName ?? words.panel
  return (
    <Panel
      title={title}
      label={`${words.panel}: ${title}`}
      onClose={onClose}
      footer={data && mayChange && !data.run.endedAt && <RunButtons run={data.run} />}
    >
      {data ? (
        <RunStory story={data} />
      ) : isRefusal(error, 404) ? (
        <EmptyState icon={History} title={words.forgotten}>
          {words.forgottenHelp}
        </EmptyState>
      ) : error ? (
        <ErrorState title={words.panelFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <SkeletonRows count={5} />
      )}
    </Panel>
  )
}

function RunStory({ story: { run, trigger, steps } }: { story: Story }) {
  const actions = useActionTypes()
  const titleOf = (type: string) => actions?.find((action) => action.type === type)?.title ?? type
  return (
    <div className="run">
      <RunFacts run={run} />
      <section aria-label={words.log}>
        <h3>{words.log}</h3>
        {steps.length === 0 && <p className="soft">{words.noSteps}</p>}
        <ol className="run-steps">
          {numbered(steps).map(({ id, row }) => (
            <StepItem key={id} entry={row} title={titleOf(row.type)} />
          ))}
        </ol>
      </section>
      <section aria-label={words.begunBy}>
        <h3>{words.begunBy}</h3>
        <Values value={trigger} empty={words.empty} />
      </section>
    </div>
  )
}
