import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.md'),
)
const pages = ['README.md', 'CONTRIBUTING.md', ...docs.map((path) => join('docs', path))]
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test.each(pages)('%s links only to what is there', (path) => {
  const page = join(root, path)

  expect(linksOf(page).filter((path) => !existsSync(join(dirname(page), path)))).toEqual([])
})

test('each test that the compatibility page names exists', () => {
  const page = readFileSync(join(root, 'docs', 'compatibility.md'), 'utf8')
  const named = [...page.matchAll(/`((?:journeys|contract)\/[\w/.-]+)`/g)].map(([, path = '']) => path)

  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((path) => !existsSync(join(root, 'test', path)))).toEqual([])
})

test("the package holds what its guides link to, the repository's own pages aside", () => {
  const held = ['README.md', 'LICENSE', 'package.json', ...manifest.files]
  const own = ['CONTRIBUTING.md', 'bench', 'src', 'test']
  const linked = docs.flatMap((path) =>
    linksOf(join(root, 'docs', path)).map((link) => relative(root, join(root, 'docs', dirname(path), link))),
  )

  const tops = new Set(linked.map((path) => path.split(sep)[0] as string))
  expect([...tops].filter((top) => !held.includes(top) && !own.includes(top))).toEqual([])
})

test('the package needs only what the server imports', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  const text = sources.map((path) => readFileSync(join(root, 'src', path), 'utf8')).join('\n')

  const needed = Object.keys(manifest.dependencies)
  expect(needed.filter((name) => !new RegExp(`['"]${name}(/[^'"]+)?['"]`).test(text))).toEqual([])
})

const linksOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path)
