import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.md'),
)

test.each(pages)('docs/%s links only to what is there', (path) => {
  const page = join(root, 'docs', path)
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path)

  expect(links.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([])
})

test('each test that the compatibility page names exists', () => {
  const page = readFileSync(join(root, 'docs', 'compatibility.md'), 'utf8')
  const named = [...page.matchAll(/`((?:journeys|contract)\/[\w/.-]+)`/g)].map(([, path = '']) => path)

  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((path) => !existsSync(join(root, 'test', path)))).toEqual([])
})
