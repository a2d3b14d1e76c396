import { expect, test } from 'vitest'
import {
  added,
  blankDraft,
  bodyOf,
  changed,
  goalsOf,
  goingIds,
  moved,
  onTopOf,
  removed,
  type StageDraft,
  spread,
  staying,
} from './draft.ts'
import { palette } from './palette.ts'

const stage = (id: string, fields: Partial<StageDraft> = {}): StageDraft => ({
  key: id,
  id,
  name: id,
  color: '#64748B',
  chance: 50,
  showInFunnel: true,
  showInPieChart: true,
  isGoing: false,
  ...fields,
})
const three = [stage('a'), stage('b'), stage('c')]
const keys = (stages: StageDraft[]) => stages.map(({ key }) => key).join(' ')

test.each([
  ['a', 2, 'b c a'],
  ['c', 0, 'c a b'],
  ['b', 1, 'a b c'],
  ['a', 9, 'b c a'],
  ['c', -1, 'c a b'],
  ['gone', 0, 'a b c'],
])('moving %s to %i gives %s', (key, to, order) => {
  expect(keys(moved(three, key, to))).toBe(order)
})

test('a stage that was saved before goes when the pipeline is saved, a new one goes at once', () => {
  const four = added(three, 'Trial')
  const fresh = four.at(-1)?.key as string

  expect(removed(four, fresh)).toEqual(three)
  expect(goingIds(removed(four, 'b'))).toEqual(['b'])
  expect(keys(staying(removed(four, 'b')))).toBe(`a c ${fresh}`)
  expect(changed(removed(three, 'b'), 'b', { isGoing: false })).toEqual(three)
})

test('a new stage has a key and a colour of its own, even after another new one has gone', () => {
  const [, , , first, second] = added(added(three))
  const again = added(removed([...three, first, second] as StageDraft[], first?.key as string))

  expect(new Set(again.map(({ key }) => key)).size).toBe(again.length)
  expect(first?.color).toBe(palette[1])
  expect(second?.color).toBe(palette[2])
})

test('deals of a stage that goes move to the first that stays, new or not, or to another that the server knows', () => {
  const [fresh, other] = added(added([])) as [StageDraft, StageDraft]

  expect(keys(goalsOf([stage('a', { isGoing: true }), fresh, stage('b'), other, stage('c')]))).toBe(`${fresh.key} b c`)
})

test('chances are spread over the stages that stay', () => {
  const stages = [stage('a'), stage('b', { isGoing: true, chance: 7 }), stage('c'), stage('d')]

  expect(spread(stages).map(({ chance }) => chance)).toEqual([25, 7, 50, 75])
})

test('what is sent are the stages that stay, in their order, each with a chance', () => {
  const stages = [stage('b', { name: ' Won ', chance: null }), stage('a', { isGoing: true }), ...added([]).slice(0, 1)]
  const { stages: sent, ...rest } = bodyOf({ ...blankDraft(), name: ' Sales ', stages, basedOn: 'then' })

  expect(rest).toEqual({
    name: 'Sales',
    colorRenderMode: 'dot',
    useOpportunityProbability: false,
    showInFunnel: true,
    showInPieChart: true,
  })
  const shown = { showInFunnel: true, showInPieChart: true }
  expect(sent).toEqual([
    { id: 'b', name: 'Won', color: '#64748B', stageWinProbability: 0, ...shown },
    { name: '', color: '#64748B', stageWinProbability: 50, ...shown },
  ])
})

test('what somebody else has added stays below mine, what they have taken away is a new stage again', () => {
  const draft = (stages: StageDraft[], basedOn: string) => ({ ...blankDraft(), stages, basedOn })
  const mine = draft([stage('c'), stage('a', { name: 'Mine' }), stage('b', { isGoing: true })], 'then')
  const theirs = draft([stage('a', { name: 'Theirs' }), stage('b'), stage('d')], 'now')

  const both = onTopOf(mine, theirs)
  expect(both.basedOn).toBe('now')
  expect(both.stages.map(({ key, id, name }) => [key, id, name])).toEqual([
    ['c', undefined, 'c'],
    ['a', 'a', 'Mine'],
    ['b', 'b', 'b'],
    ['d', 'd', 'd'],
  ])
  expect(goingIds(both.stages)).toEqual(['b'])
  expect(goingIds(onTopOf(mine, draft([stage('a')], 'now')).stages)).toEqual([])
})
