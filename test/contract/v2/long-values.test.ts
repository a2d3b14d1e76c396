import { describe, expect, test } from 'vitest'
import { type DataType, dataTypes } from '../../../src/domain/customFields/customField.ts'
import { onEveryStore, type Reply } from '../../harness.ts'
import { audit } from '../../support/audit.ts'
import { randomFrom } from '../../support/random.ts'
import { refused, unprocessable } from '../../support/refused.ts'

/*
 * A row of an index holds about 2,700 bytes in PostgreSQL, after it has pressed out what repeats. So the texts here do
 * not repeat, are of up to four bytes a character, and some become longer as they are folded to be searched.
 */
const { below } = randomFrom(7)
const among = (first: number, count: number) => (length: number) =>
  Array.from({ length }, () => String.fromCodePoint(first + below(count))).join('')

const scripts = {
  letters: (length: number) => Array.from({ length }, () => below(36).toString(36)).join(''),
  'Chinese signs': among(0x4e00, 20_000),
  'Korean syllables': among(0xac00, 11_000), // each folds to two or three signs
  'Arabic ligatures': among(0xfdfa, 1), // each folds to eighteen
  emoji: among(0x1f400, 200),
}
type Make = (length: number) => string
const made = Object.entries(scripts) as [string, Make][]

const textual = dataTypes.filter(
  (type) => !['NUMERICAL', 'MONETORY', 'DATE', 'TEXTBOX_LIST', 'FILE_UPLOAD'].includes(type),
)
const isList = (type: DataType) => type === 'CHECKBOX' || type === 'MULTIPLE_OPTIONS'

onEveryStore('long values', (crm) => {
  const ok = (reply: Reply): Reply => {
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply
  }
  const fieldOf = async (dataType: DataType, model: string, name = `${dataType} field`) =>
    ok(await crm.v2.post(`/locations/${crm.locationId}/customFields`, { name, dataType, model })).body.customField
  const search = async (noun: string, field: string, operator: string, value?: unknown): Promise<string[]> => {
    const filters = [{ field, operator, ...(value !== undefined && { value }) }]
    const body = { locationId: crm.locationId, filters, ...(noun === 'contacts' ? { pageLimit: 100 } : { limit: 100 }) }
    return ok(await crm.v2.post(`/${noun}/search`, body)).body[noun].map(({ id }: { id: string }) => id)
  }

  describe.each(['contacts', 'opportunities'])('of custom fields of %s', (noun) => {
    const model = noun === 'contacts' ? 'contact' : 'opportunity'
    const give = async (fieldId: string, value: unknown): Promise<string> => {
      const { id } = await crm.given[model as 'contact']()
      ok(await crm.v2.put(`/${noun}/${id}`, { customFields: [{ id: fieldId, field_value: value }] }))
      return id
    }
    const kept = async (id: string) => {
      const [first] = ok(await crm.v2.get(`/${noun}/${id}`)).body[model].customFields
      return model === 'contact' ? first.value : first.fieldValue
    }

    const all = textual.flatMap((type, at) =>
      (type === 'LARGE_TEXT' ? made : made.slice(at % 2, (at % 2) + 1)).map(([script, make]) => ({
        type,
        script,
        make,
      })),
    )
    test.each(all)('of type $type are kept whole, and found by their parts: $script', async ({ type, make }) => {
      const { id: fieldId } = await fieldOf(type, model)
      const long = make(4500)
      const sent = isList(type) ? [long, 'short'] : long

      const id = await give(fieldId, sent)

      expect(await kept(id)).toEqual(sent)
      expect(await search(noun, `custom_fields.${fieldId}`, 'exists')).toEqual([id])
      expect(await search(noun, `custom_fields.${fieldId}`, 'not_exists')).not.toContain(id)
      if (isList(type)) return expect(await search(noun, `custom_fields.${fieldId}`, 'eq', 'Short')).toEqual([id])
      const end = [...long].slice(-30).join('')
      expect(await search(noun, `custom_fields.${fieldId}`, 'contains', end)).toEqual([id])
      expect(await search(noun, `custom_fields.${fieldId}`, 'not_contains', end)).not.toContain(id)
    })

    test.each([255, 256, 257, 1000])('of %i characters are told from others that begin alike', async (length) => {
      const { id: fieldId } = await fieldOf('TEXT', model)
      const beginning = scripts.letters(length - 1)
      const a = await give(fieldId, `${beginning}A`)
      const b = await give(fieldId, `${beginning}B`)
      const [shorter, longer] = [await give(fieldId, beginning), await give(fieldId, `${beginning}A and more`)]
      const found = async (operator: string, value: unknown) => {
        const ids = await search(noun, `custom_fields.${fieldId}`, operator, value)
        return [a, b, shorter, longer].filter((id) => ids.includes(id))
      }

      expect(await found('eq', `${beginning}a`)).toEqual([a])
      expect(await found('eq', [`${beginning}a`, beginning])).toEqual([a, shorter])
      expect(await found('eq', [`${beginning}b`, 'short'])).toEqual([b])
      expect(await found('not_eq', `${beginning}a`)).toEqual([b, shorter, longer])
      expect(await found('exists', undefined)).toEqual([a, b, shorter, longer])
    })

    test.each(made)('stand in objects under keys of any length: %s', async (_, make) => {
      const { id: fieldId } = await fieldOf('TEXTBOX_LIST', model)
      const [one, other] = [make(3000), make(2999)]

      const id = await give(fieldId, { [one]: make(1000), [`${one}x`]: 'beside', short: 'brief', [other]: 'second' })

      expect(await search(noun, `custom_fields.${fieldId}.${one}`, 'exists')).toEqual([id])
      expect(await search(noun, `custom_fields.${fieldId}.${one}x`, 'eq', 'beside')).toEqual([id])
      expect(await search(noun, `custom_fields.${fieldId}.${one}`, 'eq', 'beside')).toEqual([])
      expect(await search(noun, `custom_fields.${fieldId}.short`, 'eq', 'brief')).toEqual([id])
      ok(await crm.v2.put(`/${noun}/${id}`, { customFields: [{ id: fieldId, field_value: { [one]: 'new' } }] }))
      expect(await kept(id)).toEqual({ [one]: 'new' })
      expect(await search(noun, `custom_fields.${fieldId}.${one}`, 'eq', 'new')).toEqual([id])
      expect(await search(noun, `custom_fields.${fieldId}.${one}x`, 'exists')).toEqual([])
    })

    test('are files as well, and lists in plain fields', async () => {
      const files = await fieldOf('FILE_UPLOAD', model)
      const text = await fieldOf('LARGE_TEXT', model)
      const addresses = [0, 1, 2].map(() => `https://example.com/${scripts.letters(5000)}`)

      expect(await kept(await give(files.id, addresses))).toEqual(addresses)
      expect(await kept(await give(text.id, { a: { [scripts.letters(4000)]: [scripts.letters(4000)] } }))).toBeTruthy()
      expect(await kept(await give(text.id, 'ab'.repeat(200_000)))).toHaveLength(400_000)
    })

    test.each(made)('name their field: %s', async (_, make) => {
      const name = make(255)
      const [one, second] = [await fieldOf('TEXT', model, name), await fieldOf('TEXT', model, name)]

      expect(one.name).toBe(name)
      expect(second.fieldKey).toBe(`${one.fieldKey}_2`)
      const { id } = await crm.given[model as 'contact']({ customFields: [{ key: one.fieldKey, field_value: 'x' }] })
      expect(await search(noun, `custom_fields.${one.id}`, 'eq', 'x')).toEqual([id])
    })
  })

  describe.each(made)('of %s', (_, make) => {
    test('name contacts, and find and order them', async () => {
      const sent = { firstName: make(255), lastName: make(255), companyName: make(255), address1: make(1000) }
      const tags = ['1', '2'].map((first) => first + make(254).toLowerCase())

      const contact = await crm.given.contact({ ...sent, tags, source: make(255), city: make(255) })

      expect(ok(await crm.v2.get(`/contacts/${contact.id}`)).body.contact).toMatchObject({ ...sent, tags })
      for (const [field, value] of [
        ['name', `${sent.firstName} ${sent.lastName}`],
        ['firstName', sent.firstName],
        ['lastName', sent.lastName],
        ['companyName', sent.companyName],
        ['tags', tags[1] ?? ''],
      ] as const) {
        if (value.length <= 1000) expect(await search('contacts', field, 'eq', value), field).toEqual([contact.id])
        const end = [...value].slice(-20).join('')
        expect(await search('contacts', field, 'contains', end), field).toEqual([contact.id])
      }
      const seen: string[] = []
      for (let searchAfter: unknown[] | undefined; ; ) {
        const body = {
          locationId: crm.locationId,
          pageLimit: 10,
          sort: [{ field: 'name', direction: 'asc' }],
          searchAfter,
        }
        const { contacts } = ok(await crm.v2.post('/contacts/search', body)).body
        if (contacts.length === 0) break
        seen.push(...contacts.map(({ id }: { id: string }) => id))
        searchAfter = contacts.at(-1).searchAfter
      }
      expect(seen).toContain(contact.id)
      expect(new Set(seen).size).toBe(seen.length)
    })

    test('name opportunities, and find and order them', async () => {
      const name = make(255)
      const one = await crm.given.opportunity({ name: `${name.slice(0, -2)}a`, source: make(255) })
      const other = await crm.given.opportunity({ name: `${name.slice(0, -2)}b` })

      expect(await search('opportunities', 'name', 'eq', one.name)).toEqual([one.id])
      expect(await search('opportunities', 'source', 'eq', one.source)).toEqual([one.id])
      const page = async (searchAfter?: unknown[]) => {
        const filters = [{ field: 'id', operator: 'eq', value: [one.id, other.id] }]
        const body = { locationId: crm.locationId, filters, sort: [{ field: 'name', direction: 'asc' }], limit: 1 }
        const reply = await crm.v2.post('/opportunities/search', { ...body, ...(searchAfter && { searchAfter }) })
        return ok(reply).body.opportunities[0]
      }
      const first = await page()
      expect([first.id, (await page(first.searchAfter ?? first.sort)).id].sort()).toEqual([one.id, other.id].sort())
    })

    test('name pipelines, stages, reasons and values of the location, and fill notes and tasks', async () => {
      const { locationId } = crm
      const { id } = await crm.given.contact()
      const name = make(255)
      const stages = [{ name: make(255) }, { name: make(254) }]
      const send = async (path: string, body: object) => ok(await crm.v2.post(path, body)).body
      const task = { title: name, body: make(16_000), dueDate: '2030-01-01T00:00:00Z', completed: false }

      expect(await send('/opportunities/pipelines', { locationId, name, stages })).toMatchObject({ name, stages })
      expect((await send('/opportunities/lost-reason', { locationId, name })).lostReason).toMatchObject({ name })
      const note = { body: make(16_000), title: make(255) }
      expect((await send(`/contacts/${id}/notes`, note)).note).toMatchObject(note)
      expect((await send(`/contacts/${id}/tasks`, task)).task).toMatchObject({ title: name, body: task.body })
      const value = { name: make(3000), value: make(16_000) }
      expect((await send(`/locations/${locationId}/customValues`, value)).customValue).toMatchObject(value)
      expect((await send(`/locations/${locationId}/tags`, { name: make(255) })).tag.name).toBeTruthy()
    })

    test('name users and the location', async () => {
      const { locationId } = crm
      const companyId = (await crm.v2.get(`/locations/${locationId}`)).body.location.companyId
      const local = make(300).replace(/\s/g, '').slice(0, 300)
      const profile = {
        extension: make(3000),
        phone: make(3000),
        permissions: { [make(3000)]: true },
        scopes: [make(3000)],
      }
      const user = { companyId, firstName: make(255), lastName: make(255), role: 'user', type: 'account', ...profile }
      const email = `${[...local].slice(0, 300).join('')}@example.com`

      const reply = await crm.v2.post('/users/', { ...user, locationIds: [locationId], email, password: 'a long one' })

      expect([reply.status, reply.body.email], reply.text).toEqual([201, email.toLowerCase()])
      const place = { name: make(255), address: make(3000), website: make(3000), social: { [make(3000)]: make(3000) } }
      ok(await crm.v2.put(`/locations/${locationId}`, { companyId, ...place }))
    })
  })

  test('too long for a tag are refused', async () => {
    const path = `/locations/${crm.locationId}/tags`
    const { tag } = (await crm.v2.post(path, { name: 'brief' })).body
    const tooLong = unprocessable('name must be shorter than or equal to 255 characters')

    for (const [, make] of made) {
      expect(refused(await crm.v2.post(path, { name: make(256) }))).toEqual(tooLong)
      expect(refused(await crm.v2.put(`${path}/${tag.id}`, { name: make(4000) }))).toEqual(tooLong)
    }
  })

  test('leave everything that is kept beside the records right', async () => {
    expect(await audit(crm.app.store)).toEqual([])
  })
})
