import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import type { InvitedReply, SessionReply } from '../../src/api/console/sessionWire.ts'
import { FormatsProvider, formatsFor } from '../ui/marks/formats.ts'
import { callAsNobody, del, openGate, put } from './client.ts'
import { isRefusal } from './errors.ts'
import { queryClient } from './queries.ts'

export type Session = Static<typeof SessionReply>['session']
type Reply = Static<typeof SessionReply>

const key = ['session']

/** Who is signed in; null for nobody. */
export const useSessionQuery = () =>
  useQuery({ queryKey: key, queryFn: askWho, staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY })

async function askWho(): Promise<Session | null> {
  try {
    return begin((await callAsNobody<Reply>('GET', '/console/session')).session)
  } catch (error) {
    if (isRefusal(error, 401)) return null
    throw error
  }
}

const SessionContext = createContext<Session | null>(null)

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const formats = useMemo(() => formatsFor(session.location.currency), [session.location.currency])
  return (
    <SessionContext value={session}>
      <FormatsProvider value={formats}>{children}</FormatsProvider>
    </SessionContext>
  )
}

/** On every page: nobody sees one without having signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('A page outside of a session')
  return session
}

/** Whether the role allows it: `may('pipelines.write')`. */
export function useMay(): (scope: string) => boolean {
  const { scopes } = useSession()
  return useMemo(() => {
    const held = new Set(scopes)
    return (scope) => held.has(scope)
  }, [scopes])
}

export async function signIn(email: string, password: string): Promise<void> {
  resume((await callAsNobody<Reply>('POST', '/console/session', { email, password })).session)
  tabs.postMessage('signed in')
}

export const lookAtInvitation = (secret: string) =>
  callAsNobody<Static<typeof InvitedReply>>('POST', '/console/join/look', { secret })

export async function join(secret: string, password: string): Promise<void> {
  resume((await callAsNobody<Reply>('POST', '/console/join', { secret, password })).session)
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const { session } = await put<Reply>('/console/session/password', { currentPassword, newPassword })
  queryClient.setQueryData(key, begin(session))
}

export async function signOut(everywhere = false): Promise<void> {
  await del(everywhere ? '/console/sessions' : '/console/session')
  openGate(undefined)
  queryClient.clear()
  location.assign('/app')
}

/** Somebody else has taken the place: what the one before could see must not stay on the screen. */
function resume(session: Session): void {
  const before = queryClient.getQueryData<Session | null>(key)
  if (before && before.user.id !== session.user.id) {
    location.assign('/app')
    return
  }
  queryClient.setQueryData(key, begin(session))
  ended.settle()
}

function begin(session: Session): Session {
  openGate({ csrfToken: session.csrfToken, signInAgain, renew: () => renew(session.csrfToken) })
  return session
}

/** Settles once somebody has signed in again; at once with false if the session had not ended at all. */
export async function signInAgain(): Promise<boolean> {
  if (!ended.has() && (await askWho())) return false
  await ended.wait()
  return true
}

async function renew(known: string): Promise<boolean> {
  const session = await askWho()
  if (!session || session.csrfToken === known) return false
  resume(session)
  return true
}

/** Whether the session has ended under an open page, and who waits for the next. */
const ended = createEnd()
export const useHasEnded = () => useSyncExternalStore(ended.listen, ended.has)

/** Somebody may have signed in again in another tab: then this one goes on by itself. */
export async function lookAgain(): Promise<void> {
  const session = ended.has() && (await askWho())
  if (session) resume(session)
}

const tabs = new BroadcastChannel('pipewright.session')
tabs.onmessage = () => void lookAgain()

function createEnd() {
  const listeners = new Set<() => void>()
  let waiting: { promise: Promise<void>; settle: () => void } | undefined
  const announce = () => {
    for (const listener of listeners) listener()
  }
  return {
    has: () => waiting !== undefined,
    listen(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    wait(): Promise<void> {
      if (waiting) return waiting.promise
      let settle = () => {}
      const promise = new Promise<void>((resolve) => {
        settle = resolve
      })
      waiting = { promise, settle }
      announce()
      return promise
    },
    settle() {
      const { settle } = waiting ?? {}
      waiting = undefined
      announce()
      settle?.()
    },
  }
}
