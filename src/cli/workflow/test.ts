import { testWorkflow } from '../../automation/workflows/runs/steps/rehearse.ts'
import { text, WrongUsage } from '../../config/options.ts'
import { print, printJson, table } from '../output/print.ts'
import { verb } from '../verb.ts'
import { common, inLocation } from './show.ts'

const options = {
  contact: { value: 'ID', help: 'The contact that it is about', read: text, fallback: undefined },
  opportunity: { value: 'ID', help: 'The opportunity that it is about', read: text, fallback: undefined },
  ...common,
}

export const test = verb({
  about: 'Tells what the draft of a workflow would do. Nothing is changed, sent or waited for.',
  words: ['ID'],
  options,
  notes: '',
  run: ({ contact, opportunity, json, ...place }, [id = '']) =>
    inLocation(place, async (ctx) => {
      if (!contact && !opportunity) throw new WrongUsage('Whom is it about? --contact ID or --opportunity ID')
      const about = { ...(contact && { contactId: contact }), ...(opportunity && { opportunityId: opportunity }) }
      const { state, error, steps } = await testWorkflow(ctx, id, about)
      const told = steps.map(({ place, type, state, input, result, error }) => ({
        ...{ place, type, state, input, result, error },
      }))
      if (json) return printJson({ state, error, steps: told })
      const rows = told.map((one) => [one.place, one.type, one.state, one.error ?? JSON.stringify(one.result ?? {})])
      print(table(['Step', 'Type', 'State', 'Result'], rows))
      if (error) print(`\n${error}`)
    }),
})
