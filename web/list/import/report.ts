import type { createSum, writeBeginning, writeResult } from '../../../src/api/console/importWire.ts'

type Beginning = ReturnType<typeof writeBeginning>
type End = ReturnType<ReturnType<typeof createSum>['write']>
type Result = ReturnType<typeof writeResult>
export type Line = Beginning | Result | End

export type Column = Beginning['columns'][number]
type Refused = Extract<Result, { problems: unknown }>
export type Counts = Pick<End, 'created' | 'updated' | 'unchanged' | 'refused'>

/** What is known of an import, or of its rehearsal, so far. */
export interface Report {
  columns: Column[]
  rows: number
  counts: Counts
  /** Those that are shown; the counts know of all. */
  refused: Refused[]
  /** The number of the last row that was told. */
  last: number
}

const mostShown = 200
const noCounts: Counts = { created: 0, updated: 0, unchanged: 0, refused: 0 }
export const nothingYet: Report = { columns: [], rows: 0, counts: noCounts, refused: [], last: 0 }

const names = { create: 'created', update: 'updated', unchanged: 'unchanged', refused: 'refused' } as const

/** The report with what has been told since. */
export function hear(before: Report, lines: Line[]): Report {
  const report = { ...before, counts: { ...before.counts }, refused: [...before.refused] }
  for (const line of lines) {
    if ('columns' in line) Object.assign(report, { columns: line.columns, rows: line.rows })
    else if (!('done' in line)) {
      report.counts[names[line.action]]++
      report.last = line.row
      if ('problems' in line && report.refused.length < mostShown) report.refused.push(line)
    }
  }
  return report
}

export const seen = ({ counts }: Report): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** How many rows an import would do something for. */
export const toDo = ({ counts: { created, updated } }: Report): number => created + updated
