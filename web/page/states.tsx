import { Compass } from 'lucide-react'
import { LinkButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { frameWords as words } from '../words/frame.ts'
import { Page } from './Page.tsx'

export const NotFoundPage = () => (
  <Page title={words.notFound} heading={<span className="unseen">{words.notFound}</span>}>
    <EmptyState icon={Compass} title={words.notFound} action={<LinkButton href="/">{words.home}</LinkButton>}>
      {words.notFoundHelp}
    </EmptyState>
  </Page>
)

export const NoPermissionPage = ({ title, scope }: { title: string; scope: string }) => (
  <Page title={title}>
    <NoPermission scope={scope} />
  </Page>
)

export const NoPermission = ({ scope }: { scope: string }) => (
  <ErrorState title={words.noPermission} isForbidden>
    {words.noPermissionHelp(scope)}
  </ErrorState>
)

/** While the script of a page is on its way: its title is known already. */
export const PageSkeleton = ({ title }: { title: string }) => (
  <Page title={title}>
    <SkeletonRows />
  </Page>
)
