import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { open, seal, type Ticket } from '../../../src/api/oauth/page/ticket.ts'
import { createUser } from '../../../src/domain/accounts/users.ts'
import { deleteApp } from '../../../src/domain/oauth/apps/apps.ts'
import { type Crm, onEveryStore, startCrm } from '../../harness.ts'
import {
  type App,
  addressOf,
  callback,
  givenApp,
  letIn,
  openBrowser,
  type Page,
  signIn,
  ticketIn,
} from '../../support/oauth.ts'

const password = 'a good long password'

/** Text as a reader sees it, without markup, style and layout. */
const textOf = ({ html }: Page) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    .replace(/\s+/g, ' ')

const choicesIn = ({ html }: Page) =>
  [...html.matchAll(/<input type="radio" name="location" value="([^"]*)"/g)].map(([, id]) => id)

onEveryStore('the page where people let apps in', (crm) => {
  let app: App
  beforeAll(async () => {
    app = await givenApp(crm)
  })

  const visit = (query: Record<string, string>, path?: string) => openBrowser(crm.url).visit(addressOf(query, path))
  const enter = (more: Record<string, string> = {}) => visit({ client_id: app.clientId, ...more })

  /** A page, not a redirect, that says why. */
  const told = (page: Page) => [page.status, page.location, textOf(page)]
  const ended = [403, null, expect.stringContaining('This page has ended, or was not opened here.')]

  describe('at first', () => {
    test.each(['/oauth/chooselocation', '/v2/oauth/chooselocation', '/oauth/authorize'])(
      'asks who is there, at %s',
      async (path) => {
        const page = await visit({ client_id: app.clientId }, path)

        expect(page.status).toBe(200)
        expect(textOf(page)).toContain('Sign in to connect Mailer Mailer asks to be let into your data on this server.')
        expect(textOf(page)).toContain('Then you go back to app.example.com .')
      },
    )

    test('is never kept, framed or mixed with anything from elsewhere', async () => {
      const { headers, html } = await enter()

      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; form-action 'self' https:\/\/app\.example\.com; frame-ancestors 'none'; base-uri 'none'$/,
      )
      expect(headers.get('set-cookie')).toMatch(
        /^pipewright_authorize=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/,
      )
      expect(html).not.toMatch(/<script|\son\w+=|https?:\/\//)
    })

    test('lets the form lead to an address that a policy cannot name', async () => {
      const own = 'http://[::1]:8080/callback'
      const { clientId: client_id } = await givenApp(crm, { redirectUris: [own] })

      const { status, headers } = await visit({ client_id, redirect_uri: own })

      expect([status, headers.get('content-security-policy')]).toEqual([
        200,
        expect.stringContaining("; form-action 'self' http:; "),
      ])
    })

    test('takes what clients of the original send along', async () => {
      const page = await enter({ loginWindowOpenMode: 'self', version_id: app.appId, state: 'x' })

      expect(page.status).toBe(200)
    })
  })

  describe('never follows an address that was not registered:', () => {
    test.each([
      'https://app.example.com/callback/',
      'https://app.example.com/callbac',
      'https://app.example.com/callback2',
      'https://app.example.com/Callback',
      'https://APP.example.com/callback',
      'HTTPS://app.example.com/callback',
      'https://app.example.com/callback?x=1',
      'https://app.example.com/callback#x',
      'https://app.example.com/callback/../callback',
      'https://app.example.com:443/callback',
      'https://app.example.com//callback',
      'https://app.example.com/callback%20',
      ' https://app.example.com/callback',
      'http://app.example.com/callback',
      'https://app.example.com@evil.example.com/callback',
      'https://evil.example.com/callback',
      'https://app.example.com.evil.example.com/callback',
      'javascript:alert(1)',
      '//app.example.com/callback',
    ])('%s', async (redirect_uri) => {
      const page = await enter({ redirect_uri, state: 'x' })

      expect(told(page)).toEqual([403, null, expect.stringContaining('The redirect URI is not registered.')])
    })

    test('none at all, or two', async () => {
      const none = await enter({ redirect_uri: '' })
      const two = await openBrowser(crm.url).visit(
        `${addressOf({ client_id: app.clientId })}&redirect_uri=https://evil.example.com`,
      )

      for (const page of [none, two])
        expect(told(page)).toEqual([403, null, expect.stringContaining('redirect_uri is missing')])
    })

    test("another app's", async () => {
      const redirectUris = ['https://other.example.com/']
      const other = await givenApp(crm, { redirectUris })

      expect((await visit({ client_id: other.clientId, redirect_uri: redirectUris[0] as string })).status).toBe(200)
      expect((await visit({ client_id: other.clientId })).status).toBe(403)
    })

    test('one of an app that nobody knows, or knows no more', async () => {
      const gone = await givenApp(crm)
      await deleteApp(crm.as(crm.locationId), gone.clientId)

      const strange = [`${app.clientId} `, `${app.clientId}\0`, '\0', app.appId, app.clientId.toUpperCase()]
      for (const client_id of ['nobody', gone.clientId, ...strange]) {
        expect(told(await visit({ client_id }))).toEqual([400, null, expect.stringContaining('No app is known')])
      }
      expect(told(await visit({}))).toEqual([403, null, expect.stringContaining('client_id is missing')])
    })
  })

  describe('sends the app back what it did wrong:', () => {
    const challenge = 'x'.repeat(43)
    test.each<[string, Record<string, string>, string, string]>([
      ['no response type', { response_type: '' }, 'invalid_request', 'Missing parameter: response_type'],
      [
        'another',
        { response_type: 'token' },
        'unsupported_response_type',
        'Unsupported response type: it must be code',
      ],
      ['an unknown scope', { scope: 'contacts.readonly x.y' }, 'invalid_scope', 'Invalid scope: x.y is not a scope'],
      [
        'an unknown way to hash',
        { code_challenge: challenge, code_challenge_method: 'S512' },
        'invalid_request',
        'Invalid parameter: code_challenge_method must be S256 or plain',
      ],
      [
        'a challenge too short',
        { code_challenge: 'short' },
        'invalid_request',
        'Invalid parameter: code_challenge must be 43 to 128 letters, digits or - . _ ~',
      ],
    ])('%s', async (_, query, error, error_description) => {
      const page = await enter({ ...query, state: 'their own' })

      expect(page.status).toBe(303)
      expect(answerIn(page)).toEqual({ error, error_description, state: 'their own' })
      expect(page.location?.startsWith(`${callback}?error=`)).toBe(true)
    })

    test('a scope that the app may not have', async () => {
      const few = await givenApp(crm, { scopes: ['contacts.readonly'] })

      const page = await visit({ client_id: few.clientId, scope: 'contacts.readonly contacts.write' })

      expect(answerIn(page)).toEqual({
        error: 'invalid_scope',
        error_description: 'Invalid scope: the app may not ask for contacts.write',
      })
    })

    test('something twice', async () => {
      const page = await openBrowser(crm.url).visit(`${addressOf({ client_id: app.clientId })}&scope=a&scope=b`)

      expect(answerIn(page)).toEqual({
        error: 'invalid_request',
        error_description: 'Invalid parameter: scope must not be sent twice',
      })
    })
  })

  describe('signing in', () => {
    const email = 'nobody@example.com'

    test('with a wrong password or an unknown address fails alike, and goes nowhere', async () => {
      const wrong = await signIn(crm, { client_id: app.clientId }, { password: 'guess' })
      const unknown = await signIn(crm, { client_id: app.clientId }, { email })

      for (const { page } of [wrong, unknown])
        expect(told(page)).toEqual([401, null, expect.stringContaining('The e-mail address or the password is wrong.')])
    })

    test('shows what was typed as text', async () => {
      const { page } = await signIn(crm, { client_id: app.clientId }, { email: '"><script>alert(1)</script>' })

      expect(page.html).not.toContain('<script')
      expect(page.html).toContain('value="&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;"')
    })

    test('takes the address in any case, and with blanks around it', async () => {
      const { page } = await signIn(crm, { client_id: app.clientId }, { email: ' ADMIN@pipewright.LOCAL ' })

      expect(textOf(page)).toContain('You are signed in as admin@pipewright.local .')
    })

    test('is refused for a while after ten tries, however many come at once, and only for that address', async () => {
      const query = { client_id: app.clientId }
      const guess = { email: 'guessed@example.com' }
      const tries = await Promise.all(Array.from({ length: 13 }, () => signIn(crm, query, guess)))
      const statuses = tries.map(({ page }) => page.status).sort()
      const late = tries.find(({ page }) => page.status === 429)?.page as Page

      expect(statuses).toEqual([...Array(10).fill(401), ...Array(3).fill(429)])
      expect(late.headers.get('retry-after')).toBe('900')
      expect(textOf(late)).toContain('Too many tries. Wait a quarter of an hour, then try again.')
      expect((await signIn(crm, query)).page.status).toBe(200)

      crm.advance(15 * 60 * 1000)
      expect((await signIn(crm, query, guess)).page.status).toBe(401)
    }, 60_000)
  })

  describe('the choice', () => {
    test('says in words what the app will be able to do, and no more than it asked for', async () => {
      const scope = 'contacts.write opportunities.readonly'
      const { page } = await signIn(crm, { client_id: app.clientId, scope })

      expect(textOf(page)).toContain(
        'It will be able to See opportunities, pipelines and lost reasons Create, change and delete contacts, their notes, tasks and tags Where',
      )
      expect(page.html.match(/<li>/g)).toHaveLength(2)
    })

    test('shows names as text, whatever signs they have', async () => {
      const name = `<img src=x onerror="alert('1')">&amp;`
      const hostile = await givenApp(crm, { name })
      const ctx = crm.as(crm.locationId)
      await createUser(ctx, { firstName: 'Eve', email: "o'brien@example.com", role: 'admin', password })

      const { page } = await signIn(crm, { client_id: hostile.clientId }, { email: "o'brien@example.com", password })

      expect(page.status).toBe(200)
      expect(page.html).not.toContain('<img')
      expect(textOf(page)).toContain(`Let ${name} in?`)
      expect(textOf(page)).toContain("You are signed in as o'brien@example.com .")
    })

    test('offers the admins of the first location every location, or all of them', async () => {
      const other = await crm.given.location()
      const { page } = await signIn(crm, { client_id: app.clientId })

      expect(choicesIn(page)).toEqual(expect.arrayContaining(['all', crm.locationId, other.id]))
    })

    test('offers other admins their own location, and takes nothing else from them', async () => {
      const other = await crm.given.location()
      const email = `admin@${other.id.toLowerCase()}.example.com`
      await createUser(crm.as(other.id), { firstName: 'Ann', email, role: 'admin', password })
      const { browser, address, page } = await signIn(crm, { client_id: app.clientId }, { email, password })

      expect(choicesIn(page)).toEqual([other.id])
      expect(page.html).toContain('required checked>')
      for (const location of [crm.locationId, 'all', 'x']) {
        const refused = await browser.submit(address, page, { action: 'allow', location })
        expect(told(refused)).toEqual([
          400,
          null,
          expect.stringContaining('You may not let an app into this location.'),
        ])
      }
      expect((await browser.submit(address, page, { action: 'allow', location: other.id })).status).toBe(303)
    })

    test('is not for people who are no admins', async () => {
      const email = 'user@example.com'
      await createUser(crm.as(crm.locationId), { firstName: 'Ned', email, password })

      const { page } = await signIn(crm, { client_id: app.clientId }, { email, password })

      expect(told(page)).toEqual([403, null, expect.stringContaining('Only an admin of a location may let an app in.')])
    })

    test('leaves out what the app is not made for', async () => {
      const single = await givenApp(crm, { distribution: 'location' })
      const whole = await givenApp(crm, { distribution: 'company' })
      const other = await crm.given.location()
      const email = `boss@${other.id.toLowerCase()}.example.com`
      await createUser(crm.as(other.id), { firstName: 'Ann', email, role: 'admin', password })

      const forOne = (await signIn(crm, { client_id: single.clientId })).page
      const forAll = (await signIn(crm, { client_id: whole.clientId })).page
      const refused = (await signIn(crm, { client_id: whole.clientId }, { email, password })).page

      expect(choicesIn(forOne)).not.toContain('all')
      expect(choicesIn(forAll)).toEqual(['all'])
      expect(told(refused)).toEqual([
        403,
        null,
        expect.stringContaining('This app can only be let in by an admin of the company, for all locations.'),
      ])
    })

    test('has to be made', async () => {
      const { browser, address, page } = await signIn(crm, { client_id: app.clientId })

      const again = await browser.submit(address, page, { action: 'allow' })

      expect(told(again)).toEqual([400, null, expect.stringContaining('Choose where to let the app in.')])
      expect((await browser.submit(address, again, { action: 'allow', location: crm.locationId })).status).toBe(303)
    })

    test('is a list to open where there are many locations', async () => {
      for (let made = 0; made < 8; made++) await crm.given.location()

      const { page } = await signIn(crm, { client_id: app.clientId })

      expect(choicesIn(page)).toEqual([])
      expect(page.html).toContain(`<option value="${crm.locationId}">My Business</option>`)
      expect(page.html).toContain('<option value="all">All locations</option>')
    })

    test('can be left to somebody else', async () => {
      const { browser, address, page } = await signIn(crm, { client_id: app.clientId })

      const first = await browser.submit(address, page, { action: 'other' })

      expect(textOf(first)).toContain('Sign in to connect Mailer')
      expect((await browser.submit(address, first, { action: 'allow', location: crm.locationId })).status).toBe(401)
    })
  })

  describe('going back to the app', () => {
    test('is by a code, with a GET', async () => {
      const page = await letIn(crm, { client_id: app.clientId })

      expect(page.status).toBe(303)
      expect(page.location).toMatch(/^https:\/\/app\.example\.com\/callback\?code=[0-9a-f]{40}$/)
      expect(page.headers.get('cache-control')).toBe('no-store')
    })

    test.each(['plain', ' a+b&c=d%20#ü€😀', '"><script>', '\r\nset-cookie: x=1', '{"nonce":"a/b"}', '%00'])(
      'brings the state along as it was sent: %j',
      async (state) => {
        const page = await letIn(crm, { client_id: app.clientId, state })

        expect(answerIn(page)).toEqual({ code: expect.any(String), state })
        expect(page.headers.get('set-cookie')).toBe(null)
      },
    )

    test('keeps the query that the address was registered with', async () => {
      const redirect_uri = 'https://app.example.com/callback?tenant=a%2Fb'
      const own = await givenApp(crm, { redirectUris: [redirect_uri] })

      const page = await letIn(crm, { client_id: own.clientId, redirect_uri, state: 'x' })

      expect(page.location).toMatch(/^https:\/\/app\.example\.com\/callback\?tenant=a%2Fb&code=[0-9a-f]{40}&state=x$/)
    })

    test('is possible without letting it in, before and after signing in', async () => {
      const refusal = { error: 'access_denied', error_description: 'The app was not let in.', state: 'x' }
      const query = { client_id: app.clientId, state: 'x' }
      const browser = openBrowser(crm.url)
      const before = await browser.submit(addressOf(query), await browser.visit(addressOf(query)), { action: 'cancel' })
      const session = await signIn(crm, query)
      const after = await session.browser.submit(session.address, session.page, { action: 'cancel' })

      for (const page of [before, after]) expect([page.status, answerIn(page)]).toEqual([303, refusal])
    })
  })

  describe('a form', () => {
    test('that another site made is refused: without the cookie, without a ticket, or with somebody else’s', async () => {
      const { browser, address, page } = await signIn(crm, { client_id: app.clientId })
      const theirs = await signIn(crm, { client_id: app.clientId })
      const allow = { action: 'allow', location: crm.locationId }

      const without = await openBrowser(crm.url).submit(address, page, allow)
      const blank = await browser.submit(address, page, { ...allow, ticket: '' })
      const swapped = await browser.submit(address, theirs.page, allow)
      const garbage = await browser.submit(address, page, { ...allow, ticket: 'a.b' })
      const bent = await browser.submit(address, page, { ...allow, ticket: bend(page) })

      for (const refused of [without, blank, swapped, garbage, bent]) expect(told(refused)).toEqual(ended)
      expect((await browser.submit(address, page, allow)).status).toBe(303)
    })

    test('that says who signed in is believed by nobody, though it be sealed with the key of a stolen backup', async () => {
      const { browser, address, page } = await signIn(crm, { client_id: app.clientId })
      const cookie = browser.cookies.get('pipewright_authorize') as string
      const { store } = crm.app
      const now = crm.as(crm.locationId).now()
      const own = await open(store, cookie, ticketIn(page), now)
      const allow = { action: 'allow', location: crm.locationId }

      for (const session of ['made up', crm.first.admin.email, undefined]) {
        const { session: _, ...rest } = own as Ticket
        const ticket = await seal(store, cookie, { ...rest, ...(session && { session }) }, now)
        expect((await browser.submit(address, page, { ...allow, ticket })).status).toBe(401)
      }
      const ticket = await seal(store, cookie, own as Ticket, now)
      expect((await browser.submit(address, page, { ...allow, ticket })).status).toBe(303)
    })

    test('that was left open too long is refused', async () => {
      const { browser, address, page } = await signIn(crm, { client_id: app.clientId })
      crm.advance(10 * 60 * 1000)

      expect(told(await browser.submit(address, page, { action: 'allow', location: crm.locationId }))).toEqual(ended)
    })

    test('of two tabs works in both', async () => {
      const browser = openBrowser(crm.url)
      const address = addressOf({ client_id: app.clientId })
      const [first, second] = [await browser.visit(address), await browser.visit(address)]

      for (const page of [first, second])
        expect((await browser.submit(address, page, { action: 'cancel' })).status).toBe(303)
    })

    test('of an app that was deleted meanwhile goes nowhere', async () => {
      const gone = await givenApp(crm)
      const { browser, address, page } = await signIn(crm, { client_id: gone.clientId })
      await deleteApp(crm.as(crm.locationId), gone.clientId)

      const refused = await browser.submit(address, page, { action: 'allow', location: crm.locationId })

      expect(told(refused)).toEqual([400, null, expect.stringContaining('No app is known by this client id.')])
    })

    test.each([
      ['nothing', ''],
      ['JSON', '{"ticket":"x","action":"allow"}'],
      ['a list', '[1]'],
      ['no JSON', '{'],
      ['the same name twice', 'ticket=a&ticket=b'],
      ['no UTF-8', 'ticket=%ff%fe&action=allow'],
    ])('that holds %s is refused', async (_, body) => {
      const { status, location } = await openBrowser(crm.url).visit(addressOf({ client_id: app.clientId }), {
        method: 'POST',
        body,
      })

      expect([400, 403]).toContain(status)
      expect(location).toBe(null)
    })
  })
})

describe('behind a proxy with TLS', () => {
  let crm: Crm
  beforeAll(async () => {
    crm = await startCrm({ publicUrl: 'https://crm.example.com' })
  })
  afterAll(() => crm.stop())

  test('the cookie goes out encrypted only', async () => {
    const app = await givenApp(crm)

    const { headers } = await openBrowser(crm.url).visit(addressOf({ client_id: app.clientId }))

    expect(headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; Secure$/)
  })
})

const answerIn = ({ location }: Page) => Object.fromEntries(new URL(location ?? '').searchParams)

/** A ticket whose content says something else than what was sealed. */
function bend({ html }: Page): string {
  const [content = '', seal] = (/name="ticket" value="([^"]*)"/.exec(html)?.[1] ?? '').split('.')
  const ticket = JSON.parse(Buffer.from(content, 'base64url').toString())
  ticket.request.redirectUri = 'https://evil.example.com/'
  return `${Buffer.from(JSON.stringify(ticket)).toString('base64url')}.${seal}`
}
