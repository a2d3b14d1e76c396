import { Link } from 'react-aria-components'
import { Button } from '../../ui/actions/Button.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { stepRunWords as words } from '../../words/automationEditor.ts'
import { runWords } from '../../words/automations.ts'
import { useStepRuns } from '../ask.ts'
import { EntryBadge, RunBadge } from '../states.tsx'
import type { StepRun, Workflow } from '../wire.ts'

/** The runs that came to a step, the newest first: whom each is about, what the step did, and the way to the run. */
export function StepRuns({ workflow, stepId }: { workflow: Workflow; stepId: string }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useStepRuns(workflow.id, stepId)
  const found = data?.pages.flatMap(({ runs }) => runs)
  return (
    <section className="step-runs" aria-label={words.title}>
      <h3>{words.title}</h3>
      {found?.length === 0 ? (
        <p className="soft">{workflow.version === 0 ? words.noneDraft : words.none}</p>
      ) : found ? (
        <ol>
          {found.map((one) => (
            <StepRunItem key={one.run.id} found={one} />
          ))}
        </ol>
      ) : error ? (
        <ErrorState title={words.failed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <RunsSkeleton />
      )}
      {hasNextPage && (
        <Button look="plain" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </section>
  )
}

function StepRunItem({ found: { run, step, at, isHere } }: { found: StepRun }) {
  const { opportunityId, opportunityName, contactId, contactName } = run
  const deal = opportunityName ?? (opportunityId ? runWords.goneDeal : null)
  const contact = contactName ?? (contactId ? runWords.goneContact : runWords.nobody)
  return (
    <li>
      <Link className="step-run" href={`/automations/${run.workflowId}/runs?run=${run.id}`}>
        <span className="step-run-who">
          <span className="one-line automation-name">{deal ?? contact}</span>
          {deal && <span className="one-line small soft">{contact}</span>}
        </span>
        {isHere || !step ? <RunBadge run={run} /> : <EntryBadge entry={step} />}
        <span className="step-run-time small soft">
          <Time at={at} />
        </span>
        {step?.error && (
          <span className="step-run-error run-error small one-line" title={step.error}>
            {step.error}
          </span>
        )}
      </Link>
    </li>
  )
}

const RunsSkeleton = () => (
  <Loading className="step-runs-skeleton">
    {['52%', '38%', '46%'].map((width) => (
      <span key={width}>
        <Skeleton width={width} />
        <Skeleton width={64} />
      </span>
    ))}
  </Loading>
)
