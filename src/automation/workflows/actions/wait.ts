import { type Static, Type } from '@sinclair/typebox'
import * as contacts from '../../../domain/contacts/table.ts'
import { invalid } from '../../../domain/errors.ts'
import * as opportunities from '../../../domain/opportunities/table.ts'
import { instant } from '../../../domain/time.ts'
import { conditions, holds, issuesOfConditions } from '../definition/conditions.ts'
import { Duration, lengthOf, requiredText, strict } from '../definition/fields.ts'
import { hasMergeFields } from '../merge/render.ts'
import { action, type Outcome, type Work } from './action.ts'

const Settings = Type.Object(
  {
    for: Type.Optional(Duration),
    until: Type.Optional(
      requiredText('A day or a time, such as `2026-12-24` or `{{opportunity.expectedCloseDate}}`', 255),
    ),
    condition: Type.Optional(
      Type.Object(
        { ...conditions, timeout: Duration },
        { ...strict, description: 'Until it holds, or the time is out' },
      ),
    ),
  },
  strict,
)
type Settings = Static<typeof Settings>
type Condition = NonNullable<Settings['condition']>

export default action({
  type: 'wait',
  title: 'Wait',
  about: 'For a time, until a date, or for a condition with a time-out.',
  settings: Settings,
  branches: ['met', 'timedOut'],
  check: (settings) => [
    ...(Object.keys(settings).length === 1 ? [] : ['must have exactly one of for, until and condition']),
    ...(settings.until === undefined || hasMergeFields(settings.until) || instant(settings.until) !== undefined
      ? []
      : [noMoment(settings.until)]),
    ...issuesOfConditions(settings.condition ?? {}).map((issue) => `condition.${issue}`),
  ],

  async run(work, { for: length, until, condition }) {
    if (condition) return waitFor(work, condition)
    const at = length ? work.ctx.now() + lengthOf(length) : momentOf(until as string)
    return { until: at, result: { until: new Date(at).toISOString() } }
  },
})

/** Who could make the condition true is waited for first, so that no change slips in between looking and waiting. */
async function waitFor({ ctx, tx, run, view }: Work, condition: Condition): Promise<Outcome> {
  const { locationId, contactId, opportunityId } = run
  if (contactId) await contacts.findLocked(tx, locationId, contactId)
  if (opportunityId) await opportunities.findLocked(tx, locationId, opportunityId)
  if (holds(await view(), condition)) return { branch: 'met', result: { branch: 'met' } }
  const deadline = run.deadline ?? ctx.now() + lengthOf(condition.timeout)
  return ctx.now() < deadline ? { deadline } : { branch: 'timedOut', result: { branch: 'timedOut' } }
}

function momentOf(text: string): number {
  const at = instant(text)
  if (at === undefined) throw invalid(noMoment(text))
  return at
}

const noMoment = (text: string) => `until must be a day or a time such as 2026-12-24T09:00:00Z, not "${text}"`
