import { flag, WrongUsage, whole } from '../../config/options.ts'
import { db } from '../../config.ts'
import { contextOf, location, withData } from '../database.ts'
import { print, printJson } from '../output/print.ts'
import { showProgress } from '../output/progress.ts'
import { verb } from '../verb.ts'
import { makeUp } from './demo.ts'

const most = 10_000_000

const seed = verb({
  about:
    'Makes up N opportunities of the past year, with people, notes and tasks, two workflows and a webhook, to try things out with.',
  words: ['N'],
  options: {
    batch: { value: 'SIZE', help: 'Opportunities to a transaction', read: whole(1, 10_000), fallback: 500 },
    location,
    db,
    json: { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false },
  },
  notes: `The people and businesses are made up, the same ones in every new location; their e-mail addresses and phone
numbers lead nowhere. A second pipeline, workflows and a webhook are made only where there are none. With more than 20,000
opportunities each has one event that shows it as it is, without notes and tasks. The server may be running meanwhile.

Example:
  pipewright seed 10000`,
  run: ({ batch, location, db, json }, [number = '']) => {
    const count = readCount(number)
    return withData(db, async (store) => {
      const ctx = await contextOf(store, location)
      const began = performance.now()
      await makeUp(ctx, count, { batch, onProgress: showProgress('Opportunities', count) })
      const ms = Math.round(performance.now() - began)
      if (json) return printJson({ opportunities: count, locationId: ctx.caller.locationId, ms })
      print(`Made up ${count.toLocaleString('en-US')} opportunities in ${(ms / 1000).toFixed(1)} s.`)
    })
  },
})

export default { '': seed }

function readCount(given: string): number {
  try {
    return whole(1, most)(given)
  } catch (error) {
    throw new WrongUsage(`N ${(error as Error).message}`)
  }
}
