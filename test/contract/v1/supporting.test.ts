import { describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing } from '../../support/refused.ts'
import { refused } from './expected.ts'

onEveryStore('what v1 clients choose from', (crm) => {
  test('pipelines with the ids and names of their stages, whichever location is named', async () => {
    const other = await crm.given.pipeline('Second')
    const named = (all: { id: string; name: string }[]) => all.map(({ id, name }) => ({ id, name }))
    const { locationId } = crm
    const pipelines = [
      { id: crm.pipeline.id, name: 'Sales Pipeline', stages: named(crm.stages), locationId },
      { id: other.id, name: 'Second', stages: named(other.stages), locationId },
    ]

    for (const path of ['/v1/pipelines', '/v1/pipelines/', '/v1/pipelines/?locationId=elsewhere']) {
      expect((await crm.v1.get(path)).body).toEqual({ pipelines })
    }
  })

  test('custom fields of contacts, and each as a list of one', async () => {
    const make = async (name: string, model: string) =>
      (await crm.v2.post(`/locations/${crm.locationId}/customFields`, { name, dataType: 'TEXT', model })).body
        .customField
    const [colour] = [await make('Colour', 'contact'), await make('Size', 'opportunity')]

    expect(colour).toMatchObject({ name: 'Colour', fieldKey: 'contact.colour', dataType: 'TEXT' })
    for (const path of ['/v1/custom-fields', '/v1/custom-fields/', `/v1/custom-fields/${colour.id}`]) {
      expect((await crm.v1.get(path)).body).toEqual({ customFields: [colour] })
    }
    expect(refused(await crm.v1.get('/v1/custom-fields/nothing'))).toEqual(missing('Custom field'))
  })

  test('tags', async () => {
    const { tag } = (await crm.v2.post(`/locations/${crm.locationId}/tags`, { name: 'Spring' })).body

    for (const path of ['/v1/tags', '/v1/tags/']) {
      expect((await crm.v1.get(path)).body).toEqual({
        tags: [{ id: tag.id, name: 'spring', locationId: crm.locationId }],
      })
    }
  })

  test('users, as v2 answers them', async () => {
    const { id } = await crm.given.user()
    const { users } = (await crm.v2.get(`/users/?locationId=${crm.locationId}`)).body

    expect(users.map((user: { id: string }) => user.id)).toContain(id)
    for (const path of ['/v1/users', '/v1/users/']) expect((await crm.v1.get(path)).body).toEqual({ users })
  })

  test('time zones by their names', async () => {
    for (const path of ['/v1/timezones', '/v1/timezones/']) {
      const { timezones } = (await crm.v1.get(path)).body
      expect(timezones).toEqual(expect.arrayContaining(['UTC', 'America/Chicago', 'Europe/Berlin']))
    }
  })

  describe('of another location', () => {
    test('are not seen', async () => {
      const theirs = await crm.given.location()
      const { contact } = (
        await crm.v2.post(
          '/contacts/',
          { locationId: theirs.id, email: 'x@example.com', tags: ['far'] },
          { token: theirs.token },
        )
      ).body

      const { pipelines } = (await crm.v1.get('/v1/pipelines')).body
      const { tags } = (await crm.v1.get('/v1/tags')).body

      expect(pipelines.map(({ id }: { id: string }) => id)).not.toContain(theirs.pipeline.id)
      expect(tags.map(({ name }: { name: string }) => name)).not.toContain('far')
      expect(refused(await crm.v1.get(`/v1/contacts/${contact.id}`))).toEqual(missing('Contact'))
      expect((await crm.v1.get('/v1/contacts/lookup?email=x@example.com')).body).toEqual({ contacts: [] })
    })
  })
})
