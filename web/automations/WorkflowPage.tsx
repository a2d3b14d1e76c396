import { Workflow as WorkflowIcon } from 'lucide-react'
import { Suspense } from 'react'
import { isRefusal } from '../api/errors.ts'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { NotFoundPage, PageSkeleton } from '../page/states.tsx'
import { LinkButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { Skeleton } from '../ui/feedback/Skeleton.tsx'
import { automationWords as words } from '../words/automations.ts'
import { useWorkflow } from './ask.ts'
import { CanvasSkeleton } from './editor/CanvasSkeleton.tsx'

const parts = {
  steps: later(async () => ({ default: (await import('./editor/EditorPart.tsx')).EditorPart })),
  runs: later(async () => ({ default: (await import('./runs/RunsPart.tsx')).RunsPart })),
  versions: later(async () => ({ default: (await import('./VersionsPart.tsx')).VersionsPart })),
}

/** One workflow: its steps, its runs, or its versions. */
export function WorkflowPage({ id, part = 'steps' }: { id: string; part: string | undefined }) {
  const { data: whole, error, refetch } = useWorkflow(id)
  const Part = parts[part as keyof typeof parts]
  if (!Part) return <NotFoundPage />
  if (whole) {
    return (
      <Suspense fallback={<Awaited title={whole.workflow.name} part={part} />}>
        <Part whole={whole} />
      </Suspense>
    )
  }
  if (!error) return <Awaited title={words.title} part={part} />
  return (
    <Page title={words.title}>
      {isRefusal(error, 404) ? (
        <EmptyState
          icon={WorkflowIcon}
          title={words.gone}
          action={<LinkButton href="/automations">{words.toAll}</LinkButton>}
        >
          {words.goneHelp}
        </EmptyState>
      ) : (
        <ErrorState title={words.oneFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      )}
    </Page>
  )
}

/** The shape of the part that is on its way. */
const Awaited = ({ title, part }: { title: string; part: string }) =>
  part === 'steps' ? (
    <Page title={title} layout="filled" chips={<Skeleton width={208} height={28} />}>
      <CanvasSkeleton />
    </Page>
  ) : (
    <PageSkeleton title={title} />
  )
