import { hashPassword } from '../../src/domain/accounts/password.ts'
import { insertUser, type NewUser, type User } from '../../src/domain/accounts/users.ts'
import type { Ask, Crm, Reply } from '../harness.ts'

export const password = 'a good long password'

/** Slow on purpose, so it is made once. */
let hash: Promise<string> | undefined

/** Somebody with a password. */
export async function givenPerson(crm: Crm, fields: Partial<NewUser> = {}): Promise<User> {
  hash ??= hashPassword(password)
  const made = await hash
  const email = `person${crypto.randomUUID().slice(0, 8)}@example.com`
  const wanted = { firstName: 'Ruth', lastName: 'Ost', email, ...fields }
  const ctx = crm.as(crm.locationId)
  return crm.app.store.transaction((tx) => insertUser(ctx, tx, wanted, made))
}

export const onlyAssigned = { permissions: { assignedDataOnly: true } }

/** A browser in which nobody is signed in. */
export const stranger = { token: '', headers: { version: 'v3' } }

/** The web app in a browser: what it sends with its cookie, once somebody has signed in. */
export interface Visit {
  session: Record<string, unknown> & { csrfToken: string }
  cookie: string
  /** As a page of the web app asks: by v3 and the console, with the token that it was given. */
  ask(method: string, path: string, body?: unknown, options?: Ask): Promise<Reply>
}

/** Signs in as a page would. */
export async function signIn(crm: Crm, who: { email: string; password?: string }): Promise<Visit> {
  const { email, password: shown = password } = who
  const reply = await crm.ask('POST', '/console/session', { ...stranger, body: { email, password: shown } })
  if (reply.status !== 200) throw new Error(reply.text)
  return visitBy(crm, reply)
}

/** What a browser has after a reply that signed somebody in. */
export function visitBy(crm: Crm, reply: Reply): Visit {
  const { session } = reply.body
  const cookie = cookieIn(reply)
  const headers = { version: 'v3', cookie, 'x-csrf-token': session.csrfToken }
  return {
    session,
    cookie,
    ask: (method, path, body, options = {}) =>
      crm.ask(method, path, { body, token: '', ...options, headers: { ...headers, ...options.headers } }),
  }
}

/** Somebody new who has signed in. */
export async function visitOf(crm: Crm, fields: Partial<NewUser> = {}): Promise<Visit & { user: User }> {
  const user = await givenPerson(crm, fields)
  return { user, ...(await signIn(crm, user)) }
}

/** The part of a cookie that a browser sends. */
export const cookieIn = ({ headers }: Reply): string => headers.getSetCookie()[0]?.split(';')[0] ?? ''
