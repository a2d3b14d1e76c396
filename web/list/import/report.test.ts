import { expect, test } from 'vitest'
import { hear, type Line, nothingYet, seen, toDo } from './report.ts'

const lines: Line[] = [
  { columns: [{ header: 'Name', field: 'name' }], rows: 3, dryRun: true },
  { row: 2, name: 'Tablets', action: 'create', contact: 'created' },
  { row: 3, name: null, action: 'refused', problems: [{ column: null, message: 'name should not be empty' }] },
  { row: 4, name: 'Phones', action: 'update', id: 'o1', contact: 'found' },
  { done: true, created: 1, updated: 1, unchanged: 0, refused: 1, contactsCreated: 1 },
]

test('a report adds up what is told of each row, in however many pieces', () => {
  const report = lines.reduce((before, line) => hear(before, [line]), nothingYet)

  expect(report).toEqual(hear(nothingYet, lines))
  expect(report.counts).toEqual({ created: 1, updated: 1, unchanged: 0, refused: 1 })
  expect([seen(report), toDo(report)]).toEqual([3, 2])
  expect(report.last).toBe(4)
  expect(report.refused.map(({ row }) => row)).toEqual([3])
})
