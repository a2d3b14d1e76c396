import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'

const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })
const id = expect.stringMatching(/^[A-Za-z0-9]{20}$/)
const nothing = { done: true, created: 0, updated: 0, unchanged: 0, refused: 0, contactsCreated: 0 }

onEveryStore('importing opportunities', (crm) => {
  const path = '/console/opportunities/import'
  /** The lines of the reply: what the columns are about, what became of each row, the sum. */
  async function send(file: string | object, query = '', token?: string) {
    const reply = await crm.v2.post(path + query, file, token ? { token } : {})
    const lines = reply.text.split('\n').filter(Boolean)
    const told = reply.status === 200 ? lines.map((line) => JSON.parse(line)) : []
    return { reply, first: told[0], rows: told.slice(1, -1), sum: told.at(-1) }
  }
  const deal = async (dealId: string) => (await crm.v2.get(`/opportunities/${dealId}`)).body.opportunity
  const named = async (q: string) =>
    (await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&q=${encodeURIComponent(q)}`)).body
      .opportunities

  describe('a row', () => {
    test('becomes a deal with its contact, everything in words', async () => {
      const user = await crm.given.user('Alan')
      const { lostReason } = (
        await crm.v2.post('/opportunities/lost-reason', { locationId: crm.locationId, name: 'Too Dear' })
      ).body
      const { customField } = (
        await crm.v2.post(`/locations/${crm.locationId}/customFields`, {
          ...{ name: 'Seats', dataType: 'NUMERICAL', model: 'opportunity' },
        })
      ).body
      const file = [
        'Deal name,Contact,E-mail,Phone,Company,Tags,Pipeline,Stage,Amount,Owner,Source,Lost reason,Close date,Seats,Colour',
        `Tablets,Ada King,ada.king@example.com,'+14155550111,Engines,"VIP, fair",${crm.pipeline.name.toUpperCase()},` +
          `${crm.stages[1]?.name},"$4,997.50",${user.email.toUpperCase()},fair,too dear,2026-12-31,"1,200",red`,
      ].join('\r\n')

      const { reply, first, rows, sum } = await send(file)

      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
      expect(first).toEqual({
        columns: [
          { header: 'Deal name', field: 'name' },
          { header: 'Contact', field: 'contactName' },
          { header: 'E-mail', field: 'email' },
          { header: 'Phone', field: 'phone' },
          { header: 'Company', field: 'company' },
          { header: 'Tags', field: 'tags' },
          { header: 'Pipeline', field: 'pipeline' },
          { header: 'Stage', field: 'stage' },
          { header: 'Amount', field: 'value' },
          { header: 'Owner', field: 'owner' },
          { header: 'Source', field: 'source' },
          { header: 'Lost reason', field: 'lostReason' },
          { header: 'Close date', field: 'expectedClose' },
          { header: 'Seats', field: 'opportunity.seats' },
          { header: 'Colour', field: null },
        ],
        rows: 1,
        dryRun: false,
      })
      expect(rows).toEqual([{ row: 2, name: 'Tablets', action: 'create', id, contact: 'created' }])
      expect(sum).toEqual({ ...nothing, created: 1, contactsCreated: 1 })
      const made = await deal(rows[0].id)
      expect(made).toMatchObject({
        ...{ name: 'Tablets', status: 'lost', lostReasonId: lostReason.id, monetaryValue: 4997.5, source: 'fair' },
        ...{ pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[1]?.id, assignedTo: user.id },
        forecastExpectedCloseDate: '2026-12-31T00:00:00.000Z',
        contact: { name: 'Ada King', email: 'ada.king@example.com', phone: '+14155550111', companyName: 'Engines' },
      })
      expect(made.contact.tags).toEqual(['vip', 'fair'])
      expect(made.customFields).toMatchObject([{ id: customField.id, fieldValueNumber: 1200 }])
      expect((await crm.events(made.id)).map(({ types }) => types)).toEqual([
        ['OpportunityCreate', 'OpportunityUpdate'],
      ])
    })

    test('needs a name and an address alone, of semicolons too', async () => {
      const contact = await crm.given.contact({ email: 'known@example.com' })

      const { rows } = await send('name;email\nFirst;KNOWN@example.com\n;other@example.com')

      expect(rows).toEqual([
        { row: 2, name: 'First', action: 'create', id, contact: 'found' },
        { row: 3, name: 'other@example.com', action: 'create', id, contact: 'created' },
      ])
      const first = crm.stages[0]?.id
      expect(await deal(rows[0].id)).toMatchObject({ contactId: contact.id, status: 'open', pipelineStageId: first })
    })

    test('that is wrong is refused by its columns, and stops no other', async () => {
      const file = [
        'Name,Email,Phone,Pipeline,Stage,Value,Status,Owner,Close date',
        'Good,good@example.com,,,,,,,',
        'Bad,,,Nowhere,,free,done,nobody@example.com,31.12.2026',
        'Worse,not an address,,,Nowhere,1.234,,,',
        'Lonely,,,,,,,,',
        'Mute,,abc,,,,,,',
      ].join('\n')

      const { rows, sum } = await send(file)

      expect(rows.map(({ action }: { action: string }) => action)).toEqual([
        'create',
        'refused',
        'refused',
        'refused',
        'refused',
      ])
      expect(rows[1].problems).toEqual([
        { column: 'Status', message: 'must be one of open, won, lost, abandoned, not "done"' },
        { column: 'Value', message: 'must be an amount such as 4997.50 or 4,997.50, not "free"' },
        { column: 'Close date', message: 'must be a day such as 2026-12-31, not "31.12.2026"' },
        { column: 'Pipeline', message: 'there is no pipeline "Nowhere"' },
        { column: 'Owner', message: 'there is no user "nobody@example.com"' },
      ])
      expect(rows[2].problems).toEqual([
        { column: 'Value', message: 'must be an amount such as 4997.50 or 4,997.50, not "1.234"' },
        { column: 'Stage', message: 'there is no stage "Nowhere"' },
      ])
      expect(rows[3].problems).toEqual([
        { column: 'Email', message: 'email should not be empty where there is no phone either' },
      ])
      expect(rows[4].problems).toEqual([
        { column: 'Phone', message: 'The string supplied did not seem to be a phone number' },
      ])
      expect(sum).toEqual({ ...nothing, created: 1, refused: 4, contactsCreated: 1 })
      expect(await named('Mute')).toEqual([])
    })

    test('of a stage that several pipelines have names its pipeline', async () => {
      const pipelines = [
        await crm.given.pipeline('North', ['Call']),
        await crm.given.pipeline('South', ['Call', 'Close']),
      ]

      const { rows } = await send(
        'Name,Email,Pipeline,Stage\nA,n@example.com,,Call\nB,n@example.com,south,Call\nC,n@example.com,,Close',
      )

      expect(rows[0].problems).toEqual([
        { column: 'Stage', message: '"Call" is a stage of several pipelines: name the pipeline too' },
      ])
      expect((await deal(rows[1].id)).pipelineStageId).toBe(pipelines[1]?.stages[0]?.id)
      expect((await deal(rows[2].id)).pipelineStageId).toBe(pipelines[1]?.stages[1]?.id)
      for (const one of pipelines) await crm.v2.delete(`/opportunities/pipelines/${one.id}`)
    })
  })

  describe('a file that is sent again', () => {
    test('changes nothing the second time, and what was changed in it the third', async () => {
      const file = (value: string) =>
        `Name,Email,Value\nTwice,twice@example.com,${value}\nOther,twice@example.com,5\nThird,third@example.com,7`
      const before = (await send(file('10'))).rows

      const again = await send(file('10'))
      const third = await send(file('11'))

      const ids = before.map((row: { id: string }) => row.id) as [string, string, string]
      expect(again.rows.map((row: { action: string; id: string }) => [row.action, row.id])).toEqual(
        ids.map((one: string) => ['unchanged', one]),
      )
      expect(again.sum).toEqual({ ...nothing, unchanged: 3 })
      expect(third.sum).toEqual({ ...nothing, updated: 1, unchanged: 2 })
      expect((await deal(ids[0])).monetaryValue).toBe(11)
      expect(await named('twice@example.com')).toHaveLength(2)
    })

    test('finds each deal by the id that another system has for it', async () => {
      const file = (name: string) =>
        `External ID,Name,Email\nCRM-1,${name} 1,x@example.com\nCRM-2,${name} 2,x@example.com`
      const first = await send(file('Old'))

      const second = await send(file('New'))

      expect(first.sum).toEqual({ ...nothing, created: 2, contactsCreated: 1 })
      expect(second.sum).toEqual({ ...nothing, updated: 2 })
      expect(second.rows.map((row: { id: string }) => row.id)).toEqual(first.rows.map((row: { id: string }) => row.id))
      expect((await deal(first.rows[1].id)).name).toBe('New 2')
    })

    test('leaves alone what its cells do not say', async () => {
      const made = await crm.given.opportunity({ name: 'Kept', monetaryValue: 8, source: 'web' })

      const { rows } = await send(`ID,Status,Value,Source\n${made.id},WON,,`)

      expect(rows).toEqual([{ row: 2, name: null, action: 'update', id: made.id, contact: 'found' }])
      const { status, name, monetaryValue, source } = await deal(made.id)
      expect({ status, name, monetaryValue, source }).toEqual({
        status: 'won',
        name: 'Kept',
        monetaryValue: 8,
        source: 'web',
      })
    })

    test('is what was exported, for a start elsewhere too: ids stay', async () => {
      const made = await crm.given.opportunity({ name: '=Export', monetaryValue: 1.234 })
      const exported = (await crm.v2.get('/console/opportunities.csv?query=export')).text
      const other = await crm.given.location()

      const here = await send(exported)
      const elsewhere = await send(
        exported.replaceAll(crm.pipeline.name, 'Theirs').replaceAll(crm.stages[0]?.name ?? '', 'One'),
        '',
        other.token,
      )

      expect(here.sum).toEqual({ ...nothing, unchanged: 1 })
      expect(elsewhere.rows).toEqual([{ row: 2, name: '=Export', action: 'create', id: made.id, contact: 'created' }])
      expect((await crm.v2.get(`/opportunities/${made.id}`, { token: other.token })).body.opportunity).toMatchObject({
        name: '=Export',
        monetaryValue: 1.234,
        locationId: other.id,
      })
    })

    test('does not bring back what was deleted, and names no deal twice', async () => {
      const { rows } = await send('External ID,Name,Email\nGone,Gone,gone@example.com')
      await crm.v2.delete(`/opportunities/${rows[0].id}`)

      const again = await send(
        'External ID,Name,Email\nGone,Gone,gone@example.com\nOne,A,b@example.com\nOne,B,b@example.com\n,A,c@example.com\n,A,c@example.com',
      )

      const twin = (row: number) => `this is the deal of row ${row} again; if it is another, give each an external id`
      expect(
        again.rows.map(({ action, problems }: { action: string; problems?: unknown }) => problems ?? action),
      ).toEqual([
        [{ column: null, message: 'id Gone was deleted: restore it first' }],
        'create',
        [{ column: null, message: twin(3) }],
        'create',
        [{ column: null, message: twin(5) }],
      ])
    })
  })

  describe('a rehearsal', () => {
    test('tells what each row would do, and keeps nothing of it', async () => {
      const made = await crm.given.opportunity({ name: 'There already' })
      const { email } = (await deal(made.id)).contact
      const file = `Name,Email,Value\nDry one,dry@example.com,1\nDry two,dry@example.com,2\nThere already,${email},3\n,,x`

      const { first, rows, sum } = await send(file, '?dryRun=true')

      expect(first).toMatchObject({ rows: 4, dryRun: true })
      expect(rows).toEqual([
        { row: 2, name: 'Dry one', action: 'create', contact: 'created' },
        { row: 3, name: 'Dry two', action: 'create', contact: 'found' },
        { row: 4, name: 'There already', action: 'update', id: made.id, contact: 'found' },
        {
          ...{ row: 5, name: null, action: 'refused' },
          problems: [{ column: 'Value', message: 'must be an amount such as 4997.50 or 4,997.50, not "x"' }],
        },
      ])
      expect(sum).toEqual({ ...nothing, created: 2, updated: 1, refused: 1, contactsCreated: 1 })
      expect(await named('Dry')).toEqual([])
      expect((await deal(made.id)).monetaryValue).toBeNull()
      const contacts = await crm.v2.post('/contacts/search', {
        locationId: crm.locationId,
        pageLimit: 10,
        query: 'dry@',
      })
      expect(contacts.body.total).toBe(0)
    })
  })

  test('columns may be mapped by hand', async () => {
    const csv = 'Titel,Wert,Mail,Name\nHand,"1.250,50",hand@example.com,Not this'
    const mapping = { Titel: 'name', Wert: 'value', Mail: 'email', Name: null }

    const { first, rows } = await send({ csv, mapping })

    expect(first.columns).toEqual([
      { header: 'Titel', field: 'name' },
      { header: 'Wert', field: 'value' },
      { header: 'Mail', field: 'email' },
      { header: 'Name', field: null },
    ])
    expect(await deal(rows[0].id)).toMatchObject({ name: 'Hand', monetaryValue: 1250.5 })
  })

  test('a file may be imported a part after the other, each of which tells the whole of what it did', async () => {
    const csv = ['P1', 'P2', 'P3', 'P3'].reduce((text, name) => `${text}\n${name},part@example.com`, 'Name,Email')

    const one = await send({ csv, most: 2 })
    expect(one.first.rows).toBe(4)
    expect(one.rows).toMatchObject([
      { row: 2, name: 'P1', action: 'create' },
      { row: 3, name: 'P2', action: 'create' },
    ])
    expect(one.sum).toEqual({ ...nothing, created: 2, contactsCreated: 1 })
    expect(await named('P3')).toEqual([])

    const two = await send({ csv, after: 3, most: 2 })
    expect(two.rows).toMatchObject([
      { row: 4, name: 'P3', action: 'create', contact: 'found' },
      { row: 5, action: 'refused' },
    ])
    expect(two.sum).toEqual({ ...nothing, created: 1, refused: 1 })
    expect((await send({ csv, after: 5 })).sum).toEqual(nothing)
    expect(bare((await send({ csv, most: 0 })).reply)).toEqual(refused('most must not be less than 1'))
  })

  test.each<[string, string | object, string]>([
    ['nothing', { csv: ' ' }, 'csv must begin with a line of column names'],
    [
      'an open quote',
      'Name\n"open',
      'csv cannot be read: Quote Not Closed: the parsing is finished with an opening quote at line 2',
    ],
    ['two columns of one name', 'Name,Name\na,b', 'csv must not have two columns called Name'],
    ['two bytes for each sign', 'Name\nC\0a\0f\0', 'csv must be UTF-8 text: save it as "CSV UTF-8"'],
    ['too many rows', `Name\n${'x\n'.repeat(20_001)}`, 'csv must have no more than 20000 rows'],
    [
      'a mapping of no column',
      { csv: 'Name\na', mapping: { Nom: 'name' } },
      'mapping.Nom names a column that the file does not have',
    ],
    ['a mapping twice', { csv: 'A,B\na,b', mapping: { A: 'name', B: 'name' } }, 'mapping must not lead to name twice'],
  ])('a file with %s is refused as a whole', async (_, file, message) => {
    const { reply } = await send(file)

    expect(reply.status).toBe(422)
    expect(bare(reply)).toEqual(refused(message))
  })

  test('a file in another encoding is refused as a whole, one with the sign for what was unreadable is not', async () => {
    const post = async (body: Buffer) => {
      const headers = { authorization: `Bearer ${crm.token}`, version: '2021-07-28', 'content-type': 'text/csv' }
      const reply = await fetch(`${crm.url}${path}?dryRun=true`, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
      })
      return { status: reply.status, text: await reply.text() }
    }
    const file = 'Name,Email\n"Caf\u00e9 \ufffd y",unreadable@example.com\n'

    const latin = await post(Buffer.from('Name,Email\nCaf\u00e9,cafe@example.com\n', 'latin1'))
    const utf8 = await post(Buffer.from(file))

    expect(latin.status).toBe(422)
    expect(JSON.parse(latin.text)).toMatchObject(refused('csv must be UTF-8 text: save it as "CSV UTF-8"'))
    expect(utf8.status).toBe(200)
    expect(JSON.parse(utf8.text.trim().split('\n').at(-1) ?? '')).toEqual({
      ...nothing,
      created: 1,
      contactsCreated: 1,
    })
  })

  test('a file none of whose columns says anything is refused, and so is a mapping to nothing known', async () => {
    const unknown = await send('Colour,Shape\nred,round')
    const nowhere = await send({ csv: 'Name\na', mapping: { Name: 'colour' } })

    expect(unknown.reply.body.message[0]).toMatch(/^csv must have a column that can be read, such as id, externalId, /)
    expect(nowhere.reply.body.message[0]).toMatch(
      /^mapping\.Name must be one of the following values: id, .*custom field$/,
    )
  })

  test('a file of more than ten megabytes is too large', async () => {
    const { reply } = await send(`Name\n${'x'.repeat(10_485_760)}`)

    expect(reply.status).toBe(413)
  })

  test('it is for who may write both deals and contacts', async () => {
    const half = await crm.given.token(['opportunities.write'])
    const other = await crm.given.token(['contacts.write'])

    const replies = [await send('Name,Email\na,b@example.com', '', half), await send('Name\na', '', other)]

    expect(replies.map(({ reply }) => reply.status)).toEqual([401, 401])
  })
})
