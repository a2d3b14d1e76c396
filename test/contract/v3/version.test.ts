import { describe, expect, test } from 'vitest'
import { v3 } from '../../../src/api/v3/routes.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { foreign, missing, refused, unauthorized } from '../../support/refused.ts'
import { succeeded } from '../v2/expectedContact.ts'

const noScope = unauthorized('The token is not authorized for this scope.')

onEveryStore('Version: v3', (crm) => {
  const places = () => ({
    search: `/opportunities/search?locationId=${crm.locationId}`,
    pipelines: `/opportunities/pipelines?locationId=${crm.locationId}`,
  })

  test.each(['v3', 'V3', ' v3 ', '\tV3'])('is known as %j', async (version) => {
    const reply = await crm.v3.get(places().search, { headers: { version } })

    expect(reply.status).toBe(200)
  })

  test.each(['v4', 'v', '3', 'v3.0', 'v3, v3', 'v 3', '2021-07-28v3'])('is not %j, which is none', async (version) => {
    const reply = await crm.v2.get(places().pipelines, { headers: { version } })

    expect(refused(reply)).toEqual(unauthorized('version header is invalid'))
  })

  test('is looked at before anything else, and missed where it is absent', async () => {
    const without = await crm.v2.get(places().pipelines, { headers: { version: '' }, token: 'pit-nobody' })

    expect(refused(without)).toEqual(unauthorized('version header was not found.'))
  })

  test('leaves every other version to v2', async () => {
    for (const version of ['2021-07-28', '2021-04-15', '2023-02-21', 'legacy']) {
      const reply = await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}`, { headers: { version } })
      expect(reply.status, version).toBe(200)
      const camel = await crm.v2.get(places().search, { headers: { version } })
      expect(camel.body.message[0], version).toBe('property locationId should not exist')
    }
  })

  describe('admits', () => {
    test('private integration tokens, with and without the word Bearer', async () => {
      for (const authorization of [`Bearer ${crm.token}`, `bearer  ${crm.token} `, crm.token]) {
        expect((await crm.v3.get(places().search, { headers: { authorization } })).status).toBe(200)
      }
    })

    test('no key of v1, no unknown token, and nobody without one', async () => {
      const by = async (token: string) => refused(await crm.v3.get(places().search, { token }))

      expect(await by(crm.first.apiKey)).toEqual(unauthorized('Invalid token: access token is invalid', 'Unauthorized'))
      expect(await by('pit-00000000-0000-4000-8000-000000000000')).toEqual(
        unauthorized('Invalid Private Integration token'),
      )
      expect(await by('')).toEqual(unauthorized('Unauthorized'))
    })

    test('nobody to what the token has no scope for, as in v2', async () => {
      const token = await crm.given.token(['contacts.readonly'])
      const { id } = await crm.given.opportunity()
      const body = { locationId: crm.locationId }
      const replies = [
        await crm.v3.get(places().search, { token }),
        await crm.v3.post('/opportunities/search', body, { token }),
        await crm.v3.get(`/opportunities/${id}`, { token }),
        await crm.v3.put(`/opportunities/${id}`, { name: 'x' }, { token }),
        await crm.v3.post('/opportunities/', body, { token }),
        await crm.v3.delete(`/opportunities/${id}`, undefined, { token }),
        await crm.v3.post('/contacts/', body, { token }),
        await crm.v3.delete('/contacts/x/campaigns/remove-all', undefined, { token }),
      ]

      for (const reply of replies) expect(refused(reply)).toEqual(noScope)
      expect((await crm.v3.get(`/contacts/?locationId=${crm.locationId}`, { token })).status).toBe(200)
    })
  })

  describe('fails as v2 does:', () => {
    test('by 403 in another location, by 404 for what is not there', async () => {
      const other = await crm.given.location()
      const { id } = await crm.given.opportunity()

      expect(refused(await crm.v3.get(`/opportunities/pipelines?locationId=${other.id}`))).toEqual(foreign)
      expect(refused(await crm.v3.get(`/opportunities/${id}`, { token: other.token }))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v3.get('/contacts/unknown'))).toEqual(missing('Contact'))
    })

    test('by 400 for a body that is no JSON, by 404 for a path that nobody has', async () => {
      expect(refused(await crm.v3.post('/opportunities/', '{'))).toEqual([
        400,
        { statusCode: 400, message: 'Bad Request', error: 'Bad Request' },
      ])
      expect(refused(await crm.v3.get('/nowhere?a=1'))).toEqual([
        404,
        { statusCode: 404, message: 'Cannot GET /nowhere?a=1', error: 'Not Found' },
      ])
    })

    test('by 400 for a duplicate, naming what is in the way', async () => {
      const { id: locationId, token, pipeline } = await crm.given.location({ allowDuplicateOpportunity: false })
      const { contact } = (await crm.v3.post('/contacts/', { locationId, email: 'one@example.com' }, { token })).body
      const deal = { locationId, pipelineId: pipeline.id, name: 'A deal', status: 'open', contactId: contact.id }
      const { opportunity } = (await crm.v3.post('/opportunities/', deal, { token })).body

      expect(refused(await crm.v3.post('/opportunities/', deal, { token }))).toEqual([
        400,
        {
          statusCode: 400,
          message: 'Can not create duplicate opportunity for the contact.',
          code: 'OPPORTUNITY_NO_DUPLICATE',
          meta: { existingId: opportunity.id },
          error: 'Bad Request',
        },
      ])
      expect(refused(await crm.v3.post('/contacts/', { locationId, email: 'ONE@example.com' }, { token }))).toEqual([
        400,
        {
          statusCode: 400,
          message: 'This location does not allow duplicated contacts.',
          meta: { contactId: contact.id, contactName: contact.contactName, matchingField: 'email' },
        },
      ])
    })
  })

  describe('a renamed path', () => {
    test('answers in v3, beside the old one', async () => {
      const { id } = await crm.given.contact()

      for (const name of ['remove-all', 'remove-all/', 'removeAll']) {
        const reply = await crm.v3.delete(`/contacts/${id}/campaigns/${name}`)
        expect(reply.status, name).toBe(200)
        expect(bare(reply)).toEqual(succeeded)
      }
      expect(refused(await crm.v3.delete('/contacts/unknown/campaigns/remove-all'))).toEqual(missing('Contact'))
    })

    test('does not exist under an older version', async () => {
      const { id } = await crm.given.contact()
      const path = `/contacts/${id}/campaigns/remove-all`

      expect(refused(await crm.v2.delete(path))).toEqual([
        404,
        { statusCode: 404, message: `Cannot DELETE ${path}`, error: 'Not Found' },
      ])
      expect((await crm.v2.delete(`/contacts/${id}/campaigns/removeAll`)).status).toBe(200)
    })

    test('takes no operation of v2 away', () => {
      expect(Object.values(v3).map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          '/contacts/',
          '/users/',
          '/contacts/:contactId/campaigns/removeAll',
          '/locations/:locationId/customFields',
          '/locations/:locationId/customValues',
        ]),
      )
    })
  })
})
