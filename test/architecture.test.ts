import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/*
 * Who may know whom. A room is src/store, src/cli, a file at the top of src, or a folder of domain/, automation/ or api/;
 * the files directly in those three are rooms of their own ('domain', 'automation', 'api'). A room may import itself
 * and what stands beside it here: a room, 'room/*' for a room and everything in it, or a file as 'room/…/file.ts'.
 */
const mayImport: Record<string, string[]> = {
  store: [],

  domain: ['store'],
  'domain/search': ['store', 'domain'],
  'domain/accounts': ['store', 'domain'],
  'domain/tokens': ['store', 'domain', 'domain/accounts'],
  'domain/oauth': ['store', 'domain', 'domain/accounts', 'domain/tokens'],
  'domain/sessions': ['store', 'domain', 'domain/accounts', 'domain/tokens'],
  'domain/installation': ['store', 'domain', 'domain/accounts', 'domain/pipelines', 'domain/tokens'],
  'domain/customFields': ['store', 'domain', 'domain/accounts', 'domain/search'],
  'domain/locationValues': ['store', 'domain', 'domain/accounts', 'domain/customFields'],
  'domain/contacts': ['store', 'domain', 'domain/accounts', 'domain/customFields', 'domain/search'],
  'domain/pipelines': ['store', 'domain', 'domain/accounts'],
  'domain/history': ['store', 'domain', 'domain/accounts', 'domain/customFields', 'domain/pipelines', 'domain/tokens'],
  'domain/views': ['store', 'domain'],
  'domain/opportunities': [
    'store',
    'domain',
    'domain/accounts',
    'domain/contacts',
    'domain/customFields',
    'domain/history',
    'domain/pipelines',
    'domain/search',
  ],
  'domain/reports': ['store', 'domain', 'domain/accounts', 'domain/opportunities', 'domain/pipelines'],

  automation: ['store', 'domain/*', 'automation/*'],
  'automation/outbound': [],
  'automation/webhooks': ['store', 'domain/*', 'automation'],
  'automation/workflows': ['store', 'domain/*', 'automation'],

  api: ['limits', 'version', 'domain/*', 'automation/*', 'api/*'],
  // Its contacts, notes, tasks and users are those of v2 in all but a few keys.
  'api/v1': ['domain/*', 'automation/*', 'api', 'api/v2'],
  'api/v2': ['domain/*', 'automation/*', 'api'],
  'api/v3': ['domain/*', 'automation/*', 'api', 'api/v2'],
  // What it restores it answers as v3 does.
  'api/console': ['domain/*', 'automation/*', 'api', 'api/v2', 'api/v3'],
  'api/oauth': ['domain/*', 'automation/*', 'api'],
  // A tool is a row of a dialect.
  'api/mcp': ['version', 'domain/*', 'automation/*', 'api', 'api/v2', 'api/v3'],

  config: ['limits'],
  limits: [],
  log: [],
  version: [],
  app: ['config', 'log', 'store', 'domain/*', 'automation/*', 'api/*'],
  testing: ['app', 'config', 'log', 'domain', 'domain/…/commands.ts', 'domain/…/queries.ts'],
  // The executable's verbs may call whatever the server may.
  cli: ['app', 'config', 'log', 'testing', 'version', 'store', 'domain/*', 'automation/*'],
  main: ['cli'],
}

const shared = ['words', 'ui', 'api', 'page']
const withRecords = [...shared, 'filters', 'records']
const withDeals = [...withRecords, 'deals']

/*
 * The same for the web app, whose rooms are the folders of web/ and the files at its top. Pages know no other page: what
 * several of them do with a deal is in `deals`, with a contact's notes and tasks in `records`. Beside a room a file of
 * one may stand here, or `type room` where only a name of a type is taken from it.
 */
const webMayImport: Record<string, string[]> = {
  styles: [],
  // Words are said of types, so that none is missing.
  words: ['type filters', 'type deals', 'type reports'],
  ui: ['words'],
  api: ['words', 'ui'],
  // What every page stands in: its head, its keys, its commands.
  page: ['words', 'ui', 'api'],
  filters: shared,
  records: shared,
  deals: [...shared, 'records'],

  board: withDeals,
  list: withDeals,
  opportunity: withDeals,
  contacts: withDeals,
  automations: withRecords,
  webhooks: withRecords,
  reports: withRecords,
  developer: withRecords,
  settings: [...shared, 'styles'],

  pages: [
    ...['board', 'list', 'opportunity', 'contacts', 'automations', 'webhooks', 'reports', 'developer', 'settings'],
    'words',
  ],
  // What stays while pages come and go leads to the parts of some, and changes a password as the settings do.
  frame: [...shared, 'styles', 'pages', 'reports/asked.ts', 'settings/parts.ts', 'settings/account/PasswordDialog.tsx'],
  main: ['styles', 'ui', 'api', 'frame'],
  'vite.config': [],
}

/** Packages that few may know. */
const keptIn: Record<string, string[]> = { 'better-sqlite3': ['store'], pg: ['store'], fastify: ['api', 'app'] }

const root = fileURLToPath(new URL('..', import.meta.url))
const files = [...sourcesIn('src'), ...sourcesIn('web')]
const sheets = filesIn('web', /\.css$/)
const server = files.filter(({ path }) => path.startsWith('src/'))
const web = files.filter(({ path }) => path.startsWith('web/'))

describe('imports', () => {
  test('every room has a line in the table', () => {
    const rooms = new Set(server.map(({ path }) => roomOf(path)))
    const ofWeb = new Set(web.map(({ path }) => webRoomOf(path)))

    expect([...rooms].filter((room) => !(room in mayImport))).toEqual([])
    expect([...ofWeb].filter((room) => !(room in webMayImport))).toEqual([])
  })

  test('point only where the table allows', () => {
    const wrong = server.flatMap(({ path, imports }) =>
      imports.filter(({ to }) => to.startsWith('src/') && !isAllowed(path, to)).map(({ to }) => `${path} → ${to}`),
    )

    expect(wrong).toEqual([])
  })

  test('within the web app point only where its table allows', () => {
    const wrong = web.flatMap(({ path, imports }) =>
      imports
        .filter(({ to, typeOnly }) => to.startsWith('web/') && !isAllowedInWeb(path, to, typeOnly))
        .map(({ to }) => `${path} → ${to}`),
    )

    expect(wrong).toEqual([])
  })

  test('of a page wait until it is opened', () => {
    const early = web
      .filter(({ path }) => path === 'web/pages.ts')
      .flatMap(({ imports }) => imports.filter(({ to, isLazy }) => to.endsWith('Page.tsx') && !isLazy))

    expect(early).toEqual([])
  })

  test('of an engine or of HTTP stay in the layer that is about them', () => {
    const wrong = server.flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => keptIn[to] && !keptIn[to].includes(roomOf(path).split('/')[0] ?? ''))
        .map(({ to }) => `${path} → ${to}`),
    )

    expect(wrong).toEqual([])
  })

  test('of the web app into the server are types of wire.ts files', () => {
    const wrong = web.flatMap(({ path, imports }) =>
      imports
        .filter(({ to, typeOnly }) => to.startsWith('src/') && !(typeOnly && /(\/w|W)ire\.ts$/.test(to)))
        .map(({ to }) => `${path} → ${to}`),
    )

    expect(wrong).toEqual([])
  })
})

test('only config.ts reads the environment', () => {
  const readers = server.filter(({ path, text }) => path !== 'src/config.ts' && /process\.env/.test(text))

  expect(readers.map(({ path }) => path)).toEqual([])
})

test('no file is too long; a table of rows or shapes may be longer, and a stylesheet a little', () => {
  const limitOf = (path: string) => (/\/(routes|wire)\.ts$/.test(path) ? 300 : path.endsWith('.css') ? 250 : 220)
  const tooLong = [...files, ...sheets].filter(({ path, text }) => text.trimEnd().split('\n').length > limitOf(path))

  expect(tooLong.map(({ path }) => path)).toEqual([])
})

interface Source {
  path: string
  text: string
  imports: { to: string; typeOnly: boolean; isLazy: boolean }[]
}

/** All sources below a folder of the repository but their tests, which come in wherever they like. */
function sourcesIn(folder: string): Source[] {
  return filesIn(folder, /(?<!\.test)\.tsx?$/).map(({ path, text }) => ({ path, text, imports: importsOf(path, text) }))
}

function filesIn(folder: string, names: RegExp): { path: string; text: string }[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .filter((path) => names.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Packages by name, our own files by their path from the root. */
function importsOf(path: string, text: string) {
  const statement = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"](.+?)['"]|\bimport\(\s*['"](.+?)['"]/gm
  return [...text.matchAll(statement)].map(([whole, name, dynamicName]) => {
    const target = name ?? dynamicName ?? ''
    const to = target.startsWith('.') ? posix.join(posix.dirname(path), target) : target
    return { to, typeOnly: /^(import|export)\s+type\s/.test(whole), isLazy: dynamicName !== undefined }
  })
}

/** src/api/v2/wire.ts → api/v2; src/api/mount.ts → api; src/app.ts → app. */
function roomOf(path: string): string {
  const [, top = '', inner = ''] = path.split('/')
  const divided = ['domain', 'automation', 'api'].includes(top)
  return divided && !inner.includes('.') ? `${top}/${inner}` : top.replace(/\.ts$/, '')
}

function isAllowed(from: string, to: string): boolean {
  const here = roomOf(from)
  const there = roomOf(to)
  return there === here || (mayImport[here] ?? []).some((allowed) => covers(allowed, there, to))
}

function covers(allowed: string, room: string, path: string): boolean {
  if (allowed.endsWith('/*')) return room === allowed.slice(0, -2) || room.startsWith(allowed.slice(0, -1))
  const [start, end] = allowed.split('…')
  return end ? path.startsWith(`src/${start}`) && path.endsWith(end) : room === allowed
}

/** web/deals/panel/DealView.tsx → deals; web/pages.ts → pages. */
const webRoomOf = (path: string): string => (path.split('/')[1] ?? '').replace(/\.tsx?$/, '')

function isAllowedInWeb(from: string, to: string, typeOnly: boolean): boolean {
  const here = webRoomOf(from)
  const there = webRoomOf(to)
  const allowed = webMayImport[here] ?? []
  const known = [there, to.replace('web/', ''), ...(typeOnly ? [`type ${there}`] : [])]
  return there === here || known.some((name) => allowed.includes(name))
}
