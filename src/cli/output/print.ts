import { basename, relative, sep } from 'node:path'

/** Standard output is for results; everything else a person may want to know goes to standard error. */
export const print = (line: string): void => void process.stdout.write(`${harmless(line)}\n`)
export const note = (line: string): void => void process.stderr.write(`${harmless(line)}\n`)
export const printJson = (value: unknown): void => print(JSON.stringify(value))

/** Names come from anybody: what would steer a terminal is shown as what it is. */
const harmless = (text: string) => text.replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')

/** In a table a cell has one line. */
const oneLine = (cell: string) => cell.replace(/\s+/g, ' ')

/** Rows under headings, each column as wide as its widest cell. */
export function table(headings: string[], rows: string[][]): string {
  const all = [headings, ...rows].map((row) => row.map(oneLine))
  const widths = headings.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names with what they stand for, the names on one margin. */
export function facts(pairs: [string, string][]): string {
  const width = Math.max(...pairs.map(([name]) => name.length)) + 2
  return pairs.map(([name, value]) => `  ${name.padEnd(width)}${oneLine(value)}`).join('\n')
}

/** A day a person can read; times in JSON are whole. */
export const day = (at: number | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, 10))
export const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** How to start this very program again: installed from the registry, from a clone, or from its sources. */
export function program(): string {
  const script = process.argv[1] ?? ''
  if (script.includes(`${sep}node_modules${sep}`) || basename(script) === 'pipewright') return 'npx pipewright'
  const path = relative(process.cwd(), script)
  return `${script.endsWith('.ts') ? 'npx tsx' : 'node'} ${path.startsWith('..') ? script : path}`
}
