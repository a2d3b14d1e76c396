import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { audit } from '../../support/audit.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { missing, refused, unprocessable } from '../../support/refused.ts'
import { customField, stageMismatch } from '../v2/expected.ts'
import { day, noForecast, opportunityOf, read } from './expected.ts'

onEveryStore('an opportunity in v3', (crm) => {
  const body = (contactId: string, fields: object = {}) => ({
    locationId: crm.locationId,
    pipelineId: crm.pipeline.id,
    name: 'A deal',
    status: 'open',
    contactId,
    ...fields,
  })

  test('tells how its forecast slipped, in whatever reply it stands', async () => {
    const contact = await crm.given.contact()
    const forecast = { forecastExpectedCloseDate: '2026-05-01', forecastProbability: 20 }

    const created = await crm.v3.post('/opportunities/', body(contact.id, forecast))
    const { id } = created.body.opportunity
    const whole = (fields: object = {}) =>
      opportunityOf(crm, contact, {
        id,
        forecastExpectedCloseDate: day('2026-05-01'),
        forecastOriginalCloseDate: day('2026-05-01'),
        forecastProbability: 20,
        ...fields,
      })

    expect(created.status).toBe(201)
    expect(bare(created)).toEqual({ opportunity: whole() })
    expect(bare(await crm.v3.get(`/opportunities/${id}`))).toEqual({ opportunity: whole() })
    crm.advance(1000)
    const updated = await crm.v3.put(`/opportunities/${id}`, { forecastExpectedCloseDate: '05/20/2026' })
    const slipped = {
      forecastExpectedCloseDate: day('2026-05-20'),
      forecastSlippageCount: 1,
      forecastDaysSlipped: 19,
      forecastLastSlippedAt: updated.body.opportunity.updatedAt,
    }
    expect(updated.status).toBe(200)
    expect(bare(updated)).toEqual({ opportunity: whole({ ...slipped, indexVersion: 2 }) })
    expect(bare(await crm.v3.patch(`/opportunities/${id}`, { name: 'Renamed' }))).toEqual({
      opportunity: whole({ ...slipped, name: 'Renamed', indexVersion: 3 }),
    })
    const upserted = await crm.v3.post('/opportunities/upsert', { ...body(contact.id), id, name: 'Again' })
    expect(upserted.status).toBe(200)
    expect(bare(upserted)).toEqual({ opportunity: whole({ ...slipped, name: 'Again', indexVersion: 4 }), new: false })
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('tells it beside success where its status was updated', async () => {
    const contact = await crm.given.contact()
    const { id } = await crm.given.opportunity({
      contactId: contact.id,
      forecastExpectedCloseDate: '2026-05-01',
    })
    await crm.v3.put(`/opportunities/${id}`, { forecastExpectedCloseDate: '2026-05-03' })

    for (const [call, status, indexVersion] of [
      [crm.v3.put, 'won', 3],
      [crm.v3.patch, 'open', 4],
    ] as const) {
      const reply = await call(`/opportunities/${id}/status`, { status })
      const opportunity = opportunityOf(crm, contact, {
        id,
        status,
        indexVersion,
        forecastExpectedCloseDate: day('2026-05-03'),
        forecastOriginalCloseDate: day('2026-05-01'),
        forecastSlippageCount: 1,
        forecastDaysSlipped: 2,
        forecastLastSlippedAt: expect.any(String),
      })
      const { contact: _, notes, tasks, calendarEvents, customFields, followers, ...scalars } = opportunity
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true, ...scalars, opportunity })
    }
  })

  test('is deleted with success in all its spellings', async () => {
    const { id } = await crm.given.opportunity()

    const reply = await crm.v3.delete(`/opportunities/${id}`)

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true })
    expect(refused(await crm.v3.get(`/opportunities/${id}`))).toEqual(missing('Opportunity'))
  })

  test('takes values as fieldValue, and in the spelling of v2', async () => {
    const field = await customField(crm, 'Region', 'TEXT')
    const { id: contactId } = await crm.given.contact()
    const valuesOf = ({ body: { opportunity } }: { body: { opportunity: { customFields: object[] } } }) =>
      opportunity.customFields
    const described = (fieldValue: string) => [
      {
        id: field.id,
        key: 'region',
        fieldKey: 'opportunity.region',
        name: 'Region',
        type: 'TEXT',
        fieldValue,
        fieldValueString: fieldValue,
      },
    ]

    const created = await crm.v3.post(
      '/opportunities/',
      body(contactId, { customFields: [{ id: field.id, fieldValue: 'North' }] }),
    )
    const path = `/opportunities/${created.body.opportunity.id}`

    expect(valuesOf(created)).toEqual(described('North'))
    expect(valuesOf(await crm.v3.put(path, { customFields: [{ key: 'region', fieldValue: 'South' }] }))).toEqual(
      described('South'),
    )
    expect(valuesOf(await crm.v3.put(path, { customFields: [{ id: field.id, field_value: 'West' }] }))).toEqual(
      described('West'),
    )
    expect((await read(crm, created.body.opportunity.id)).customFields).toEqual(described('West'))
  })

  describe('is refused and stays as it was', () => {
    test.each<[object, ...string[]]>([
      [{ name: 5, foo: 1 }, 'property foo should not exist', 'name must be a string'],
      [{ pipeline_id: 'x' }, 'property pipeline_id should not exist'],
      [{ forecastSlippageCount: 1 }, 'property forecastSlippageCount should not exist'],
      [{ forecastOriginalCloseDate: '2026-01-01' }, 'property forecastOriginalCloseDate should not exist'],
      [{ effectiveProbability: 50 }, 'property effectiveProbability should not exist'],
      [{ status: 'all' }, 'status must be one of the following values: open, won, lost, abandoned'],
      [{ forecastProbability: 101 }, 'forecastProbability must not be greater than 100'],
      [{ customFields: [{ id: 'none', fieldValue: 'x' }] }, 'customFields.0.id is invalid'],
    ])('with %j', async (fields, ...message) => {
      const { id, contactId } = await crm.given.opportunity()
      const before = await fingerprint(crm.app.store)

      expect(refused(await crm.v3.put(`/opportunities/${id}`, fields))).toEqual(unprocessable(...message))
      expect(refused(await crm.v3.post('/opportunities/', body(contactId, fields)))).toEqual(unprocessable(...message))
      expect(refused(await crm.v3.post('/opportunities/upsert', body(contactId, fields)))).toEqual(
        unprocessable(...message),
      )
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('in a stage of another pipeline', async () => {
      const { id } = await crm.given.opportunity()
      const [stage] = (await crm.given.pipeline()).stages

      expect(refused(await crm.v3.put(`/opportunities/${id}`, { pipelineStageId: stage?.id }))).toEqual(stageMismatch)
      expect(await read(crm, id)).toMatchObject({ ...noForecast, indexVersion: 1 })
    })
  })
})
