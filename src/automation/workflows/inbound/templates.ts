import type { Context } from '../../../domain/context.ts'
import { invalid, notFound } from '../../../domain/errors.ts'
import type { Pipeline } from '../../../domain/pipelines/pipeline.ts'
import { listPipelines } from '../../../domain/pipelines/queries.ts'
import { createWorkflow, type DraftChange } from '../commands.ts'
import type { Workflow } from '../definition/workflow.ts'

/** A workflow that is ready but for the pipeline it is for. */
export interface Template {
  id: string
  title: string
  about: string
  /** What is sent to it, such as a payment provider sends. */
  examples: { name: string; payload: Record<string, unknown> }[]
  definition: (pipeline: Pipeline) => DraftChange & { name: string }
}

const event = (id: string, type: string, object: object) => ({
  id,
  object: 'event',
  type,
  created: 1_790_000_000,
  livemode: false,
  data: { object },
})

/** The stage of a deal that was won: the one called so, else the last. */
const wonStage = ({ stages }: Pipeline) => (stages.find(({ name }) => /\bwon\b/i.test(name)) ?? stages.at(-1))?.id

/** Each of them may tell of a payment; most payments are told by several. */
const told = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'payment_intent.succeeded',
  'charge.succeeded',
]

/** By which the events of one payment are known to be of one; its own id where nothing else is there. */
const paymentId = ['data.object.payment_intent', 'data.object.id', 'id']

const payer = ['customer_details.email', 'receipt_email', 'billing_details.email'].map((path) => `data.object.${path}`)

const is = (path: string, operator: string, value?: string | boolean) => ({
  field: `payload.${path}`,
  is: operator,
  ...(value !== undefined && { value }),
})

/**
 * A checkout may be completed long before it is paid, and a card be charged with what is only held back. An event that
 * does not say who paid leaves the payment to one that does.
 */
const paid = [
  {
    match: 'any',
    conditions: [is('data.object.payment_status', 'isEmpty'), is('data.object.payment_status', 'equals', 'paid')],
  },
  { conditions: [is('data.object.captured', 'notEquals', false)] },
  { match: 'any', conditions: payer.map((path) => is(path, 'isNotEmpty')) },
]

const payment: Template = {
  id: 'payment',
  title: 'Payment received',
  about: 'A payment provider tells of a payment: the payer’s open opportunity moves to Closed Won and is won.',
  examples: [
    {
      name: 'checkout.session.completed',
      payload: event('evt_1Checkout', 'checkout.session.completed', {
        id: 'cs_test_1',
        object: 'checkout.session',
        amount_total: 49_900,
        currency: 'usd',
        customer_details: { email: 'ada@example.com', name: 'Ada Byron', phone: null },
        payment_intent: 'pi_1Checkout',
        payment_status: 'paid',
      }),
    },
    {
      name: 'payment_intent.succeeded',
      payload: event('evt_1Intent', 'payment_intent.succeeded', {
        id: 'pi_1Intent',
        object: 'payment_intent',
        amount_received: 49_900,
        currency: 'usd',
        receipt_email: 'ada@example.com',
        status: 'succeeded',
      }),
    },
    {
      name: 'charge.succeeded',
      payload: event('evt_1Charge', 'charge.succeeded', {
        id: 'ch_1',
        object: 'charge',
        amount: 49_900,
        currency: 'usd',
        billing_details: { email: 'ada@example.com', name: 'Ada Byron' },
        captured: true,
        paid: true,
        payment_intent: 'pi_1Charge',
      }),
    },
  ],
  definition: (pipeline) => ({
    name: 'Payment received',
    trigger: {
      type: 'inbound_webhook',
      filters: {
        eventId: paymentId,
        only: [{ match: 'any', conditions: told.map((type) => is('type', 'equals', type)) }, ...paid],
        contact: { mode: 'find', email: payer },
        // Without a secret it is not published, unless a person takes this away.
        signature: { scheme: 'stripe' },
      },
    },
    steps: [
      {
        type: 'find_opportunity',
        settings: { pipelineId: pipeline.id, status: 'open' },
        branches: {
          found: [
            {
              type: 'internal_update_opportunity',
              settings: { pipelineStageId: wonStage(pipeline), status: 'won' },
            },
            { type: 'add_notes', settings: { body: 'Paid: {{payload.type}} {{payload.id}}' } },
          ],
          notFound: [{ type: 'stop' }],
        },
      },
    ],
  }),
}

export const templates: Template[] = [payment]

/** A draft made of a template, for the pipeline that is named, else the first one. */
export async function createFromTemplate(
  ctx: Context,
  wanted: { template: string; pipelineId?: string; name?: string },
): Promise<Workflow> {
  const template = templates.find(({ id }) => id === wanted.template)
  if (!template)
    throw invalid(`template must be one of the following values: ${templates.map(({ id }) => id).join(', ')}`)
  const pipelines = await listPipelines(ctx)
  const pipeline = wanted.pipelineId === undefined ? pipelines[0] : pipelines.find(({ id }) => id === wanted.pipelineId)
  if (!pipeline) throw notFound('Pipeline')
  const definition = template.definition(pipeline)
  return createWorkflow(ctx, { ...definition, name: wanted.name ?? definition.name })
}
