import { expect, test } from 'vitest'
import { matching } from './commands.ts'

const commands = [
  { id: '1', label: 'Create opportunity' },
  { id: '2', label: 'Board' },
  { id: '3', label: 'Renault fleet', detail: 'Élodie Brun' },
  { id: '4', label: 'Sign out of the board' },
]

test.each([
  ['board', ['2', '4']],
  ['OPP create', ['1']],
  ['elodie', ['3']],
  ['', ['1', '2', '3', '4']],
  ['nothing like it', []],
])('“%s” finds %j', (typed, ids) => {
  expect(matching(commands, typed).map(({ id }) => id)).toEqual(ids)
})
