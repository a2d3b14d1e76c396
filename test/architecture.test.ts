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

/** Packages that few may know. */
const keptIn: Record<string, string[]> = { 'better-sqlite3': ['store'], pg: ['store'], fastify: ['api', 'app'] }

const root = fileURLToPath(new URL('..', import.meta.url))
const files = [...sourcesIn('src'), ...sourcesIn('web')]
const server = files.filter(({ path }) => path.startsWith('src/'))

describe('imports', () => {
  test('every room has a line in the table', () => {
    const rooms = new Set(server.map(({ path }) => roomOf(path)))

    expect([...rooms].filter((room) => !(room in mayImport))).toEqual([])
  })

  test('point only where the table allows', () => {
    const wrong = server.flatMap(({ path, imports }) =>
      imports.filter(({ to }) => to.startsWith('src/') && !isAllowed(path, to)).map(({ to }) => `${path} → ${to}`),
    )

    expect(wrong).toEqual([])
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
    const wrong = files
      .filter(({ path }) => path.startsWith('web/'))
      .flatMap(({ path, imports }) =>
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

test('no file is too long; a table of rows or shapes may be longer', () => {
  const tooLong = server.filter(({ path, text }) => {
    const limit = /\/(routes|wire)\.ts$/.test(path) ? 300 : 220
    return text.trimEnd().split('\n').length > limit
  })

  expect(tooLong.map(({ path }) => path)).toEqual([])
})

interface Source {
  path: string
  text: string
  imports: { to: string; typeOnly: boolean }[]
}

/** All sources below a folder of the repository but their tests, which come in wherever they like. */
function sourcesIn(folder: string): Source[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: importsOf(path, text) }
    })
}

/** Packages by name, our own files by their path from the root. */
function importsOf(path: string, text: string) {
  const statement = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"](.+?)['"]|\bimport\(\s*['"](.+?)['"]/gm
  return [...text.matchAll(statement)].map(([whole, name, dynamicName]) => {
    const target = name ?? dynamicName ?? ''
    const to = target.startsWith('.') ? posix.join(posix.dirname(path), target) : target
    return { to, typeOnly: /^(import|export)\s+type\s/.test(whole) }
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
