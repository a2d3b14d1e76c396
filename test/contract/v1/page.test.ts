import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { id, rowOf } from './expected.ts'

const run = promisify(execFile)

/* The v1 page's own command lines, run as they stand with the host, the token and the ids replaced. */

const host = 'https://rest.gohighlevel.com'
const onPage = {
  token: '<token>',
  pipelineId: 'bCkKGpDsyPP4peuKowkG',
  opportunityId: '7XExm1wr8gFeZpl6rQny',
  stageId: '7915dedc-8f18-44d5-8bc3-77c04e994a10',
  userId: '082goXVW3lIExEQPOnd3',
  contactId: 'mTkSCb1UBjb5tk4OvB69',
  startAfterId: 'UIaE1WjAwWKdlyD7osQI',
  startAfter: '1603870249758',
}
type Ids = typeof onPage

const lines = {
  list: `curl --location '${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities?startAfterId=UIaE1WjAwWKdlyD7osQI&startAfter=1603870249758&limit=20' \\
--header 'Authorization: Bearer <token>'`,

  get: `curl --location '${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities/7XExm1wr8gFeZpl6rQny' \\
--header 'Authorization: Bearer <token>'`,

  create: `curl --location '${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities/' \\
--header 'Authorization: Bearer <token>' \\
--data-raw '{
    "title": "First Opps",
    "stageId": "7915dedc-8f18-44d5-8bc3-77c04e994a10",
    "status": "open",
    "monetaryValue": 220,
    "assignedTo": "082goXVW3lIExEQPOnd3",
    "email": "john@deo.com",
    "phone": "+1 202-555-0107",
    "name": "John Deo",
    "companyName": "Tesla Inc",
    "source": "form",
    "tags": [
        "ipsum sunt",
        "ipsum mollit deserunt id veniam"
    ]
}'`,

  update: `curl --location --request PUT '${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities/7XExm1wr8gFeZpl6rQny' \\
--header 'Authorization: Bearer <token>' \\
--data-raw '{
    "title": "First Opps",
    "stageId": "7915dedc-8f18-44d5-8bc3-77c04e994a10",
    "status": "open",
    "monetaryValue": 220,
    "assignedTo": "082goXVW3lIExEQPOnd3",
    "contactId": "mTkSCb1UBjb5tk4OvB69"
}'`,

  status: `curl --location --request PUT '${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities/7XExm1wr8gFeZpl6rQny/status' \\
--header 'Authorization: Bearer <token>' \\
--data-raw '{
    "status": "open",
    "stageId": "7915dedc-8f18-44d5-8bc3-77c04e994a10"
}'`,

  delete: `curl --location --request DELETE '${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities/7XExm1wr8gFeZpl6rQny' \\
--header 'Authorization: Bearer <token>'`,
}

const row = {
  id: '7XExm1wr8gFeZpl6rQny',
  name: 'First Opp',
  monetaryValue: 120,
  pipelineId: 'bCkKGpDsyPP4peuKowkG',
  pipelineStageId: '8b897c8f-b859-49c1-88f2-ed590708a85c',
  assignedTo: 'hxHGVRb1YJUscrCB8eXK',
  status: 'open',
  source: 'form',
  lastStatusChangeAt: '2020-10-29T09:39:35.472Z',
  createdAt: '2020-10-29T09:31:30.255Z',
  updatedAt: '2020-10-29T09:44:02.263Z',
  contact: {
    id: 'byMEV0NQinDhq8ZfiOi2',
    name: 'John Deo',
    companyName: 'Tesla Inc',
    email: 'john@deo.com',
    phone: '+1202-555-0107',
    tags: ['ipsum sunt', 'ipsum mollit deserunt id veniam'],
  },
}

/** The page's reply to `list`. */
const page = {
  opportunities: [
    row,
    { ...row, contact: { ...row.contact, tags: ['laborum officia', 'amet ea pariatur cupidatat'] } },
  ],
  meta: {
    total: 250,
    nextPageUrl: `${host}/v1/pipelines/bCkKGpDsyPP4peuKowkG/opportunities?limit=1&startAfter=1603870249758&startAfterId=UIaE1WjAwWKdlyD7osQI`,
    startAfterId: 'UIaE1WjAwWKdlyD7osQI',
    startAfter: 1603870249758,
    currentPage: 2,
    nextPage: 3,
    prevPage: 1,
  },
}

onEveryStore('the page of v1, line by line', (crm) => {
  let ids: Ids
  beforeAll(async () => {
    const { id: userId } = await crm.given.user()
    const { id: contactId } = await crm.given.contact()
    const [, second] = crm.stages
    const none = { opportunityId: '', startAfter: '', startAfterId: '' }
    ids = {
      ...none,
      token: crm.first.apiKey,
      pipelineId: crm.pipeline.id,
      stageId: second?.id ?? '',
      userId,
      contactId,
    }
  })

  /** What the line prints, as JSON, and its status. */
  async function curl(line: string, own: Partial<Ids> = {}) {
    const replaced = Object.entries({ ...ids, ...own }).reduce(
      (text, [name, value]) => text.replaceAll(onPage[name as keyof Ids], value),
      line.replaceAll(host, crm.url),
    )
    const { stdout } = await run('bash', ['-c', `${replaced} --silent --write-out '\n%{http_code} %{content_type}'`])
    const [text = '', head = ''] = stdout.split(/\n(?=[^\n]*$)/)
    return { body: JSON.parse(text), text, head }
  }
  const ok = '200 application/json; charset=utf-8'
  const create = async () => (await curl(lines.create)).body

  test('create makes the opportunity, and the contact of the e-mail address', async () => {
    const reply = await curl(lines.create)

    expect(reply.head).toBe(ok)
    expect(reply.body).toEqual(
      rowOf(
        crm,
        {
          id,
          name: 'John Deo',
          companyName: 'Tesla Inc',
          email: 'john@deo.com',
          phone: '+12025550107',
          tags: ['ipsum sunt', 'ipsum mollit deserunt id veniam'],
        },
        {
          name: 'First Opps',
          pipelineStageId: ids.stageId,
          monetaryValue: 220,
          assignedTo: ids.userId,
          source: 'form',
        },
      ),
    )
    expect(shapeOf(reply.body)).toEqual(shapeOf(row))
  })

  test('get answers the row', async () => {
    const made = await create()

    const reply = await curl(lines.get, { opportunityId: made.id })

    expect(reply).toMatchObject({ head: ok, body: made })
    expect(shapeOf(reply.body)).toEqual(shapeOf(row))
  })

  test('list goes on behind the cursor, in the shape of the page', async () => {
    const deals = [await create(), await create(), await create(), await create()]
    const first = (await crm.v1.get(`/v1/pipelines/${ids.pipelineId}/opportunities?limit=1`)).body

    const { startAfter, startAfterId } = first.meta
    const line = lines.list.replace('limit=20', 'limit=2')
    const reply = await curl(line, { startAfterId, startAfter: String(startAfter) })

    expect(first.opportunities).toEqual([deals[3]])
    expect(reply.head).toBe(ok)
    expect(reply.body.opportunities).toEqual([deals[2], deals[1]])
    expect(shapeOf({ ...reply.body, meta: { ...reply.body.meta, prevPage: 1 } })).toEqual(shapeOf(page))
    expect(
      (await curl(lines.list, { startAfterId, startAfter: String(startAfter) })).body.opportunities.slice(0, 3),
    ).toEqual([deals[2], deals[1], deals[0]])
  })

  test('update changes the row, and gives it to the contact that is named', async () => {
    const made = await create()
    const other = (await crm.v1.get(`/v1/contacts/${ids.contactId}`)).body.contact
    await curl(lines.status.replace('"open"', '"won"'), { opportunityId: made.id })

    const reply = await curl(lines.update, { opportunityId: made.id })

    const { id, name, companyName, email, phone, tags } = other
    expect(reply.head).toBe(ok)
    expect(reply.body).toEqual({
      ...made,
      lastStatusChangeAt: expect.any(String),
      updatedAt: expect.any(String),
      contact: { id, name, companyName, email, phone, tags },
    })
    expect((await curl(lines.get, { opportunityId: made.id })).body).toEqual(reply.body)
  })

  test('status moves the row, and answers the two characters ""', async () => {
    const made = await create()
    const [, , third] = crm.stages

    const line = lines.status.replace('"open"', '"won"')
    const reply = await curl(line, { opportunityId: made.id, stageId: third?.id ?? '' })

    expect(reply).toEqual({ head: ok, text: '""', body: '' })
    expect((await curl(lines.get, { opportunityId: made.id })).body).toMatchObject({
      status: 'won',
      pipelineStageId: third?.id,
    })
  })

  test('delete takes the row away, and answers the two characters ""', async () => {
    const made = await create()

    const reply = await curl(lines.delete, { opportunityId: made.id })

    expect(reply).toEqual({ head: ok, text: '""', body: '' })
    expect((await curl(lines.get, { opportunityId: made.id })).head).toBe('404 application/json; charset=utf-8')
  })

  describe('each filter of the page', () => {
    type Row = Record<string, string>
    let here: Partial<Ids>
    let made: Row
    let older: Row
    let newer: Row
    beforeAll(async () => {
      const { id: pipelineId, stages } = await crm.given.pipeline()
      here = { pipelineId, stageId: stages[1]?.id ?? '' }
      const other = { pipelineId, status: 'won', monetaryValue: 5 }
      older = await crm.given.opportunity(other)
      crm.advance(60_000)
      made = (await curl(lines.create, here)).body
      crm.advance(60_000)
      newer = await crm.given.opportunity(other)
    })
    const created = () => String(Date.parse(made.createdAt as string))

    test.each([
      ['stageId', () => here.stageId, () => [made]],
      ['monetaryValue', () => '220', () => [made]],
      ['assignedTo', () => ids.userId, () => [made]],
      ['campaignId', () => 'Y2I9XM7aO1hncuSOlc9L', () => []],
      ['startDate', created, () => [newer, made]],
      ['endDate', created, () => [made, older]],
      ['query', () => 'john@deo.com', () => [made]],
      ['status', () => 'open', () => [made]],
    ])('%s finds what it says', async (name, value, found) => {
      const reply = await curl(lines.list.replace(/\?.*'/, `?${name}=${value()}'`), here)

      expect(reply.head).toBe(ok)
      expect(reply.body.opportunities.map(({ id }: Row) => id)).toEqual(found().map(({ id }) => id))
    })
  })
})

/** The same value with its leaves replaced by their types; a list by the shapes that are in it. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))].sort()
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, shapeOf(inner)])
      .sort(),
  )
}
