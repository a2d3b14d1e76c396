import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import type { InvitedReply, SessionReply } from '../../src/api/console/sessionWire.ts'
import { keepDraftsOf } from '../ui/fields/useDraft.ts'
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
  const session = await look()
  return session && begin(session)
}

async function look(): Promise<Session | null> {
  try {
    return (await callAsNobody<Reply>('GET', '/console/session')).session
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
  tabs.postMessage('signed out')
  beginAnew()
}

/** Nothing of who was here stays: neither on the screen nor in what would still be sent. */
function beginAnew(): void {
  openGate(undefined)
  queryClient.clear()
  location.assign('/app')
}

/**
 * Goes on with whoever is signed in by now; false where that is somebody else, for whom nothing of the one before is to
 * be shown or sent. What one may see may have become another: then everything is asked anew.
 */
function resume(session: Session): boolean {
  const before = queryClient.getQueryData<Session | null>(key)
  if (before && before.user.id !== session.user.id) {
    beginAnew()
    return false
  }
  queryClient.setQueryData(key, begin(session))
  if (before && rightsOf(before) !== rightsOf(session)) location.reload()
  ended.settle()
  return true
}

const rightsOf = ({ scopes, user }: Session) => JSON.stringify([[...scopes].sort(), user.onlyAssigned])

function begin(session: Session): Session {
  keepDraftsOf(session.user.id)
  openGate({ csrfToken: session.csrfToken, signInAgain, renew: () => renew(session.csrfToken) })
  return session
}

/** Settles once the same person has signed in again; at once with false if the session had not ended at all. */
export async function signInAgain(): Promise<boolean> {
  const session = ended.has() ? null : await look()
  if (session) {
    resume(session)
    return false
  }
  await ended.wait()
  return true
}

async function renew(known: string): Promise<boolean> {
  const session = await look()
  return session !== null && session.csrfToken !== known && resume(session)
}

/** Whether the session has ended under an open page, and who waits for the next. */
const ended = createEnd()
export const useHasEnded = () => useSyncExternalStore(ended.listen, ended.has)

/** Somebody may have signed in by another tab, or be allowed other things than before. If nobody answers, later. */
export async function lookAgain(): Promise<void> {
  const session = await look().catch(() => null)
  if (session) resume(session)
}

/** The other tabs of this browser: the session is theirs too. */
const tabs = new BroadcastChannel('pipewright.session')
tabs.onmessage = ({ data }) => {
  if (data === 'signed out') void ended.wait()
  else void lookAgain()
}

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
