import { Suspense } from 'react'
import { SessionProvider, useSessionQuery } from '../api/session.tsx'
import { later } from '../page/later.ts'
import { ErrorState, Fence } from '../ui/feedback/ErrorState.tsx'
import { frameWords as words } from '../words/frame.ts'
import { Frame } from './Frame.tsx'

const SignInPage = later(async () => ({ default: (await import('./entry/SignInPage.tsx')).SignInPage }))
const JoinPage = later(async () => ({ default: (await import('./entry/JoinPage.tsx')).JoinPage }))

/** Who is there decides what is shown: an invitation, the sign-in page, or the app. */
export const App = () => (
  <Fence>
    <Suspense>{location.pathname === '/app/join' ? <JoinPage /> : <SignedIn />}</Suspense>
  </Fence>
)

function SignedIn() {
  const { data: session, error, refetch } = useSessionQuery()
  if (session) {
    return (
      <SessionProvider session={session}>
        <Frame />
      </SessionProvider>
    )
  }
  if (session === null) return <SignInPage />
  if (!error) return null
  return (
    <ErrorState title={words.cannotStart} onRetry={() => void refetch()}>
      {error.message}
    </ErrorState>
  )
}
