import { beforeAll, describe, expect, test } from 'vitest'
import { dataTypes } from '../../../src/domain/customFields/customField.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { audit } from '../../support/audit.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { rowsOf, time, totalOf } from './expected.ts'
import { id, succeeded } from './expectedContact.ts'

const models = ['contact', 'opportunity'] as const
const number = 'a number conforming to the specified constraints'

onEveryStore('custom fields', (crm) => {
  const path = (rest = '') => `/locations/${crm.locationId}/customFields${rest}`
  const make = async (body: object) => {
    const reply = await crm.v2.post(path(), body)
    if (reply.status !== 201) throw new Error(reply.text)
    return reply.body.customField
  }
  const put = (fieldId: string, body: unknown) => crm.v2.put(path(`/${fieldId}`), body)
  const typesOf = async (fieldId: string) => (await crm.events(fieldId)).map(({ types }) => types)

  /** A field as it is answered (contract 3.7), whole, with nothing set but what it cannot be without. */
  const fieldOf = (fields: object) => ({
    id,
    fieldKey: 'contact.pincode',
    placeholder: '',
    dataType: 'TEXT',
    position: 0,
    picklistOptions: [],
    picklistImageOptions: [],
    textBoxListOptions: [],
    acceptedFormat: [],
    isAllowedCustomOption: false,
    isMultiFileAllowed: false,
    locationId: crm.locationId,
    model: 'contact',
    dateAdded: time,
    ...fields,
  })

  describe('being created', () => {
    describe.each(models)('for the model %s', (model) => {
      test.each(dataTypes)('may be of type %s', async (dataType) => {
        const name = `${model} ${dataType}`

        const reply = await crm.v2.post(path(), { name, dataType, model })

        expect(reply.status).toBe(201)
        const fieldKey = `${model}.${name.toLowerCase().replace(' ', '_')}`
        expect(bare(reply)).toEqual({ customField: fieldOf({ name, dataType, model, fieldKey }) })
        const read = await crm.v2.get(path(`/${reply.body.customField.id}`))
        expect(read.status).toBe(200)
        expect(bare(read)).toEqual(bare(reply))
      })
    })

    test('belong to contacts unless told otherwise', async () => {
      expect(await make({ name: 'Pincode', dataType: 'TEXT' })).toEqual(fieldOf({ name: 'Pincode' }))
    })

    test('keep everything that can be sent', async () => {
      const sent = {
        name: 'Papers',
        dataType: 'FILE_UPLOAD',
        placeholder: 'Drop them here',
        acceptedFormat: ['.pdf', '.docx'],
        position: 3,
        model: 'opportunity',
        locationId: crm.locationId,
      }

      expect(await make({ ...sent, isMultipleFile: true, maxNumberOfFiles: 2 })).toEqual(
        fieldOf({ ...sent, fieldKey: 'opportunity.papers', isMultiFileAllowed: true, maxFileLimit: 2 }),
      )
      expect(await make({ ...sent, isMultiFileAllowed: true, maxFileLimit: 2 })).toMatchObject({
        isMultiFileAllowed: true,
        maxFileLimit: 2,
      })
    })

    test.each(['SINGLE_OPTIONS', 'RADIO', 'CHECKBOX', 'MULTIPLE_OPTIONS'])(
      'of type %s take their options under each of the names in use',
      async (dataType) => {
        const choose = async (options: object) => {
          const { picklistOptions, textBoxListOptions } = await make({ name: 'Choice', dataType, ...options })
          return [picklistOptions, textBoxListOptions]
        }

        expect(await choose({ options: ['a', 'b'] })).toEqual([['a', 'b'], []])
        expect(await choose({ picklistOptions: ['a', 'b'] })).toEqual([['a', 'b'], []])
        expect(await choose({ textBoxListOptions: [{ label: 'a' }, { label: 'b', prefillValue: '' }] })).toEqual([
          ['a', 'b'],
          [],
        ])
      },
    )

    test('of type TEXTBOX_LIST give each box an id', async () => {
      const { textBoxListOptions, picklistOptions } = await make({
        name: 'Boxes',
        dataType: 'TEXTBOX_LIST',
        textBoxListOptions: [
          { label: 'First', prefillValue: 'x' },
          { label: 'Second' },
          { id: 'mine', label: 'Third' },
        ],
      })

      expect(textBoxListOptions).toEqual([
        { id, label: 'First', prefillValue: 'x' },
        { id, label: 'Second', prefillValue: '' },
        { id: 'mine', label: 'Third', prefillValue: '' },
      ])
      expect(picklistOptions).toEqual([])
    })

    test.each([
      ['Deal Size (€)', 'deal_size'],
      ['  Größe & Maß ', 'große_maß'],
      ['予算', '予算'],
      ['!?', 'field'],
    ])('of the name %j get the key %j', async (name, key) => {
      expect(await make({ name, dataType: 'TEXT' })).toMatchObject({ name: name.trim(), fieldKey: `contact.${key}` })
    })

    test('of the same name get keys of their own, in each model', async () => {
      const keyOf = async (model: string) => (await make({ name: 'Twin', dataType: 'TEXT', model })).fieldKey

      expect([
        await keyOf('contact'),
        await keyOf('contact'),
        await keyOf('opportunity'),
        await keyOf('contact'),
      ]).toEqual(['contact.twin', 'contact.twin_2', 'opportunity.twin', 'contact.twin_3'])
    })

    test('are one event', async () => {
      const field = await make({ name: 'Event', dataType: 'TEXT' })

      expect(await crm.events(field.id)).toMatchObject([
        {
          types: ['CustomFieldCreate'],
          before: null,
          after: { id: field.id, name: 'Event', fieldKey: field.fieldKey },
        },
      ])
    })

    test('work with the trailing slash', async () => {
      expect((await crm.v2.post(path('/'), { name: 'Slash', dataType: 'TEXT' })).status).toBe(201)
    })

    const types = dataTypes.join(', ')
    const wrong: [object, string[]][] = [
      [
        {},
        [
          'name should not be empty',
          'name must be a string',
          'dataType should not be empty',
          `dataType must be one of the following values: ${types}`,
        ],
      ],
      [{ name: '', dataType: 'TEXT' }, ['name should not be empty']],
      [{ name: '  ', dataType: 'TEXT' }, ['name should not be empty']],
      [{ name: null, dataType: 'TEXT' }, ['name should not be empty', 'name must be a string']],
      [{ name: 'x'.repeat(256), dataType: 'TEXT' }, ['name must be shorter than or equal to 255 characters']],
      [{ name: 'x', dataType: 'MONETARY' }, [`dataType must be one of the following values: ${types}`]],
      [
        { name: 'x', dataType: 'TEXT', model: 'company' },
        ['model must be one of the following values: contact, opportunity'],
      ],
      [{ name: 'x', dataType: 'TEXT', position: 1.5 }, ['position must be an integer number']],
      [{ name: 'x', dataType: 'TEXT', position: -1 }, ['position must not be less than 0']],
      [{ name: 'x', dataType: 'RADIO', options: 'a' }, ['options must be an array']],
      [{ name: 'x', dataType: 'RADIO', options: [5] }, ['options.0 must be a string']],
      [{ name: 'x', dataType: 'TEXTBOX_LIST', textBoxListOptions: ['a'] }, ['textBoxListOptions.0 must be an object']],
      [{ name: 'x', dataType: 'FILE_UPLOAD', maxNumberOfFiles: 0 }, ['maxNumberOfFiles must not be less than 1']],
      [
        { name: 'x', dataType: 'TEXT', foo: 1, fieldKey: 'x' },
        ['property foo should not exist', 'property fieldKey should not exist'],
      ],
    ]

    test.each(wrong)('are refused: %j', async (body, sentences) => {
      const before = await fingerprint(crm.app.store)

      expect(refused(await crm.v2.post(path(), body))).toEqual(unprocessable(...sentences))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('are refused for another location', async () => {
      const other = await crm.given.location()
      const field = { name: 'x', dataType: 'TEXT' }

      expect(refused(await crm.v2.post(`/locations/${other.id}/customFields`, field))).toEqual(foreign)
      expect(refused(await crm.v2.post(path(), { ...field, locationId: other.id }))).toEqual(foreign)
    })
  })

  describe('being listed', () => {
    test('are those of contacts, of opportunities or all, by position and then by age', async () => {
      const { id: locationId, token } = await crm.given.location()
      const ofTheirs = `/locations/${locationId}/customFields`
      const names = async (query: string) =>
        (await crm.v2.get(`${ofTheirs}${query}`, { token })).body.customFields.map(({ name }: { name: string }) => name)
      for (const [name, model, position] of [
        ['b', 'contact', 1],
        ['c', 'opportunity', 1],
        ['d', 'contact', 1],
        ['a', 'contact', 0],
      ]) {
        crm.advance(10)
        await crm.v2.post(ofTheirs, { name, model, position, dataType: 'TEXT' }, { token })
      }

      expect(await names('')).toEqual(['a', 'b', 'd'])
      expect(await names('?model=contact')).toEqual(['a', 'b', 'd'])
      expect(await names('?model=opportunity')).toEqual(['c'])
      expect(await names('/?model=all')).toEqual(['a', 'b', 'c', 'd'])
    })

    test('are whole', async () => {
      const { id: locationId, token } = await crm.given.location()
      const created = await crm.v2.post(
        `/locations/${locationId}/customFields`,
        { name: 'x', dataType: 'DATE' },
        { token },
      )

      const reply = await crm.v2.get(`/locations/${locationId}/customFields`, { token })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ customFields: [created.body.customField] })
    })

    test('of a model that does not exist are refused, and those of another location too', async () => {
      const other = await crm.given.location()

      expect(refused(await crm.v2.get(path('?model=company')))).toEqual(
        unprocessable('model must be one of the following values: contact, opportunity, all'),
      )
      expect(refused(await crm.v2.get(`/locations/${other.id}/customFields`))).toEqual(foreign)
    })
  })

  describe('being updated', () => {
    const cases: { field: string; shown?: string; value: unknown; empty: unknown; kind: string }[] = [
      { field: 'placeholder', value: 'Here', empty: '', kind: 'a string' },
      { field: 'position', value: 4, empty: 0, kind: 'an integer number' },
      { field: 'acceptedFormat', value: ['.pdf'], empty: [], kind: 'an array' },
      { field: 'picklistOptions', value: ['a'], empty: [], kind: 'an array' },
      { field: 'options', shown: 'picklistOptions', value: ['a'], empty: [], kind: 'an array' },
      { field: 'picklistImageOptions', value: ['a.png'], empty: [], kind: 'an array' },
      { field: 'isAllowedCustomOption', value: true, empty: false, kind: 'a boolean value' },
      { field: 'isMultiFileAllowed', value: true, empty: false, kind: 'a boolean value' },
      { field: 'isMultipleFile', shown: 'isMultiFileAllowed', value: true, empty: false, kind: 'a boolean value' },
      { field: 'maxFileLimit', value: 3, empty: 1, kind: 'an integer number' },
      { field: 'maxNumberOfFiles', shown: 'maxFileLimit', value: 3, empty: 1, kind: 'an integer number' },
    ]

    test.each(cases)('$field: a value is set, absence keeps it, null is refused, nothing empties it', async (one) => {
      const { field, shown = field, value, empty, kind } = one
      const before = await make({ name: 'Three states', dataType: 'CHECKBOX' })

      const set = await put(before.id, { [field]: value })
      expect(set.status).toBe(200)
      expect(bare(set)).toEqual({ customField: { ...before, [shown]: value } })
      const kept = await put(before.id, { name: `Without ${field}` })
      expect(kept.body.customField).toEqual({ ...before, name: `Without ${field}`, [shown]: value })
      expect(refused(await put(before.id, { [field]: null }))).toEqual(
        unprocessable(`${field} should not be empty`, `${field} must be ${kind}`),
      )
      expect((await put(before.id, { [field]: empty })).body.customField[shown]).toEqual(empty)
      expect(await typesOf(before.id)).toEqual([
        ['CustomFieldCreate'],
        ['CustomFieldUpdate'],
        ['CustomFieldUpdate'],
        ['CustomFieldUpdate'],
      ])
    })

    test('the name: is set and keeps the key; null and nothing are refused', async () => {
      const before = await make({ name: 'Old name', dataType: 'TEXT', model: 'opportunity' })

      const reply = await put(before.id, { name: ' New name ' })

      expect(reply.body.customField).toEqual({ ...before, name: 'New name', fieldKey: 'opportunity.old_name' })
      expect((await crm.v2.get(path(`/${before.id}/`))).body.customField).toEqual(reply.body.customField)
      expect(refused(await put(before.id, { name: null }))).toEqual(
        unprocessable('name should not be empty', 'name must be a string'),
      )
      expect(refused(await put(before.id, { name: '' }))).toEqual(unprocessable('name should not be empty'))
      expect(refused(await put(before.id, { name: ' ' }))).toEqual(unprocessable('name should not be empty'))
    })

    test('the boxes: one that keeps its label or its id keeps its values', async () => {
      const { id: fieldId, textBoxListOptions } = await make({
        name: 'Boxes',
        dataType: 'TEXTBOX_LIST',
        textBoxListOptions: [{ label: 'First' }, { label: 'Second' }],
      })
      const [first, second] = textBoxListOptions

      const reply = await put(fieldId, {
        textBoxListOptions: [{ label: 'Second' }, { id: first.id, label: 'Renamed' }, { label: 'Third' }],
      })

      expect(reply.body.customField.textBoxListOptions).toEqual([
        second,
        { id: first.id, label: 'Renamed', prefillValue: '' },
        { id, label: 'Third', prefillValue: '' },
      ])
    })

    test('with nothing, or with what they are, change nothing and are no event', async () => {
      const before = await make({ name: 'Same', dataType: 'RADIO', options: ['a'] })

      for (const body of [{}, undefined, { name: 'Same', options: ['a'], model: 'contact', position: 0 }]) {
        expect(bare(await put(before.id, body))).toEqual({ customField: before })
      }
      expect(await typesOf(before.id)).toEqual([['CustomFieldCreate']])
    })

    test('keep their model and their type', async () => {
      const field = await make({ name: 'Stays', dataType: 'TEXT' })

      expect(refused(await put(field.id, { model: 'opportunity' }))).toEqual(unprocessable('model can not be changed'))
      expect(refused(await put(field.id, { dataType: 'DATE' }))).toEqual(
        unprocessable('property dataType should not exist'),
      )
    })
  })

  test('being deleted are gone, with one event that tells the whole of what was', async () => {
    const field = await make({ name: 'Gone', dataType: 'TEXT' })

    const reply = await crm.v2.delete(path(`/${field.id}`))

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual(succeeded)
    expect((await crm.events(field.id)).at(-1)).toMatchObject({
      types: ['CustomFieldDelete'],
      before: { id: field.id, name: 'Gone', fieldKey: 'contact.gone' },
      after: null,
    })
    expect(JSON.stringify((await crm.v2.get(path())).body)).not.toContain(field.id)
    expect(refused(await crm.v2.delete(path(`/${field.id}`)))).toEqual(missing('Custom field'))
    expect((await make({ name: 'Gone', dataType: 'TEXT' })).fieldKey).toBe('contact.gone')
  })

  test('are not found where there are none, nor in another location', async () => {
    const field = await make({ name: 'Ours', dataType: 'TEXT' })
    const { id: theirs, token } = await crm.given.location()
    const elsewhere = `/locations/${theirs}/customFields/${field.id}`

    for (const [where, options] of [
      [path('/unknown'), {}],
      [elsewhere, { token }],
    ] as const) {
      expect(refused(await crm.v2.get(where, options))).toEqual(missing('Custom field'))
      expect(refused(await crm.v2.put(where, { name: 'x' }, options))).toEqual(missing('Custom field'))
      expect(refused(await crm.v2.delete(where, undefined, options))).toEqual(missing('Custom field'))
    }
    expect(refused(await crm.v2.get(elsewhere))).toEqual(foreign)
  })
})

onEveryStore('custom values', (crm) => {
  type Field = { id: string; name: string; fieldKey: string; dataType: string; textBoxListOptions: { id: string }[] }
  let made = 0

  const define = async (model: string, dataType: string, fields: object = {}): Promise<Field> => {
    const body = { name: `Field ${++made}`, dataType, model, ...fields }
    return (await crm.v2.post(`/locations/${crm.locationId}/customFields`, body)).body.customField
  }

  const aliasOf = (value: unknown, dataType: string) => {
    if (Array.isArray(value)) return 'fieldValueArray'
    if (typeof value === 'object') return 'fieldValueObject'
    if (typeof value === 'number') return 'fieldValueNumber'
    return dataType === 'DATE' ? 'fieldValueDate' : 'fieldValueString'
  }

  /** What is done alike with the values of a contact and of an opportunity. */
  const surfaces = {
    contact: {
      create: (customFields: unknown) =>
        crm.v2.post('/contacts/', { locationId: crm.locationId, firstName: 'Ada', customFields }),
      update: (record: string, customFields: unknown) => crm.v2.put(`/contacts/${record}`, { customFields }),
      values: async (record: string) => (await crm.v2.get(`/contacts/${record}`)).body.contact.customFields,
      /** How a value is answered. */
      shown: (field: Field, value: unknown): object => ({ id: field.id, value }),
      found: async (field: Field, filter: object) => {
        const filters = [{ field: `customFields.${field.id}`, ...filter }]
        return (await crm.v2.post('/contacts/search', { locationId: crm.locationId, filters })).body.total
      },
    },
    opportunity: {
      create: async (customFields: unknown) => {
        const { locationId } = crm
        const { id: contactId } = await crm.given.contact()
        const body = {
          locationId,
          contactId,
          pipelineId: crm.pipeline.id,
          name: 'A deal',
          status: 'open',
          customFields,
        }
        return crm.v2.post('/opportunities/', body)
      },
      update: (record: string, customFields: unknown) => crm.v2.put(`/opportunities/${record}`, { customFields }),
      values: async (record: string) => (await crm.v2.get(`/opportunities/${record}`)).body.opportunity.customFields,
      shown: ({ id, fieldKey, name, dataType }: Field, value: unknown): object => ({
        id,
        key: fieldKey.slice('opportunity.'.length),
        fieldKey,
        name,
        type: dataType,
        fieldValue: value,
        [aliasOf(value, dataType)]: value,
      }),
      found: async (field: Field, filter: object) => {
        const filters = [{ field: `custom_fields.${field.id}`, ...filter }]
        return (await crm.v2.post('/opportunities/search', { locationId: crm.locationId, filters })).body.total
      },
    },
  }

  describe.each(models)('of the model %s', (model) => {
    const { create, update, values, shown, found } = surfaces[model]
    const created = async (customFields: unknown): Promise<string> => {
      const reply = await create(customFields)
      if (reply.status !== 201) throw new Error(reply.text)
      return reply.body[model].id
    }

    test('name their field by id or key and their value in each of the three spellings', async () => {
      const field = await define(model, 'NUMERICAL')
      const bareKey = field.fieldKey.slice(model.length + 1)

      for (const name of [{ id: field.id }, { key: bareKey }, { key: field.fieldKey }, { id: '', key: bareKey }]) {
        for (const value of [{ field_value: 42 }, { fieldValue: '42' }, { value: 42 }]) {
          const reply = await create([{ ...name, ...value }])
          expect(reply.body[model].customFields).toEqual([shown(field, 42)])
          expect(await values(reply.body[model].id)).toEqual([shown(field, 42)])
        }
      }
    })

    describe('of each type', () => {
      type Case = [dataType: string, sent: unknown, kept: unknown, more?: object]
      const options = { options: ['a', 'b'] }
      const file = { 'f-1': { meta: { name: 'a.pdf', size: 5 }, url: 'https://files.example/a.pdf' } }
      const cases: Case[] = [
        ['TEXT', 'a text', 'a text'],
        ['TEXT', ' with blanks ', ' with blanks '],
        ['TEXT', 42, '42'],
        ['TEXT', true, 'true'],
        ['TEXT', ['a', 'b'], ['a', 'b']],
        ['TEXT', { a: 'b' }, { a: 'b' }],
        ['LARGE_TEXT', 'several\nlines', 'several\nlines'],
        ['NUMERICAL', 42, 42],
        ['NUMERICAL', 0, 0],
        ['NUMERICAL', ' -4.5 ', -4.5],
        ['NUMERICAL', '1e3', 1000],
        ['MONETORY', '19.99', 19.99],
        ['PHONE', '+1 415 555 2671', '+1 415 555 2671'],
        ['EMAIL', 'ada@example.com', 'ada@example.com'],
        ['SIGNATURE', file, file],
        ['DATE', '2025-01-31', '2025-01-31'],
        ['DATE', '2025-01-31T10:00:00+02:00', '2025-01-31T08:00:00.000Z'],
        ['DATE', Date.UTC(2025, 0, 31), '2025-01-31T00:00:00.000Z'],
        ['DATE', String(Date.UTC(2025, 0, 31)), '2025-01-31T00:00:00.000Z'],
        ['CHECKBOX', ['b', 'a', 'b'], ['b', 'a'], options],
        ['CHECKBOX', 'a', ['a'], options],
        ['MULTIPLE_OPTIONS', ['a', 'b'], ['a', 'b'], options],
        ['MULTIPLE_OPTIONS', ['a', 'own'], ['a', 'own'], { ...options, isAllowedCustomOption: true }],
        ['MULTIPLE_OPTIONS', ['any'], ['any']],
        ['SINGLE_OPTIONS', 'a', 'a', options],
        ['SINGLE_OPTIONS', 'own', 'own', { ...options, isAllowedCustomOption: true }],
        ['RADIO', 'b', 'b', options],
        ['RADIO', ['b'], 'b', options],
        ['TEXTBOX_LIST', { box: 'text' }, { box: 'text' }],
        ['FILE_UPLOAD', file, file],
        ['FILE_UPLOAD', ['https://files.example/a.pdf'], ['https://files.example/a.pdf']],
      ]

      test.each(cases)('%s %j is kept as %j', async (dataType, sent, kept, more) => {
        const field = await define(model, dataType, more)
        const record = await created([{ id: field.id, field_value: sent }])

        expect(await values(record)).toEqual([shown(field, kept)])
        const other = await created([])
        const reply = await update(other, [{ id: field.id, field_value: sent }])
        expect(reply.body[model].customFields).toEqual([shown(field, kept)])
        expect(await values(other)).toEqual([shown(field, kept)])
        expect(await found(field, { operator: 'exists' })).toBe(2)
      })

      type Refusal = [dataType: string, sent: unknown[], must: string, more?: object]
      const refusals: Refusal[] = [
        ['NUMERICAL', ['many', '1,200', '0x10', ' ', true, [5], {}], number],
        ['MONETORY', ['$5', [], 'Infinity'], number],
        ['DATE', ['soon', '2025-02-30', '2025-13-01', true, [], {}], 'a valid ISO 8601 date string'],
        ['CHECKBOX', ['c', ['a', 'c']], 'one of the following values: a, b', options],
        ['CHECKBOX', [{}, [['a']]], 'an array', options],
        ['MULTIPLE_OPTIONS', ['A'], 'one of the following values: a, b', options],
        ['SINGLE_OPTIONS', ['c', ['c'], 5], 'one of the following values: a, b', options],
        ['SINGLE_OPTIONS', [['a', 'b'], {}, []], 'a string', options],
        ['RADIO', ['A '], 'one of the following values: a, b', options],
        ['TEXTBOX_LIST', ['text', 5, ['text']], 'an object'],
        ['FILE_UPLOAD', ['https://files.example/a.pdf', 5], 'an object'],
      ]

      test.each(refusals)('%s is none of %j', async (dataType, sent, must, more) => {
        const field = await define(model, dataType, more)
        const record = await created([])
        const before = await fingerprint(crm.app.store)

        for (const value of sent) {
          const sentence = unprocessable(`customFields.0.field_value must be ${must}`)
          expect(refused(await update(record, [{ id: field.id, value }]))).toEqual(sentence)
        }
        expect(await fingerprint(crm.app.store)).toBe(before)
        for (const value of sent) expect((await create([{ id: field.id, value }])).status).toBe(422)
        expect(await found(field, { operator: 'exists' })).toBe(0)
      })

      const empties: [string, unknown[]][] = [
        ['TEXT', [null, '', [], {}]],
        ['NUMERICAL', [null, '']],
        ['DATE', [null, '']],
        ['CHECKBOX', [null, '', []]],
        ['SINGLE_OPTIONS', [null, '']],
        ['TEXTBOX_LIST', [null, '', {}]],
        ['FILE_UPLOAD', [null, '', {}, []]],
      ]
      const samples: Record<string, unknown> = {
        TEXT: 'a',
        NUMERICAL: 5,
        DATE: '2025-01-31',
        CHECKBOX: ['a'],
        SINGLE_OPTIONS: 'a',
        TEXTBOX_LIST: { box: 'a' },
        FILE_UPLOAD: file,
      }

      test.each(empties)(
        '%s is taken away by each of %j, and not kept where it was never',
        async (dataType, nothing) => {
          const field = await define(model, dataType)
          const record = await created([])

          for (const value of nothing) {
            await update(record, [{ id: field.id, value: samples[dataType] }])
            expect(await values(record)).toEqual([shown(field, samples[dataType])])
            expect((await update(record, [{ id: field.id, value }])).body[model].customFields).toEqual([])
            expect(await values(record)).toEqual([])
            expect(await values(await created([{ id: field.id, value }]))).toEqual([])
          }
          expect(await found(field, { operator: 'exists' })).toBe(0)
          expect(await audit(crm.app.store)).toEqual([])
        },
      )
    })

    test('that are not sent stay as they are', async () => {
      const [one, two, three] = [await define(model, 'TEXT'), await define(model, 'TEXT'), await define(model, 'TEXT')]
      const record = await created([
        { id: one.id, value: '1' },
        { id: two.id, value: '2' },
      ])

      expect((await update(record, [])).body[model].customFields).toEqual([shown(one, '1'), shown(two, '2')])
      expect((await update(record, undefined)).body[model].customFields).toEqual([shown(one, '1'), shown(two, '2')])
      await update(record, [{ id: three.id, value: '3' }])
      await update(record, [{ id: one.id, value: null }])
      const reply = await update(record, [{ id: two.id, value: 'second' }])

      expect(reply.body[model].customFields).toEqual([shown(two, 'second'), shown(three, '3')])
      expect(await values(record)).toEqual([shown(two, 'second'), shown(three, '3')])
      expect((await crm.events(record)).map(({ after }) => after.customFields.length)).toEqual([2, 3, 2, 2])
    })

    test('that are sent again are no event', async () => {
      const field = await define(model, 'NUMERICAL')
      const record = await created([{ id: field.id, value: 5 }])

      await update(record, [{ id: field.id, value: '5' }])

      expect(await crm.events(record)).toHaveLength(1)
    })

    test('that come twice are the last of them', async () => {
      const field = await define(model, 'TEXT')

      const record = await created([
        { id: field.id, value: 'first' },
        { key: field.fieldKey, value: 'last' },
      ])

      expect(await values(record)).toEqual([shown(field, 'last')])
    })

    test('that do not fit are refused, each by its place, and nothing at all is changed', async () => {
      const field = await define(model, 'NUMERICAL')
      const ofTheOther = await define(model === 'contact' ? 'opportunity' : 'contact', 'TEXT')
      const { id: theirs, token } = await crm.given.location()
      const foreigner = await crm.v2.post(
        `/locations/${theirs}/customFields`,
        { name: 'Theirs', dataType: 'TEXT', model },
        { token },
      )
      const record = await created([{ id: field.id, value: 5 }])
      const before = await fingerprint(crm.app.store)
      const sent = [
        { id: field.id, value: 6 },
        { id: field.id, value: 'many' },
        { id: field.id },
        { id: 'unknown', value: 1 },
        { key: 'unknown', value: 1 },
        { value: 1 },
        { id: ofTheOther.id, value: 1 },
        { key: ofTheOther.fieldKey, value: 1 },
        { id: foreigner.body.customField.id, value: 1 },
      ]
      const sentences = unprocessable(
        `customFields.1.field_value must be ${number}`,
        'customFields.2.field_value should not be empty',
        'customFields.3.id is invalid',
        'customFields.4.key is invalid',
        'customFields.5.id should not be empty',
        'customFields.6.id is invalid',
        'customFields.7.key is invalid',
        'customFields.8.id is invalid',
      )

      expect(refused(await update(record, sent))).toEqual(sentences)
      expect(await fingerprint(crm.app.store)).toBe(before)
      expect(refused(await create(sent))).toEqual(sentences)
      expect(await values(record)).toEqual([shown(field, 5)])
    })

    test.each([
      ['x', ['customFields must be an array']],
      [{}, ['customFields must be an array']],
      [null, ['customFields should not be empty', 'customFields must be an array']],
      [['x'], ['customFields.0 must be an object']],
      [[{ id: 5, value: 1 }], ['customFields.0.id must be a string']],
      [[{ id: 'x', value: 1, foo: 1 }], ['customFields.0.property foo should not exist']],
      [Array(201).fill({ id: 'x', value: 1 }), ['customFields must contain no more than 200 elements']],
    ])('in the wrong shape are refused: %j', async (sent, sentences) => {
      const record = await created([])

      expect(refused(await create(sent))).toEqual(unprocessable(...sentences))
      expect(refused(await update(record, sent))).toEqual(unprocessable(...sentences))
    })

    test('chosen from options that are gone since stay until they are changed', async () => {
      const field = await define(model, 'RADIO', { options: ['a', 'b'] })
      const record = await created([{ id: field.id, value: 'a' }])
      await crm.v2.put(`/locations/${crm.locationId}/customFields/${field.id}`, { options: ['b'] })

      expect(await values(record)).toEqual([shown(field, 'a')])
      expect((await update(record, [{ id: field.id, value: 'a' }])).status).toBe(422)
      expect((await update(record, [{ id: field.id, value: 'b' }])).body[model].customFields).toEqual([
        shown(field, 'b'),
      ])
    })

    describe('whose field is deleted', () => {
      let kept: Field
      let gone: Field
      let record: string

      beforeAll(async () => {
        kept = await define(model, 'TEXT')
        gone = await define(model, 'TEXT')
        record = await created([
          { id: gone.id, value: 'gone' },
          { id: kept.id, value: 'kept' },
        ])
        await crm.v2.delete(`/locations/${crm.locationId}/customFields/${gone.id}`)
      })

      test('are no longer shown, anywhere', async () => {
        expect(await values(record)).toEqual([shown(kept, 'kept')])
        const { locationId } = crm
        if (model === 'contact') {
          const filters = [{ field: 'id', operator: 'eq', value: record }]
          const search = await crm.v2.post('/contacts/search', { locationId, filters })
          const list = await crm.v2.get(`/contacts/?locationId=${locationId}&limit=100`)
          const listed = list.body.contacts.find((contact: { id: string }) => contact.id === record)
          expect(search.body.contacts[0].customFields).toEqual([shown(kept, 'kept')])
          expect(listed.customFields).toEqual([shown(kept, 'kept')])
        } else {
          const rows = await rowsOf(crm, record)
          expect([rows.get.customFields, rows.post.customFields, rows.post.custom_fields]).toEqual(
            Array(3).fill([shown(kept, 'kept')]),
          )
        }
      })

      test('cannot be sent any more, nor come back with a change', async () => {
        expect(refused(await update(record, [{ id: gone.id, value: 'x' }]))).toEqual(
          unprocessable('customFields.0.id is invalid'),
        )
        const reply = await update(record, [{ id: kept.id, value: 'changed' }])
        expect(reply.body[model].customFields).toEqual([shown(kept, 'changed')])
      })

      test('are no longer found, and the others still are', async () => {
        expect(await found(kept, { operator: 'exists' })).toBe(1)
        expect(await audit(crm.app.store)).toEqual([])
      })

      test('do not turn up under a new field of the same key', async () => {
        const again = await define(model, 'TEXT', { name: gone.name })

        expect(again.fieldKey).toBe(gone.fieldKey)
        expect(await found(again, { operator: 'exists' })).toBe(0)
        expect((await values(record)).map(({ id }: { id: string }) => id)).toEqual([kept.id])
      })
    })
  })

  test('of a contact are taken by an upsert too', async () => {
    const field = await define('contact', 'TEXT')
    const { locationId } = crm
    const send = (value: unknown) =>
      crm.v2.post('/contacts/upsert', {
        locationId,
        email: 'values@example.com',
        customFields: [{ id: field.id, field_value: value }],
      })

    expect((await send('a')).body.contact.customFields).toEqual([{ id: field.id, value: 'a' }])
    expect((await send('b')).body.contact.customFields).toEqual([{ id: field.id, value: 'b' }])
    expect((await send(null)).body.contact.customFields).toEqual([])
  })

  test('of a contact may be sent back as they were answered', async () => {
    const [one, two] = [await define('contact', 'DATE'), await define('contact', 'CHECKBOX')]
    const sent = [
      { id: one.id, value: '2025-01-31' },
      { id: two.id, value: ['a'] },
    ]
    const { id: contactId, customFields } = await crm.given.contact({ customFields: sent })

    const reply = await crm.v2.put(`/contacts/${contactId}`, { customFields })

    expect(reply.body.contact.customFields).toEqual(sent)
    expect(await crm.events(contactId)).toHaveLength(1)
  })

  test('go with their record', async () => {
    const field = await define('opportunity', 'TEXT')
    const { id: contactId } = await crm.given.contact()
    await crm.given.opportunity({ contactId, customFields: [{ id: field.id, value: 'a' }] })
    expect(await surfaces.opportunity.found(field, { operator: 'exists' })).toBe(1)

    await crm.v2.delete(`/contacts/${contactId}`)

    expect(await surfaces.opportunity.found(field, { operator: 'exists' })).toBe(0)
    expect(await totalOf(crm, { contact_id: contactId })).toBe(0)
    expect(await audit(crm.app.store)).toEqual([])
  })
})
