import type { QueryConfig } from 'pg'
import type { Statement } from '../database.ts'

/** A prepared statement costs the server memory on every connection; the rest, all rare, is planned each time. */
const prepared = 250
const remembered = 2000

/** What was asked for once has no name yet; whoever comes again gets one, and its plan is kept under it. */
const names = new Map<string, string | undefined>()
let named = 0

export function queryOf({ text, values }: Statement): QueryConfig {
  const name = nameFor(text)
  return name ? { name, text, values: values as unknown[] } : { text, values: values as unknown[] }
}

function nameFor(text: string): string | undefined {
  // How to look for a pattern depends on the pattern; a kept plan is one for any.
  if (text.includes(' like ')) return undefined
  const known = names.get(text)
  if (known) return known
  if (!names.has(text)) {
    if (names.size >= remembered) forgetRare()
    names.set(text, undefined)
    return undefined
  }
  if (named >= prepared) return undefined
  const name = `pipewright_${++named}`
  names.set(text, name)
  return name
}

function forgetRare() {
  for (const [text, name] of names) if (!name) names.delete(text)
}
