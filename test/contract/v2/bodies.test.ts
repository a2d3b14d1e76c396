import { request } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { missing, refused, unprocessable } from '../../support/refused.ts'

const broken = [400, { statusCode: 400, message: 'Bad Request', error: 'Bad Request' }]
const tooLarge = [413, { statusCode: 413, message: 'Payload Too Large', error: 'Payload Too Large' }]
const mebibyte = 1_048_576

onEveryStore('what travels', (crm) => {
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  let opportunity: any
  let place: string
  beforeAll(async () => {
    opportunity = await crm.given.opportunity()
    place = `/opportunities/${opportunity.id}`
  })

  /** As it is, where `fetch` would mend the path, refuse the body or leave out a header. */
  function send(method: string, path: string, body?: string | Buffer, headers: object = {}): Promise<Reply> {
    const { hostname, port } = new URL(crm.url)
    const length = body && !('transfer-encoding' in headers) && { 'content-length': Buffer.byteLength(body) }
    const own = { authorization: `Bearer ${crm.token}`, version: '2021-07-28', ...length, ...headers }
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, method, path, headers: own, agent: false }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => {
          const text = Buffer.concat(parts).toString()
          const answered = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
          const body = text.startsWith('{') ? JSON.parse(text) : undefined
          resolve({ status: response.statusCode ?? 0, headers: answered, text, body })
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
  const json = { 'content-type': 'application/json' }

  describe('a body', () => {
    test.each([
      '{broken',
      '{"name":"x"',
      '{"name":undefined}',
      "{'name':'x'}",
      '{"name":"x"}}',
      '{,}',
      '{"a":01}',
      'nonsense',
    ])('that is no JSON is a bad request: %s', async (body) => {
      expect(refused(await crm.v2.put(place, body))).toEqual(broken)
    })

    test('is read as JSON when it is labelled as a form, as text or not at all', async () => {
      const labels = [
        'application/x-www-form-urlencoded',
        'text/plain',
        'application/octet-stream',
        'nonsense',
        'application/json;charset',
        undefined,
      ]
      for (const [at, type] of labels.entries()) {
        const body = JSON.stringify({ name: `Deal ${at}` })

        const reply = await send('PUT', place, body, type ? { 'content-type': type } : {})

        expect([reply.status, reply.body.opportunity?.name], type).toEqual([200, `Deal ${at}`])
      }
    })

    test.each([
      ['a form', 'application/x-www-form-urlencoded', 'status=won'],
      ['a form in parts', 'multipart/form-data; boundary=x', '--x\r\n\r\nstatus=won\r\n--x--'],
      ['XML', 'application/xml', '<status>won</status>'],
      ['text', 'text/plain', 'won'],
      ['nothing it calls itself', undefined, 'status=won'],
    ])('that is %s is a bad request and changes nothing', async (_, type, body) => {
      const before = (await crm.v2.get(place)).body.opportunity

      for (const [method, path] of [
        ['PUT', place],
        ['PUT', `${place}/status`],
        ['POST', `${place}/followers`],
        ['DELETE', place],
      ] as const) {
        expect(refused(await send(method, path, body, type ? { 'content-type': type } : {}))).toEqual(broken)
      }
      expect((await crm.v2.get(place)).body.opportunity).toEqual(before)
    })

    test('is read with blanks and line breaks around it', async () => {
      expect((await crm.v2.put(place, ' \r\n\t{"name": "Blanks"}\n')).body.opportunity.name).toBe('Blanks')
    })

    test('that is empty is no body, even under application/json', async () => {
      const get = await send('GET', place, '', json)
      const put = await send('PUT', place, '', json)
      const missed = await send('PUT', `${place}/status`, '', json)
      const gone = await crm.given.opportunity()
      const deleted = await send('DELETE', `/opportunities/${gone.id}`, '', json)

      expect(get.status).toBe(200)
      expect(put.status).toBe(200)
      expect(refused(missed)[0]).toBe(422)
      expect([deleted.status, bare(deleted)]).toEqual([200, { succeded: true, success: true, succeeded: true }])
    })

    test('of blanks alone is no body', async () => {
      expect((await send('DELETE', '/opportunities/nobody', '  \n', json)).status).toBe(404)
    })

    test('is read on DELETE', async () => {
      const user = await crm.given.user()
      await crm.v2.post(`${place}/followers`, { followers: [user.id] })

      const reply = await send('DELETE', `${place}/followers`, JSON.stringify({ followers: [user.id] }), json)

      expect(bare(reply)).toEqual({ followers: [], followersRemoved: [user.id] })
    })

    test('that is a list is not an object', async () => {
      expect(refused(await crm.v2.put(place, []))).toEqual(unprocessable('body must be an object'))
      expect(refused(await crm.v2.post('/contacts/', [{ firstName: 'Ada' }]))).toEqual(
        unprocessable('body must be an object'),
      )
    })

    test.each(['null', '5', '"status"', 'true', '[{"status":"won"}]'])(
      'that is JSON and no object is not one, whatever it is called: %s',
      async (body) => {
        for (const type of ['application/json', 'application/x-www-form-urlencoded', undefined]) {
          const reply = await send('PUT', place, body, type ? { 'content-type': type } : {})

          expect(refused(reply), type).toEqual(unprocessable('body must be an object'))
        }
      },
    )

    test('may be a mebibyte and no more', async () => {
      const padded = (length: number) => {
        const text = JSON.stringify({ name: 'Large' })
        return text.slice(0, -1) + ' '.repeat(length - text.length) + text.slice(-1)
      }

      expect((await crm.v2.put(place, padded(mebibyte))).status).toBe(200)
      expect(refused(await crm.v2.put(place, padded(mebibyte + 1)))).toEqual(tooLarge)
    })

    test('that is too large in pieces, without its length, is refused all the same', async () => {
      const reply = await send('PUT', place, `{"name":"${'x'.repeat(2 * mebibyte)}"}`, {
        ...json,
        'transfer-encoding': 'chunked',
      })

      expect(refused(reply)).toEqual(tooLarge)
    })

    test('that is too large leaves nothing behind', async () => {
      const { contact } = (await crm.v2.get(`/contacts/${opportunity.contactId}`)).body
      await crm.v2.put(`/contacts/${contact.id}`, { firstName: 'Large', keyword: 'x'.repeat(mebibyte) })

      expect((await crm.v2.get(`/contacts/${contact.id}`)).body.contact).toEqual(contact)
    })

    test.each([
      ['{"name":"a\\u0000b"}', 'name must not contain null characters'],
      [
        '{"customFields":[{"id":"a","value":{"b":["\\u0000"]}}]}',
        'customFields.0.value.b.0 must not contain null characters',
      ],
      ['{"a\\u0000b":1}', 'property names must not contain null characters'],
    ])('must hold no null character: %s', async (body, sentence) => {
      expect(refused(await crm.v2.put(place, body))).toEqual(unprocessable(sentence))
    })

    test('may hold the six characters that stand for a null character', async () => {
      const reply = await crm.v2.put(place, '{"name":"a\\\\u0000b"}')

      expect(reply.body.opportunity.name).toBe('a\\u0000b')
    })

    test.each([
      ['a list in a list', (deep: number) => `{"customFields":${'['.repeat(deep)}${']'.repeat(deep)}}`],
      ['an object in an object', (deep: number) => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ])('nested far beyond any of ours is refused without harm: %s', async (_, nested) => {
      const sentence = 'body must not be nested deeper than 64 levels'

      for (const depth of [100, 10_000, 150_000]) {
        expect(refused(await crm.v2.put(place, nested(depth)))).toEqual(unprocessable(sentence))
      }
      expect((await crm.v2.get(place)).status).toBe(200)
    })

    test('keeps text as it was sent, in every script', async () => {
      const name = 'Zoë 予算 مرحبا 👩‍👩‍👧 𝒳 ‮abc\u{10ffff} "\\\'% _'

      expect((await crm.v2.put(place, { name })).body.opportunity.name).toBe(name)
      expect((await crm.v2.get(place)).body.opportunity.name).toBe(name)
      expect((await crm.events(opportunity.id)).at(-1)?.after.name).toBe(name)
    })

    test('that is half of a character is answered as it is kept', async () => {
      const reply = await crm.v2.put(place, '{"name":"half \\ud83d!"}')
      const read = await crm.v2.get(place)
      const { after } = (await crm.events(opportunity.id)).at(-1) ?? {}

      expect(reply.status).toBe(200)
      expect(reply.body.opportunity.name).toBe('half \ufffd!')
      expect(read.body.opportunity.name).toBe('half \ufffd!')
      expect(after.name).toBe('half \ufffd!')
    })

    test('that is not UTF-8 is read with the mark for what is unreadable', async () => {
      const body = Buffer.concat([Buffer.from('{"name":"bad '), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])

      const reply = await send('PUT', place, body, json)

      expect(reply.body.opportunity.name).toBe('bad \ufffd\ufffd')
    })

    test.each(['__proto__', 'constructor', 'toString', 'prototype', 'hasOwnProperty'])(
      'has no property of the language: %s',
      async (name) => {
        const reply = await crm.v2.put(place, `{"${name}":{"name":"x"}}`)

        expect(refused(reply)).toEqual(unprocessable(`property ${name} should not exist`))
        expect(({} as Record<string, unknown>).name).toBeUndefined()
      },
    )

    test.each(['1e999', '-1e999', '"1"', 'true', '[]'])('holds no amount of %s', async (amount) => {
      const reply = await crm.v2.put(place, `{"monetaryValue":${amount}}`)

      expect(refused(reply)).toEqual(
        unprocessable('monetaryValue must be a number conforming to the specified constraints'),
      )
    })

    test('with an amount of minus nothing holds nothing', async () => {
      const reply = await crm.v2.put(place, '{"monetaryValue":-0}')

      expect(reply.text).toContain('"monetaryValue":0')
      expect((await crm.v2.get(place)).text).toContain('"monetaryValue":0')
    })
  })

  describe('a required text', () => {
    const blank = ' \t\r\n\u00a0'
    const soon = { dueDate: '2030-01-01T00:00:00Z', completed: false }
    const person = { lastName: '', email: 'blank@example.com', role: 'user' }

    test.each<[string, string, (contactId: string, locationId: string) => [path: string, body: object]]>([
      [
        "a deal's",
        'name',
        (contactId) => ['/opportunities/upsert', { pipelineId: crm.pipeline.id, contactId, name: blank }],
      ],
      ["a lost reason's", 'name', () => ['/opportunities/lost-reason', { name: blank }]],
      [
        "a pipeline's",
        'name',
        (_, locationId) => ['/opportunities/pipelines', { locationId, name: blank, stages: [{ name: 'a' }] }],
      ],
      ["a note's", 'body', (contactId) => [`/contacts/${contactId}/notes`, { body: blank }]],
      ["a task's", 'title', (contactId) => [`/contacts/${contactId}/tasks`, { title: blank, ...soon }]],
      ["a user's", 'firstName', () => ['/users/', { firstName: blank, ...person }]],
      ["a tag's", 'name', (_, locationId) => [`/locations/${locationId}/tags`, { name: blank }]],
      [
        "a custom field's",
        'name',
        (_, locationId) => [`/locations/${locationId}/customFields`, { name: blank, dataType: 'TEXT' }],
      ],
      [
        "a custom value's",
        'name',
        (_, locationId) => [`/locations/${locationId}/customValues`, { name: blank, value: '' }],
      ],
    ])('of nothing but blanks is refused: %s %s', async (_, field, ask) => {
      const [path, body] = ask(opportunity.contactId, crm.locationId)

      expect(refused(await crm.v2.post(path, body))).toEqual(unprocessable(`${field} should not be empty`))
    })

    test('may begin and end with blanks, which are kept', async () => {
      const { body } = await crm.v2.put(place, { name: '  Roof \n' })
      const { note } = (await crm.v2.post(`/contacts/${opportunity.contactId}/notes`, { body: ' Hush\n' })).body

      expect([body.opportunity.name, note.body]).toEqual(['  Roof \n', ' Hush\n'])
    })
  })

  describe('an address', () => {
    test.each(['/opportunities/%', '/opportunities/%zz', '/contacts/%ff/notes', '/opportunities/%c3%28', '/%'])(
      'that cannot be decoded is a bad request: %s',
      async (path) => {
        expect(refused(await send('GET', path))).toEqual(broken)
      },
    )

    test.each(['%E0%A4%A', '%', '%zz'])('with a query that cannot be decoded is no fault of ours: q=%s', async (q) => {
      const reply = await send('GET', `/opportunities/search?location_id=${crm.locationId}&q=${q}`)

      expect([200, 400, 422]).toContain(reply.status)
    })

    test('with a null character is refused by name', async () => {
      expect(refused(await crm.v2.get('/opportunities/a%00b'))).toEqual(
        unprocessable('id must not contain null characters'),
      )
      expect(refused(await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&q=a%00b`))).toEqual(
        unprocessable('q must not contain null characters'),
      )
    })

    test.each([
      ['__proto__'],
      ['constructor'],
      ["' or 1=1 --"],
      ['../../etc/passwd'],
      ['x'.repeat(900)],
      ['👩‍👩‍👧'],
      [' '],
      ['a/b'],
      ['a?b#c'],
    ])('names a record by any text, and does not find it: %s', async (id) => {
      expect(refused(await crm.v2.get(`/opportunities/${encodeURIComponent(id)}`))).toEqual(missing('Opportunity'))
    })

    test('of a length that no id has is no fault of ours', async () => {
      const reply = await send('GET', `/opportunities/${'x'.repeat(5000)}`)

      expect([400, 404, 414]).toContain(reply.status)
      expect(reply.body).toMatchObject({ statusCode: reply.status, traceId: reply.headers.get('x-trace-id') })
    })

    test('longer than any header may be is refused in the same envelope', async () => {
      const reply = await send('GET', `/opportunities/${'x'.repeat(100_000)}`)

      expect(refused(reply)).toEqual([
        431,
        { statusCode: 431, message: 'Request Header Fields Too Large', error: 'Request Header Fields Too Large' },
      ])
    })

    test.each(['Infinity', '-Infinity', '1e999'])('counts to no %s', async (page) => {
      const reply = await crm.v2.get(`/contacts/?locationId=${crm.locationId}&startAfter=${page}&startAfterId=x`)

      expect(refused(reply)).toEqual(
        unprocessable('startAfter must be a number conforming to the specified constraints'),
      )
    })

    test('with the same parameter twice is refused by name', async () => {
      const reply = await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&limit=1&limit=2`)

      expect(refused(reply)).toEqual(unprocessable('limit must be an integer number'))
    })
  })

  describe('a method', () => {
    test('HEAD answers as GET does, without a body', async () => {
      const there = await send('HEAD', place)
      const nobody = await send('HEAD', '/opportunities/nobody')
      const anonymous = await send('HEAD', place, undefined, { authorization: '' })

      expect([there.status, there.text]).toEqual([200, ''])
      expect([nobody.status, nobody.text]).toEqual([404, ''])
      expect([anonymous.status, anonymous.text]).toEqual([401, ''])
    })

    test('HEAD is refused to whoever GET is refused to', async () => {
      const token = await crm.given.token(['contacts.readonly'])

      expect((await send('HEAD', place, undefined, { authorization: `Bearer ${token}` })).status).toBe(401)
    })

    test.each(['OPTIONS', 'TRACE', 'PROPFIND'])('%s is none of ours', async (method) => {
      const reply = await send(method, place)

      expect(refused(reply)).toEqual([
        404,
        { statusCode: 404, message: `Cannot ${method} ${place}`, error: 'Not Found' },
      ])
    })
  })

  test('every reply names its trace in the body and in the header, each its own', async () => {
    const replies = [
      await crm.v2.get(place),
      await crm.v2.put(place, { name: 'Traced' }),
      await crm.v2.get('/opportunities/nobody'),
      await crm.v2.put(place, '{broken'),
      await crm.v2.get('/nowhere'),
      await send('GET', '/opportunities/%'),
    ]
    const traces = replies.map(({ body }) => body.traceId)

    expect(replies.map(({ headers }) => headers.get('x-trace-id'))).toEqual(traces)
    expect(new Set(traces).size).toBe(replies.length)
  })
})
