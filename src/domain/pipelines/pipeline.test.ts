import { describe, expect, test } from 'vitest'
import { begin, type Pipeline, removedStages, reshape, type WantedStage } from './pipeline.ts'

const start = (stages: WantedStage[]) => begin('sales', 'location', { name: 'Sales', stages }, 3, 1000)
const made = start([{ name: 'New' }, { name: 'Talking' }, { name: 'Won' }])
const [first, second, third] = made.stages as [Pipeline['stages'][0], Pipeline['stages'][0], Pipeline['stages'][0]]
const names = ({ stages }: Pipeline) => stages.map(({ name, position }) => `${position} ${name}`)

describe('a new pipeline', () => {
  test('is shown everywhere, with dots, by the probability of its stages', () => {
    expect(made).toMatchObject({
      id: 'sales',
      position: 3,
      showInFunnel: true,
      showInPieChart: true,
      colorRenderMode: 'dot',
      useOpportunityProbability: false,
      createdAt: 1000,
      updatedAt: 1000,
    })
  })

  test('numbers its stages from 1 and gives them colours and even chances', () => {
    expect(made.stages).toEqual(
      ['New', 'Talking', 'Won'].map((name, at) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name,
        position: at + 1,
        showInFunnel: true,
        showInPieChart: true,
        stageWinProbability: (at + 1) * 25,
        color: '#64748B',
      })),
    )
  })

  test('sorts its stages by their positions, as sent where they are equal or missing', () => {
    expect(
      names(
        start([
          { name: 'c', position: 9 },
          { name: 'a', position: 0 },
          { name: 'b', position: 0 },
        ]),
      ),
    ).toEqual(['1 a', '2 b', '3 c'])
    expect(names(start([{ name: 'a' }, { name: 'c', position: 5 }, { name: 'b' }]))).toEqual(['1 a', '2 b', '3 c'])
  })

  test('keeps the chances it is given, unless one is missing', () => {
    const chances = (...wanted: (number | undefined)[]) =>
      start(
        wanted.map((chance, at) => ({ name: `${at}`, ...(chance !== undefined && { stageWinProbability: chance }) })),
      ).stages.map(({ stageWinProbability }) => stageWinProbability)

    expect(chances(0, 100)).toEqual([0, 100])
    expect(chances(10, undefined)).toEqual([33.33, 66.67])
  })

  test.each<[WantedStage[], string]>([
    [[], 'stages must contain at least 1 elements'],
    [[{ name: 'New' }, { name: 'new ' }], 'stages.1.name must be unique in the pipeline'],
    [[{ name: 'New', id: 'mine' }], 'stages.0.id is invalid'],
  ])('is refused with the stages %j', (stages, message) => {
    expect(() => start(stages)).toThrow(message)
  })
})

describe('a reshaped pipeline', () => {
  test('is the same object when nothing differs', () => {
    expect(reshape(made, {}, 2000)).toBe(made)
    expect(reshape(made, { name: 'Sales', stages: made.stages }, 2000)).toBe(made)
  })

  test('keeps what was not mentioned', () => {
    expect(reshape(made, { name: 'Renamed' }, 2000)).toEqual({ ...made, name: 'Renamed', updatedAt: 2000 })
  })

  test('keeps a stage by its id, its looks too, and makes one for each without', () => {
    const coloured = reshape(made, { stages: [{ ...first, color: '#000000', showInFunnel: false }] }, 2000)

    const after = reshape(coloured, { stages: [{ name: 'Fresh' }, { id: first.id, name: 'Renamed' }] }, 3000)

    expect(after.stages).toMatchObject([
      { name: 'Fresh', position: 1, color: '#64748B', showInFunnel: true },
      { id: first.id, name: 'Renamed', position: 2, color: '#000000', showInFunnel: false },
    ])
    expect(made.stages.map(({ id }) => id)).not.toContain(after.stages[0]?.id)
  })

  test('tells which stages are gone', () => {
    const after = reshape(made, { stages: [{ id: third.id, name: 'Won' }, { name: 'Fresh' }] }, 2000)

    expect(removedStages(made, after)).toEqual([first, second])
    expect(removedStages(made, made)).toEqual([])
  })

  test('is refused with a stage that is not its own, or one named twice', () => {
    expect(() => reshape(made, { stages: [{ id: 'unknown', name: 'x' }] }, 2000)).toThrow('stages.0.id is invalid')
    expect(() =>
      reshape(
        made,
        {
          stages: [
            { id: first.id, name: 'x' },
            { id: first.id, name: 'y' },
          ],
        },
        2000,
      ),
    ).toThrow('stages.1.id is invalid')
  })
})
