import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { refused, unprocessable } from '../../support/refused.ts'
import { contactOf, justCreated, settled, succeeded } from '../v2/expectedContact.ts'

const v3Spelling = {
  call: { status: 'active', message: 'No calls', code: '103' },
  email: { status: 'inactive' },
  sms: { status: 'permanent' },
  whatsApp: { status: 'active' },
  gmb: { status: 'inactive' },
  fb: { status: 'active' },
}
const { call, email, sms, whatsApp, gmb, fb } = v3Spelling
const v2Spelling = { Call: call, Email: email, SMS: sms, WhatsApp: whatsApp, GMB: gmb, FB: fb }

let used = 0
const newEmail = () => `v3-${++used}@example.com`

onEveryStore('a contact in v3', (crm) => {
  const create = (fields: object) => crm.v3.post('/contacts/', { locationId: crm.locationId, ...fields })

  test('names its channels in camelCase, in whatever reply it stands', async () => {
    const sent = { email: newEmail(), dndSettings: v3Spelling, tags: ['vip'] }

    const created = await create(sent)
    const { id } = created.body.contact
    const whole = contactOf(crm, settled(created.body.contact))

    expect(created.status).toBe(201)
    expect(bare(created)).toEqual({ contact: { ...contactOf(crm, { id, ...sent }), ...justCreated } })
    expect(whole.dndSettings).toEqual(v3Spelling)
    expect(bare(await crm.v3.get(`/contacts/${id}`))).toEqual({ contact: whole })
    const updated = await crm.v3.put(`/contacts/${id}`, { tags: ['vip'] })
    expect(updated.status).toBe(200)
    expect(bare(updated)).toEqual({ ...succeeded, contact: whole })
    const upserted = await crm.v3.post('/contacts/upsert', { locationId: crm.locationId, email: sent.email })
    expect(bare(upserted)).toEqual({ new: false, contact: whole })
    const duplicate = `/contacts/search/duplicate?${new URLSearchParams({ locationId: crm.locationId, email: sent.email })}`
    expect(bare(await crm.v3.get(duplicate))).toEqual({ contact: whole })
    const found = await crm.v3.post('/contacts/search', { locationId: crm.locationId, query: sent.email })
    const listed = await crm.v3.get(
      `/contacts/?${new URLSearchParams({ locationId: crm.locationId, query: sent.email })}`,
    )
    for (const { body } of [found, listed]) {
      expect(body.contacts).toHaveLength(1)
      expect(body.contacts[0]).toMatchObject({ id, dndSettings: v3Spelling })
      expect(Object.keys(body.contacts[0].dndSettings)).toHaveLength(6)
    }
  })

  test('is the same one as in v2, which names the channels its own way', async () => {
    const { id } = (await create({ email: newEmail(), dndSettings: v3Spelling })).body.contact

    const [v2, v3] = [await crm.v2.get(`/contacts/${id}`), await crm.v3.get(`/contacts/${id}`)]

    expect(v2.body.contact).toEqual({ ...v3.body.contact, dndSettings: v2Spelling })
  })

  test('has no channels where none was named', async () => {
    const { id } = (await create({ email: newEmail() })).body.contact

    expect((await crm.v3.get(`/contacts/${id}`)).body.contact.dndSettings).toEqual({})
  })

  describe('its channels', () => {
    test.each([
      ['v2', v2Spelling],
      ['v3', v3Spelling],
    ])('are taken in the spelling of %s', async (_, dndSettings) => {
      const { id } = (await create({ email: newEmail() })).body.contact

      const put = await crm.v3.put(`/contacts/${id}`, { dndSettings })
      const created = await create({ email: newEmail(), dndSettings })
      const upserted = await crm.v3.post('/contacts/upsert', {
        locationId: crm.locationId,
        email: newEmail(),
        dndSettings,
      })

      for (const { body } of [put, created, upserted]) expect(body.contact.dndSettings).toEqual(v3Spelling)
    })

    test('are cleared by null, and kept when they are not mentioned', async () => {
      const { id } = (await create({ email: newEmail(), dndSettings: { sms } })).body.contact
      const settings = async (fields: object) => (await crm.v3.put(`/contacts/${id}`, fields)).body.contact.dndSettings

      expect(await settings({ city: 'London' })).toEqual({ sms })
      expect(await settings({ dndSettings: null })).toEqual({})
    })

    test.each<[object, ...string[]]>([
      [{ pigeon: { status: 'active' } }, 'dndSettings.property pigeon should not exist'],
      [
        { sms: { status: 'on' } },
        'dndSettings.sms.status must be one of the following values: active, inactive, permanent',
      ],
      [{ whatsApp: 'active' }, 'dndSettings.whatsApp must be an object'],
    ])('are refused as %j', async (dndSettings, ...message) => {
      expect(refused(await create({ email: newEmail(), dndSettings }))).toEqual(unprocessable(...message))
    })
  })

  test('takes its custom values as fieldValue, and in the older spellings', async () => {
    const field = await crm.v3.post(`/locations/${crm.locationId}/customFields`, { name: 'Size', dataType: 'TEXT' })
    const { id } = field.body.customField
    const values = async (value: object) =>
      (await create({ email: newEmail(), customFields: [{ id, ...value }] })).body.contact.customFields

    expect(await values({ fieldValue: 'large' })).toEqual([{ id, value: 'large' }])
    expect(await values({ field_value: 'large' })).toEqual([{ id, value: 'large' }])
    expect(await values({ value: 'large' })).toEqual([{ id, value: 'large' }])
  })

  test('is deleted with success in all its spellings', async () => {
    const { id } = (await create({ email: newEmail() })).body.contact

    expect(bare(await crm.v3.delete(`/contacts/${id}`))).toEqual(succeeded)
  })
})

onEveryStore('success in v3', (crm) => {
  test('is `succeeded` where v2 has the older spelling alone', async () => {
    const contact = await crm.given.contact()
    const bulk = { locationId: crm.locationId, contacts: [contact.id], tags: ['new'] }
    const [one, two] = [await crm.given.user(), await crm.given.user()]

    const tagged = await crm.v3.post('/contacts/bulk/tags/update/add', bulk)
    const deleted = await crm.v3.delete(`/users/${one.id}`)

    expect(tagged.status).toBe(201)
    expect(bare(tagged)).toEqual({
      succeded: true,
      succeeded: true,
      errorCount: 0,
      responses: [
        {
          contactId: contact.id,
          message: 'Tags updated',
          type: 'success',
          oldTags: [],
          tagsAdded: ['new'],
          tagsRemoved: [],
        },
      ],
    })
    expect(deleted.status).toBe(200)
    expect(bare(deleted)).toEqual({ succeded: true, succeeded: true, message: expect.stringContaining(one.email) })
    expect(bare(await crm.v2.delete(`/users/${two.id}`))).toEqual({
      succeded: true,
      message: expect.stringContaining(two.email),
    })
  })
})
