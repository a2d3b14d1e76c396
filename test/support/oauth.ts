import type { NewApp } from '../../src/domain/oauth/apps/app.ts'
import { createApp, type MadeApp } from '../../src/domain/oauth/apps/apps.ts'
import type { Crm } from '../harness.ts'

/** Where the tests' apps have people sent back to; nobody listens there, nobody follows. */
export const callback = 'https://app.example.com/callback'

export type App = { clientId: string; clientSecret: string; appId: string }

/** An app that was made as the command line makes them. */
export async function givenApp(crm: Pick<Crm, 'as' | 'locationId'>, wanted: Partial<NewApp> = {}): Promise<App> {
  const ctx = crm.as(crm.locationId)
  const { app, secret }: MadeApp = await createApp(ctx, { name: 'Mailer', redirectUris: [callback], ...wanted })
  return { clientId: app.clientId, clientSecret: secret, appId: app.clientId.split('-')[0] as string }
}

/** A page as a browser has it. */
export interface Page {
  status: number
  headers: Headers
  html: string
  /** Where a redirect leads. */
  location: string | null
}

/** A browser that keeps cookies, follows nothing, and fills in forms. */
export function openBrowser(url: string) {
  const cookies = new Map<string, string>()
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  async function visit(path: string, init: RequestInit = {}): Promise<Page> {
    const headers = { ...(cookies.size > 0 && { cookie: cookie() }), ...init.headers }
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    return { status: response.status, headers: response.headers, html: await response.text(), location }
  }

  /** Sends the form of a page to the page's own address, as a browser does. */
  const submit = (path: string, page: Page, fields: Record<string, string>) =>
    visit(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ticket: ticketIn(page), ...fields }).toString(),
    })

  return { visit, submit, cookies }
}

export const ticketIn = ({ html }: Page): string => /name="ticket" value="([^"]*)"/.exec(html)?.[1] ?? ''

export const addressOf = (query: Record<string, string>, path = '/oauth/chooselocation') =>
  `${path}?${new URLSearchParams({ response_type: 'code', redirect_uri: callback, ...query })}`

interface Wish {
  email?: string
  password?: string
  /** A location's id, or `all`. */
  location?: string
}

interface Session {
  browser: ReturnType<typeof openBrowser>
  address: string
  /** With what there is to choose. */
  page: Page
}

/** Signs in by the form itself. */
export async function signIn(crm: Crm, query: Record<string, string>, wish: Wish = {}): Promise<Session> {
  const { email, password } = { ...crm.first.admin, ...wish }
  const browser = openBrowser(crm.url)
  const address = addressOf(query)
  const first = await browser.visit(address)
  const page = await browser.submit(address, first, { action: 'sign-in', email, password })
  return { browser, address, page }
}

/** Passwords are slow to verify: whoever is signed in lets the same app in again from the same page. */
const sessions = new WeakMap<object, Map<string, Session>>()

/** Signs in and lets the app in, by the forms themselves; the answer is the redirect back to the app. */
export async function letIn(crm: Crm, query: Record<string, string>, wish: Wish = {}): Promise<Page> {
  const known = sessions.get(crm.app) ?? new Map<string, Session>()
  sessions.set(crm.app, known)
  const key = JSON.stringify([query, wish.email])
  const allow = ({ browser, address, page }: Session) =>
    browser.submit(address, page, { action: 'allow', location: wish.location ?? crm.locationId })
  const session = known.get(key)
  const reply = session && (await allow(session))
  if (reply?.status === 303) return reply
  const fresh = await signIn(crm, query, wish)
  known.set(key, fresh)
  return allow(fresh)
}

/** A code, for a location unless all are wished for. */
export async function codeFor(crm: Crm, app: App, wish: Wish = {}, query: Record<string, string> = {}) {
  const page = await letIn(crm, { client_id: app.clientId, ...query }, wish)
  const code = page.location && new URL(page.location).searchParams.get('code')
  if (!code) throw new Error(`${page.status}: ${page.html}`)
  return code
}

const secrets = ({ clientId, clientSecret }: App) => ({ client_id: clientId, client_secret: clientSecret })

/** Asks the token endpoint with a form, as most clients do. */
export const askToken = (crm: Crm, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  crm.ask('POST', '/oauth/token', {
    body: new URLSearchParams(fields).toString(),
    token: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })

export const exchange = (crm: Crm, app: App, code: string, more: Record<string, string> = {}) =>
  askToken(crm, { ...secrets(app), grant_type: 'authorization_code', code, ...more })

export const refresh = (crm: Crm, app: App, refreshToken: string) =>
  askToken(crm, { ...secrets(app), grant_type: 'refresh_token', refresh_token: refreshToken })

/** The reply that a grant begins with. */
export async function grant(crm: Crm, app: App, wish: Wish = {}, query: Record<string, string> = {}) {
  const reply = await exchange(crm, app, await codeFor(crm, app, wish, query))
  if (reply.status !== 200) throw new Error(reply.text)
  return reply.body
}

/** Whether a token is let in where every location's token is. */
export const works = async (crm: Crm, token: string): Promise<boolean> =>
  (await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { token })).status === 200

/** Contract 8: the union of RFC 6749's error and HighLevel's. */
export const refusal = (status: number, error: string, message: string): [number, unknown] => [
  status,
  { statusCode: status, error, error_description: message, message },
]

export const invalidGrant = (what: string) => refusal(400, 'invalid_grant', `Invalid grant: ${what}`)
