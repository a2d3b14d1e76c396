import { type ReactNode, Suspense, useEffect } from 'react'
import { RouterProvider } from 'react-aria-components'
import { Redirect, Route, Router, Switch, useLocation } from 'wouter'
import { startLive, useLive } from '../api/live/live.ts'
import { lookAgain, useHasEnded, useMay, useSession } from '../api/session.tsx'
import { later } from '../page/later.ts'
import { NoPermissionPage, NotFoundPage, PageSkeleton } from '../page/states.tsx'
import { type PageEntry, pages } from '../pages.ts'
import { Fence } from '../ui/feedback/ErrorState.tsx'
import { Toasts } from '../ui/feedback/Toasts.tsx'
import { frameWords as words } from '../words/frame.ts'
import { ConnectionBar } from './ConnectionBar.tsx'
import { Keyboard } from './commands/Keyboard.tsx'
import { Rail, useRail } from './Rail.tsx'
import './frame.css'

const EndedDialog = later(async () => ({ default: (await import('./entry/EndedDialog.tsx')).EndedDialog }))
const routes = pages.map((entry) => ({ entry, Content: later(async () => ({ default: await entry.load() })) }))

/** What stays while pages come and go: the rail, the messages, the keyboard, the ear on the server. */
export const Frame = () => (
  <Router base="/app">
    <Links>
      <Rail />
      <main className="main" id="main">
        <ConnectionBar />
        <Pages />
      </main>
      <Keyboard />
      <Toasts />
      <Ear />
    </Links>
  </Router>
)

/** React Aria's links and menus go by the router, so that no page is loaded anew. */
function Links({ children }: { children: ReactNode }) {
  const [, navigate] = useLocation()
  return (
    <RouterProvider navigate={navigate} useHref={hrefOf}>
      <div className="frame">
        <a href="#main" className="skip">
          {words.skip}
        </a>
        {children}
      </div>
    </RouterProvider>
  )
}

const hrefOf = (path: string) => (path.startsWith('/') ? `/app${path === '/' ? '' : path}` : path)

function Pages() {
  const [first] = useRail()
  const [path] = useLocation()
  return (
    <Fence key={path.split('/')[1]}>
      <Switch>
        {routes.map(({ entry, Content }) => (
          <Route key={entry.id} path={entry.path}>
            <Guarded entry={entry}>
              <Suspense fallback={<PageSkeleton title={entry.title} />}>
                <Content />
              </Suspense>
            </Guarded>
          </Route>
        ))}
        <Route path="/">{first?.rail ? <Redirect to={first.rail.href} replace /> : <NotFoundPage />}</Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Fence>
  )
}

function Guarded({ entry, children }: { entry: PageEntry; children: ReactNode }) {
  const may = useMay()
  return entry.scope && !may(entry.scope) ? <NoPermissionPage title={entry.title} scope={entry.scope} /> : children
}

/** Hears of changes for as long as this person is signed in, and asks to sign in again once they are not. */
function Ear() {
  const { csrfToken, user } = useSession()
  const hasEnded = useHasEnded()
  const look = () => void lookAgain()
  useLive('user', (changes) => changes.some(({ recordId }) => recordId === user.id) && look(), look)
  useLive('location', look)
  // The token is new with each session.
  useEffect(() => (csrfToken ? startLive() : undefined), [csrfToken])
  return (
    hasEnded && (
      <Suspense>
        <EndedDialog />
      </Suspense>
    )
  )
}
