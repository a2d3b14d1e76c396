import { Printer, SquareKanban } from 'lucide-react'
import { type ComponentType, type ReactNode, Suspense } from 'react'
import { Redirect, useLocation, useParams, useSearchParams } from 'wouter'
import { type Pipeline, usePipelines } from '../api/lookups.ts'
import { useMay, useSession } from '../api/session.tsx'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { NotFoundPage } from '../page/states.tsx'
import { Button, LinkButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Tabs } from '../ui/lists/Tabs.tsx'
import { reports as words } from '../words/reports.ts'
import { AskedChips } from './AskedChips.tsx'
import { type Asked, queryOf, type ReportId, readAsked, reportIds, writeAsked } from './asked.ts'
import type { PartProps } from './part.ts'
import { ReportSkeleton } from './Report.tsx'
import { todayIn } from './ranges.ts'
import './reports.css'

const parts: Record<ReportId, ComponentType<PartProps>> = {
  funnel: later(async () => ({ default: (await import('./FunnelReport.tsx')).FunnelReport })),
  forecast: later(async () => ({ default: (await import('./ForecastReport.tsx')).ForecastReport })),
  outcomes: later(async () => ({ default: (await import('./OutcomesReport.tsx')).OutcomesReport })),
  time: later(async () => ({ default: (await import('./TimeReport.tsx')).TimeReport })),
}

export function ReportsPage() {
  const { report: wanted } = useParams<{ report?: string }>()
  const may = useMay()
  const { data: pipelines, error, refetch } = usePipelines()
  const report = reportIds.find((id) => id === wanted)
  if (!wanted) return <Redirect to={`/reports/${reportIds[0]}`} replace />
  if (!report) return <NotFoundPage />
  if (pipelines?.[0]) return <Reports report={report} pipelines={pipelines} first={pipelines[0].id} />
  const isPending = !pipelines && !error
  return (
    <Page title={words.title} chips={isPending && <Skeleton width={280} height={26} />}>
      {error ? (
        <ErrorState title={words.failed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : pipelines ? (
        <EmptyState
          icon={SquareKanban}
          title={words.noPipelines}
          action={
            may('pipelines.create') && (
              <LinkButton look="primary" href="/settings/pipelines">
                {words.toPipelines}
              </LinkButton>
            )
          }
        >
          {words.noPipelinesHelp}
        </EmptyState>
      ) : (
        <div className="reports">
          <div className="reports-awaited" />
          <ReportSkeleton />
        </div>
      )}
    </Page>
  )
}

function Reports({ report, pipelines, first }: { report: ReportId; pipelines: Pipeline[]; first: string }) {
  const { location } = useSession()
  const [params, setParams] = useSearchParams()
  const [, navigate] = useLocation()
  const today = todayIn(location.timezone)
  const read = readAsked(params, today)
  const needsOne = report === 'funnel' || report === 'time'
  const asked = { ...read, pipelineId: read.pipelineId ?? (needsOne ? first : null) }
  const change = (part: Partial<Asked>) => setParams((before) => writeAsked({ ...readAsked(before, today), ...part }))
  const Part = parts[report]
  const content: ReactNode = (
    <Suspense fallback={<ReportSkeleton />}>
      <Part
        asked={asked}
        query={queryOf(asked, report, today)}
        showAll={asked.range !== 'all' && <Button onPress={() => change({ range: 'all' })}>{words.showAll}</Button>}
      />
    </Suspense>
  )
  return (
    <Page
      title={words.title}
      actions={
        <Button icon={Printer} onPress={() => print()}>
          {words.print}
        </Button>
      }
      chips={<AskedChips asked={asked} report={report} pipelines={pipelines} onChange={change} />}
    >
      <div className="reports">
        <Tabs
          label={words.title}
          value={report}
          onChange={(id) => navigate(`/reports/${id}${params.size > 0 ? `?${params}` : ''}`)}
          tabs={reportIds.map((id) => ({ id, label: words.names[id], content: id === report && content }))}
        />
      </div>
    </Page>
  )
}
