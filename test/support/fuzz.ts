import { Ajv } from 'ajv'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Dialect, Endpoint } from '../../src/api/endpoint.ts'
import { type Crm, onEveryStore, type Reply } from '../harness.ts'
import { enliven, type Pool, requestTo, type Schema } from './arbitrary.ts'
import { audit } from './audit.ts'
import { fingerprint } from './fingerprint.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_210_728)
/** Runs for each field that a row takes, and for itself. */
const perField = Number(process.env.FUZZ_RUNS ?? 4)

/** A dialect as it is to be tried. */
export interface Fuzzed {
  rows: Dialect
  /** Sends as a client of the dialect does. */
  send: (crm: Crm, method: string, path: string, body: unknown) => Promise<Reply>
  /** What its failures carry beside what all of them do. */
  errorProperties?: string[]
  /** Whether its replies carry their trace. */
  isTraced: boolean
  /** Whether a property that nobody knows is refused. */
  isStrict: boolean
}

/** Where the ids in a path come from: by what stands before the parameter, else by its name. */
const places: [prefix: RegExp, pool: string][] = [
  [/pipelines\/:id$/, 'pipelineId'],
  [/lost-reason\/:id$/, 'lostReasonId'],
  [/notes\/:id$/, 'noteId'],
  [/customFields\/:id$/, 'customFieldId'],
  [/customValues\/:id$/, 'customValueId'],
  [/opportunities\/:id(\/|$)/, 'opportunityId'],
]
const idsOf = (row: Endpoint) => (name: string) =>
  (name === 'id' && places.find(([prefix]) => prefix.test(row.path))?.[1]) || { userId: 'assignedTo' }[name] || name

/** Sends whatever there is to every row, on every store. */
export const fuzz = (dialect: string, { rows: all, send, errorProperties = [], isTraced, isStrict }: Fuzzed) => {
  const rows = Object.entries(all)
  const writes = rows.filter(([, row]) => row.body)

  onEveryStore(`whatever is sent to ${dialect}`, (crm) => {
    const pool: Pool = {}

    /** A living record of every kind, the newest first. */
    async function furnish() {
      const { locationId } = crm
      const post = async (path: string, body: object) => (await crm.v2.post(path, body)).body
      const pipeline = await crm.given.pipeline('Fuzzed', ['One', 'Two'])
      const contact = await crm.given.contact({ phone: `+1415555${String(furnished++ % 10_000).padStart(4, '0')}` })
      const opportunity = await crm.given.opportunity({ contactId: contact.id, pipelineId: pipeline.id })
      const field = { name: 'Fuzzed', dataType: 'TEXT', model: 'opportunity' }
      const task = { title: 'Call', dueDate: '2030-01-01T00:00:00Z', completed: false }
      const made = {
        locationId,
        location_id: locationId,
        contactId: contact.id,
        contact_id: contact.id,
        opportunityId: opportunity.id,
        pipelineId: pipeline.id,
        pipeline_id: pipeline.id,
        pipelineStageId: pipeline.stages[0]?.id as string,
        assignedTo: (await crm.given.user()).id,
        lostReasonId: (await post('/opportunities/lost-reason', { name: 'Price' })).lostReason.id,
        noteId: (await post(`/contacts/${contact.id}/notes`, { body: 'A note' })).note.id,
        taskId: (await post(`/contacts/${contact.id}/tasks`, task)).task.id,
        tagId: (await post(`/locations/${locationId}/tags`, { name: `tag ${furnished}` })).tag.id,
        customFieldId: (await post(`/locations/${locationId}/customFields`, field)).customField.id,
        customValueId: (await post(`/locations/${locationId}/customValues`, { name: 'A', value: 'B' })).customValue.id,
        type: 'add',
        workflowId: 'w',
        campaignId: 'c',
      }
      for (const [name, id] of Object.entries(made)) pool[name] = [id, ...(pool[name] ?? [])].slice(0, 3)
      for (const name of ['locationId', 'location_id']) pool[name] = [locationId]
      pool.type = ['add', 'remove']
    }
    let furnished = 0
    beforeAll(furnish)

    const known = new Set(['statusCode', 'message', 'error', 'code', 'meta', 'traceId', ...errorProperties])
    function expectEnvelope({ status, headers, body }: Reply) {
      expect(body).toMatchObject({ statusCode: status, traceId: headers.get('x-trace-id') })
      expect(Object.keys(body).filter((name) => !known.has(name))).toEqual([])
      const sentences = status === 422 && body.error ? body.message : [body.message]
      expect(sentences.length).toBeGreaterThan(0)
      for (const sentence of sentences) expect(sentence).toEqual(expect.any(String))
    }

    describe('is answered, and what is refused leaves no trace', () => {
      test.each(rows)('%s', { timeout: 60_000 }, async (_, row) => {
        // What is shared by name with another kind of field is no id there.
        const { type: _type, workflowId: _workflow, campaignId: _campaign, ...byName } = pool
        const deadline = Date.now() + 5000
        const property = fc.asyncProperty(requestTo(row, byName, idsOf(row)), async (wanted) => {
          // On a slow machine the rest of the runs is left out; one that has begun is always ended.
          if (Date.now() > deadline) return
          const { method, path, body } = enliven(wanted, pool)
          const before = await fingerprint(crm.app.store)
          const reply = await send(crm, method, path, body)

          expect(reply.status, reply.text).toBeLessThan(500)
          if (reply.status < 400) {
            if (isTraced) expect(reply.body).toMatchObject({ traceId: reply.headers.get('x-trace-id') })
            if (method === 'DELETE') await furnish()
            return
          }
          expectEnvelope(reply)
          expect(await fingerprint(crm.app.store)).toBe(before)
        })

        await fc.assert(property, {
          seed,
          numRuns: perField * (2 + fieldsOf(row.query as Schema).length + fieldsOf(row.body as Schema).length),
        })
      })

      test('keeps everything that is kept beside the records right', { timeout: 60_000 }, async () => {
        expect(await audit(crm.app.store)).toEqual([])
      })
    })

    describe('names the field that is wrong', () => {
      const place = (row: Endpoint) => row.path.replace(/:(\w+)/g, (_, name) => pool[idsOf(row)(name)]?.[0] ?? name)
      const ask = (row: Endpoint, body: object) => send(crm, [row.method].flat()[0] as string, place(row), body)
      const located = (row: Endpoint) => (row.location?.in === 'body' ? { locationId: crm.locationId } : {})

      test.each(writes)('in %s, for each of its fields and each wrong type', { timeout: 60_000 }, async (_, row) => {
        const before = await fingerprint(crm.app.store)
        let tried = 0
        for (const { path, schema } of fieldsOf(row.body as Schema)) {
          for (const wrong of wrongFor(schema)) {
            const reply = await ask(row, { ...located(row), ...placed(path, wrong) })

            const what = `${path.join('.')}: ${JSON.stringify(wrong)} was answered ${reply.text}`
            expect([reply.status, reply.body.error], what).toEqual([422, 'Unprocessable Entity'])
            expect(
              reply.body.message.filter((sentence: string) => names(sentence, path)),
              what,
            ).not.toEqual([])
            tried++
          }
        }
        expect(tried).toBeGreaterThan(3)
        expect(await fingerprint(crm.app.store)).toBe(before)
      })

      test.each(writes)('in %s, for each that is required and missing, and for one nobody knows', async (_, row) => {
        const { required = [] } = row.body as Schema
        const { status, body } = await ask(row, { ...located(row), 'no such': 1 })

        const mustBeThere = required.filter((name) => name !== 'locationId')
        if (isStrict) expect(body.message[0]).toBe('property no such should not exist')
        if (isStrict || mustBeThere.length > 0) expect(status).toBe(422)
        for (const field of mustBeThere) {
          expect(body.message).toContain(`${field} should not be empty`)
        }
      })
    })
  })
}

interface Place {
  path: (string | 0)[]
  schema: Schema
}

/** Every field of a body, those of its objects and of the items of its lists too. */
function fieldsOf(schema: Schema = {}, path: Place['path'] = []): Place[] {
  const own = path.length > 0 ? [{ path, schema }] : []
  const variants = schema.anyOf ?? [schema]
  const within = variants.flatMap(({ properties = {}, items }) => [
    ...Object.entries(properties).flatMap(([name, inner]) => fieldsOf(inner, [...path, name])),
    ...(items ? fieldsOf(items, [...path, 0]) : []),
  ])
  return [...own, ...within]
}

const samples = [7, -1.5, 'some text', true, null, [], ['text'], [7], [[]], [null], {}, { a: 1 }]
const ajv = new Ajv({ strict: false })

function wrongFor(schema: Schema): unknown[] {
  const fits = ajv.compile(schema)
  return samples.filter((sample) => !fits(sample))
}

const placed = (path: Place['path'], value: unknown): object =>
  path.reduceRight<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), value) as object

const names = (sentence: string, path: Place['path']) =>
  sentence.startsWith(`${path.join('.')} `) || sentence.startsWith(`${path.join('.')}.`)
