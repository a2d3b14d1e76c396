import { Suspense, useMemo } from 'react'
import { Redirect, useParams } from 'wouter'
import { useMay } from '../api/session.tsx'
import { Page } from '../page/Page.tsx'
import { NoPermission, NotFoundPage } from '../page/states.tsx'
import { Fence } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { pageNames } from '../words/pages.ts'
import { parts } from './parts.ts'
import { SettingsNavigation } from './SettingsNavigation.tsx'

export function SettingsPage() {
  const may = useMay()
  const { part: chosen } = useParams<{ part?: string }>()
  const seen = useMemo(() => parts.filter(({ scope }) => !scope || may(scope)), [may])
  const part = parts.find(({ id }) => id === chosen)
  if (!chosen && seen[0]) return <Redirect to={`/settings/${seen[0].id}`} replace />
  if (!part) return <NotFoundPage />
  return (
    <Page title={pageNames.settings}>
      <div className="settings">
        <SettingsNavigation parts={seen} chosen={part.id} />
        <section key={part.id} className="settings-part" aria-label={part.title}>
          <Fence>
            <Suspense fallback={<SkeletonRows count={4} />}>
              {seen.includes(part) ? <part.Content /> : <NoPermission scope={part.scope ?? ''} />}
            </Suspense>
          </Fence>
        </section>
      </div>
    </Page>
  )
}
