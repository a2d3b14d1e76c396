import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Crm, startCrm } from '../harness.ts'
import { exchange, givenApp, grant, letIn, refresh, works } from '../support/oauth.ts'
import { lasting, program } from '../support/program.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIPEWRIGHT_')))
const callback = 'https://n8n.example.com/rest/oauth2-credential/callback'

describe.each(lasting)('apps from the command line ($name)', ({ open }) => {
  let crm: Crm
  let db: string
  let discard = async () => {}
  beforeAll(async () => {
    const place = await open()
    db = place.db
    discard = place.discard
    crm = await startCrm({ db })
  })
  afterAll(async () => {
    await crm?.stop()
    await discard()
  })

  function call(...words: string[]) {
    const options = { cwd: root, env: clean, encoding: 'utf8' as const }
    const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...words, '--db', db], options)
    return { status, stdout, stderr }
  }
  const run = (...words: string[]) => call('app', ...words)
  const runJson = (...words: string[]) => JSON.parse(run(...words, '--json').stdout)

  test('are made, let in, given another secret, and deleted, while the server runs', async () => {
    const made = runJson('create', '--name', 'n8n', '--redirect-uri', callback, '--scopes', 'opportunities.readonly')
    expect(made).toEqual({
      clientId: expect.stringMatching(/^[0-9a-f]{24}-[0-9a-z]{8}$/),
      appId: made.clientId.slice(0, 24),
      name: 'n8n',
      redirectUris: [callback],
      scopes: ['opportunities.readonly'],
      distribution: 'both',
      createdAt: expect.any(String),
      rotatedAt: null,
      clientSecret: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const back = await letIn(crm, { client_id: made.clientId, redirect_uri: callback })
    const code = new URL(back.location ?? '').searchParams.get('code') as string
    const { body } = await exchange(crm, made, code)
    expect(await works(crm, body.access_token)).toBe(true)

    const [listed] = runJson('list')
    expect(listed).toEqual({ ...without(made, 'clientSecret'), installs: 1 })
    const rotated = runJson('rotate', made.clientId)
    expect(rotated).toMatchObject({ clientId: made.clientId, rotatedAt: expect.any(String) })
    expect((await refresh(crm, made, body.refresh_token)).status).toBe(401)
    const { body: next } = await refresh(crm, rotated, body.refresh_token)
    expect(await works(crm, next.access_token)).toBe(true)

    expect(runJson('delete', made.clientId)).toEqual({ clientId: made.clientId, deleted: true })
    crm.advance(1000)
    expect(await works(crm, next.access_token)).toBe(false)
    expect(runJson('list')).toEqual([])
  }, 60_000)

  test('stand among the tokens of a location, or of the company by its id, and are taken out there', async () => {
    const app = await givenApp(crm, { name: 'Everywhere' })
    const { access_token: token, companyId } = await grant(crm, app, { location: 'all' })
    await grant(crm, app)
    const inCompany = ['--location', companyId]

    const own = call('token', 'list').stdout
    const [whole] = JSON.parse(call('token', 'list', ...inCompany, '--json').stdout)
    expect(own).toMatch(/^\w{20} +Everywhere +oauth +24 of 29 +/m)
    expect(whole).toMatchObject({ name: 'Everywhere', kind: 'agency', locationId: companyId })

    expect(call('token', 'rotate', whole.id, ...inCompany).stderr).toContain(`There is no location ${companyId}.`)
    expect(call('token', 'revoke', whole.id, ...inCompany).stdout).toBe(`Revoked Everywhere (${whole.id}).\n`)
    crm.advance(1000)
    expect((await crm.v2.get('/locations/search', { token })).status).toBe(401)
    expect(runJson('delete', app.clientId)).toMatchObject({ deleted: true })
  }, 60_000)

  test('are shown to a person, the secret once', () => {
    const made = run('create', '--name', 'Mailer', '--redirect-uri', `${callback},http://localhost:3000/cb?a=1,2`)
    const [, secret = ''] = /Client secret +(\S+)/.exec(made.stdout) ?? []
    const [, id = ''] = /Client ID +(\S+)/.exec(made.stdout) ?? []

    expect(made.stdout).toContain('Keep the secret now: it is not shown again.')
    expect(made.stdout).toContain(`Redirect URIs  ${callback}, http://localhost:3000/cb?a=1,2`)
    const { stdout } = run('list')
    expect(stdout).toMatch(new RegExp(`^${id} +Mailer +.* 24 of 29 +both +0 +\\d{4}-\\d\\d-\\d\\d$`, 'm'))
    expect(stdout).not.toContain(secret)
    expect(run('delete', id).stdout).toBe(`Deleted Mailer (${id}).\n`)
  }, 60_000)

  test.each([
    [['create', '--redirect-uri', callback], 2, 'An app needs a name: --name NAME'],
    [['create', '--name', 'x'], 2, 'An app needs an address to send people back to: --redirect-uri URL'],
    [
      ['create', '--name', 'x', '--redirect-uri', 'http://app.example.com/'],
      2,
      '--redirect-uri must be an https address, or an http one of this machine, without # and password, not "http://app.example.com/"',
    ],
    [
      ['create', '--name', 'x', '--redirect-uri', callback, '--scopes', 'contacts.wirte'],
      2,
      '--scopes has no scope contacts.wirte. Did you mean contacts.write?',
    ],
    [
      ['create', '--name', 'x', '--redirect-uri', callback, '--distribution', 'all'],
      2,
      '--distribution must be one of location, company, both, not "all"',
    ],
    [['rotate', 'nobody'], 1, 'App not found.'],
    [['delete', 'nobody'], 1, 'App not found.'],
    [['delete'], 2, 'app delete needs CLIENT_ID. See pipewright app delete --help.'],
  ])(
    'are refused in one line: %j',
    (words, status, line) => {
      expect(run(...words)).toEqual({ status, stdout: '', stderr: `${line}\n` })
    },
    30_000,
  )
})

function without<T extends object>(record: T, name: string) {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name))
}
