import type { HighLevel } from '@gohighlevel/api-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Crm, onEveryStore } from '../harness.ts'
import { connect } from '../support/sdk.ts'

type Calls<Module> = { [Method in keyof Module]: () => Promise<unknown> }

const everyMethod = (apiVersion: '2023-02-21' | 'v3') => (crm: Crm) => {
  let sdk: HighLevel
  let locationId: string
  beforeAll(() => {
    sdk = connect(crm.url, crm.token, { apiVersion })
    locationId = crm.locationId
  })

  const opportunities: Calls<HighLevel['opportunities']> = {
    async getLostReason() {
      await crm.v2.post('/opportunities/lost-reason', { name: 'No budget' })
      const { lostReasons, total } = await sdk.opportunities.getLostReason({
        locationId,
        name: 'No budget',
        deleted: false,
        skip: 0,
        limit: 10,
        getCount: true,
      } as never)
      expect(lostReasons).toMatchObject([{ name: 'No budget', locationId }])
      expect(total).toBe(1)
    },
    async searchOpportunity() {
      const { id, contactId } = await crm.given.opportunity({ name: 'Needle', source: 'web' })
      const wanted = { contactId, pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[0]?.id, status: 'open', id }
      const flags = { getTasks: true, getNotes: true, getCalendarEvents: true }
      const dates = { date: '01-01-2020', endDate: '01-01-2100' }
      const query = { locationId, q: 'needle', order: 'added_asc', page: 1, limit: 5, ...dates, ...wanted, ...flags }
      // It spells the query as v2 does, whatever its version, unless it is handed the query whole.
      const whole = apiVersion === 'v3' ? { params: query } : {}
      const { opportunities, meta } = await sdk.opportunities.searchOpportunity(query as never, whole)
      expect(opportunities).toMatchObject([{ id, notes: [], tasks: [], calendarEvents: [] }])
      expect(meta).toMatchObject({ total: 1, currentPage: 1, nextPage: null, startAfterId: id })
    },
    async searchOpportunitiesAdvanced() {
      const { id } = await crm.given.opportunity({ name: 'Haystack' })
      const { opportunities, total } = await sdk.opportunities.searchOpportunitiesAdvanced({
        locationId,
        query: 'haystack',
        limit: 20,
        page: apiVersion === 'v3' ? 0 : 1,
        searchAfter: [],
        additionalDetails: { notes: true, tasks: true, calendarEvents: true, unReadConversations: true },
      })
      expect(opportunities).toMatchObject([{ id }])
      expect(total).toBe(1)
    },
    async getPipelines() {
      const { pipelines } = await sdk.opportunities.getPipelines({ locationId })
      expect(pipelines).toMatchObject([{ id: crm.pipeline.id, stages: crm.stages.map(({ id }) => ({ id })) }])
    },
    async getOpportunity() {
      const { id } = await crm.given.opportunity()
      expect(await sdk.opportunities.getOpportunity({ id })).toMatchObject({ opportunity: { id } })
    },
    async deleteOpportunity() {
      const { id } = await crm.given.opportunity()
      expect(await sdk.opportunities.deleteOpportunity({ id })).toMatchObject({ succeded: true })
      expect((await crm.v2.get(`/opportunities/${id}`)).status).toBe(404)
    },
    async updateOpportunity() {
      const { customField } = await sdk.locations.createCustomField(
        { locationId },
        { name: 'Region', dataType: 'TEXT', model: 'opportunity' },
      )
      const { id } = await crm.given.opportunity()
      const fieldId = customField?.id as string
      await sdk.opportunities.updateOpportunity(
        { id },
        {
          pipelineId: crm.pipeline.id,
          pipelineStageId: crm.stages[2]?.id as string,
          name: 'Renamed',
          status: 'abandoned',
          monetaryValue: 1.5,
          customFields: [{ id: fieldId, key: 'region', field_value: 'North' }],
        },
      )
      expect((await crm.v2.get(`/opportunities/${id}`)).body.opportunity).toMatchObject({
        pipelineStageId: crm.stages[2]?.id,
        name: 'Renamed',
        status: 'abandoned',
        monetaryValue: 1.5,
        customFields: [{ id: fieldId, fieldValue: 'North' }],
      })
    },
    async updateOpportunityStatus() {
      const { id } = await crm.given.opportunity()
      const reply = await sdk.opportunities.updateOpportunityStatus({ id }, { status: 'won' })
      expect(reply).toMatchObject({ succeded: true, opportunity: { id, status: 'won' }, id, status: 'won' })
    },
    async upsertOpportunity() {
      const [user, { id, contactId }] = [await crm.given.user(), await crm.given.opportunity()]
      const pipelineId = crm.pipeline.id
      const body = { locationId, pipelineId, followers: [user.id], isRemoveAllFollowers: false, name: 'Upserted' }
      const byContact = await sdk.opportunities.upsertOpportunity({
        ...body,
        followersActionType: 'add',
        contactId,
      } as never)
      expect(byContact).toMatchObject({ new: false, opportunity: { id, name: 'Upserted', followers: [user.id] } })
      const byId = await sdk.opportunities.upsertOpportunity({ ...body, followersActionType: 'remove', id })
      expect(byId).toMatchObject({ new: false, opportunity: { id, followers: [] } })
    },
    async addFollowersOpportunity() {
      const [user, { id }] = [await crm.given.user(), await crm.given.opportunity()]
      const reply = await sdk.opportunities.addFollowersOpportunity({ id }, { followers: [user.id] })
      expect(reply).toMatchObject({ followers: [user.id], followersAdded: [user.id] })
    },
    async removeFollowersOpportunity() {
      const [one, other] = [await crm.given.user(), await crm.given.user()]
      const { id } = await crm.given.opportunity({ followers: [one.id, other.id] })
      const followers = [one.id]
      expect(
        await sdk.opportunities.removeFollowersOpportunity({ id, isRemoveAllFollowers: 'false' } as never, {
          followers,
        }),
      ).toMatchObject({ followers: [other.id], followersRemoved: [one.id] })
      expect(
        await sdk.opportunities.removeFollowersOpportunity({ id, isRemoveAllFollowers: 'true' } as never, {
          followers,
        }),
      ).toMatchObject({ followers: [], followersRemoved: [other.id] })
    },
    async createOpportunity() {
      const { id: contactId } = await crm.given.contact()
      const deal = { pipelineId: crm.pipeline.id, name: 'First Opps', status: 'won', monetaryValue: 220 }
      const reply = await sdk.opportunities.createOpportunity({ ...deal, locationId, contactId, customFields: [] })
      expect(reply).toMatchObject({ opportunity: { ...deal, locationId, contactId } })
    },
  }

  const contacts: Calls<HighLevel['contacts']> = {
    async searchContactsAdvanced() {
      const { id, email } = await crm.given.contact()
      const body = { locationId, page: 1, pageLimit: 20, filters: [{ field: 'email', operator: 'eq', value: email }] }
      expect(await sdk.contacts.searchContactsAdvanced(body)).toMatchObject({ contacts: [{ id }], total: 1 })
    },
    async getDuplicateContact() {
      const { id, email } = await crm.given.contact()
      expect(await sdk.contacts.getDuplicateContact({ locationId, email })).toMatchObject({ contact: { id } })
    },
    async getAllTasks() {
      const { contactId, taskId } = await givenTask()
      expect(await sdk.contacts.getAllTasks({ contactId })).toMatchObject({ tasks: [{ id: taskId }] })
    },
    createTask: async () => expect(await givenTask()).toMatchObject({ taskId: expect.any(String) }),
    async getTask() {
      const ids = await givenTask()
      expect(await sdk.contacts.getTask(ids)).toMatchObject({
        task: { id: ids.taskId, title: 'Call', completed: false },
      })
    },
    async updateTask() {
      const reply = await sdk.contacts.updateTask(await givenTask(), { title: 'Write', body: 'A letter' })
      expect(reply).toMatchObject({ task: { title: 'Write', body: 'A letter' } })
    },
    async deleteTask() {
      expect(await sdk.contacts.deleteTask(await givenTask())).toMatchObject({ succeded: true })
    },
    async updateTaskCompleted() {
      const reply = await sdk.contacts.updateTaskCompleted(await givenTask(), { completed: true })
      expect(reply).toMatchObject({ task: { completed: true } })
    },
    getAppointmentsForContact: () => missing(sdk.contacts.getAppointmentsForContact({ contactId: 'x' })),
    async addTags() {
      const { id: contactId } = await crm.given.contact({ tags: ['old'] })
      const reply = await sdk.contacts.addTags({ contactId }, { tags: ['new'] })
      expect(reply).toMatchObject({ tags: ['old', 'new'], tagsAdded: ['new'] })
    },
    async removeTags() {
      const { id: contactId } = await crm.given.contact({ tags: ['old', 'older'] })
      expect(await sdk.contacts.removeTags({ contactId }, { tags: ['old'] })).toMatchObject({ tags: ['older'] })
    },
    async getAllNotes() {
      const { contactId, id } = await givenNote()
      expect(await sdk.contacts.getAllNotes({ contactId })).toMatchObject({ notes: [{ id }] })
    },
    createNote: async () => expect(await givenNote()).toMatchObject({ id: expect.any(String) }),
    async getNote() {
      expect(await sdk.contacts.getNote(await givenNote())).toMatchObject({ note: { body: 'Call back' } })
    },
    async updateNote() {
      const reply = await sdk.contacts.updateNote(await givenNote(), { body: 'Called', pinned: true })
      expect(reply).toMatchObject({ note: { body: 'Called', pinned: true } })
    },
    async deleteNote() {
      expect(await sdk.contacts.deleteNote(await givenNote())).toMatchObject({ succeded: true })
    },
    async createAssociation() {
      const { id } = await crm.given.contact()
      const reply = await sdk.contacts.createAssociation(
        { type: 'add' },
        { contacts: [id], tags: ['bulk'], locationId },
      )
      expect(reply).toMatchObject({
        succeded: true,
        errorCount: 0,
        responses: [{ contactId: id, tagsAdded: ['bulk'] }],
      })
    },
    addRemoveContactFromBusiness: () =>
      missing(sdk.contacts.addRemoveContactFromBusiness({ locationId, ids: [], businessId: 'x' })),
    async getContact() {
      const { id, email } = await crm.given.contact()
      expect(await sdk.contacts.getContact({ contactId: id })).toMatchObject({ contact: { id, email } })
    },
    async updateContact() {
      const { id } = await crm.given.contact()
      const reply = await sdk.contacts.updateContact({ contactId: id }, { firstName: 'Augusta' })
      expect(reply).toMatchObject({ succeded: true, contact: { id, firstName: 'Augusta' } })
    },
    async deleteContact() {
      const { id } = await crm.given.contact()
      expect(await sdk.contacts.deleteContact({ contactId: id })).toMatchObject({ succeded: true })
    },
    async upsertContact() {
      const { id, email } = await crm.given.contact()
      const reply = await sdk.contacts.upsertContact({ locationId, email, lastName: 'King' })
      expect(reply).toMatchObject({ new: false, contact: { id, lastName: 'King' } })
    },
    getContactsByBusinessId: () => missing(sdk.contacts.getContactsByBusinessId({ businessId: 'x', locationId })),
    async addFollowersContact() {
      const [user, { id: contactId }] = [await crm.given.user(), await crm.given.contact()]
      const reply = await sdk.contacts.addFollowersContact({ contactId }, { followers: [user.id] })
      expect(reply).toMatchObject({ followers: [user.id], followersAdded: [user.id] })
    },
    async removeFollowersContact() {
      const user = await crm.given.user()
      const { id: contactId } = await crm.given.contact({ followers: [user.id] })
      const reply = await sdk.contacts.removeFollowersContact({ contactId }, { followers: [user.id] })
      expect(reply).toMatchObject({ followers: [], followersRemoved: [user.id] })
    },
    async addContactToCampaign() {
      const ids = { contactId: (await crm.given.contact()).id, campaignId: 'x' }
      await expect(sdk.contacts.addContactToCampaign(ids, {})).rejects.toThrow('Campaign not found')
    },
    async removeContactFromCampaign() {
      const ids = { contactId: (await crm.given.contact()).id, campaignId: 'x' }
      await expect(sdk.contacts.removeContactFromCampaign(ids)).rejects.toThrow('Campaign not found')
    },
    async removeContactFromEveryCampaign() {
      const { id: contactId } = await crm.given.contact()
      expect(await sdk.contacts.removeContactFromEveryCampaign({ contactId })).toMatchObject({ succeded: true })
    },
    async addContactToWorkflow() {
      const ids = { contactId: (await crm.given.contact()).id, workflowId: 'x' }
      await expect(sdk.contacts.addContactToWorkflow(ids, {})).rejects.toThrow('Workflow not found')
    },
    async deleteContactFromWorkflow() {
      const ids = { contactId: (await crm.given.contact()).id, workflowId: 'x' }
      await expect(sdk.contacts.deleteContactFromWorkflow(ids, {})).rejects.toThrow('Workflow not found')
    },
    async createContact() {
      const reply = await sdk.contacts.createContact({
        locationId,
        firstName: 'Rosan',
        lastName: 'Deo',
        email: 'rosan@deos.com',
        phone: '+1 888-888-8888',
        dnd: true,
        dndSettings: { Call: { status: 'active', message: 'string', code: 'string' } },
        inboundDndSettings: { all: { status: 'active', message: 'string' } },
        tags: ['nisi sint commodo amet', 'consequat'],
        source: 'public api',
      })
      expect(reply).toMatchObject({ contact: { email: 'rosan@deos.com', phone: '+18888888888', locationId } })
    },
    async getContacts() {
      const { id, email } = await crm.given.contact()
      const reply = await sdk.contacts.getContacts({ locationId, query: email, limit: 20 })
      expect(reply).toMatchObject({ contacts: [{ id }], count: 1 })
    },
  }

  const locations: Calls<HighLevel['locations']> = {
    async searchLocations() {
      expect(await sdk.locations.searchLocations({ skip: '0', limit: '10', order: 'asc' })).toMatchObject({
        locations: [{ id: locationId }],
      })
    },
    async getLocation() {
      expect(await sdk.locations.getLocation({ locationId })).toMatchObject({ location: { id: locationId } })
    },
    async putLocation() {
      const body = { companyId: 'any', city: 'Dolomite', settings: { allowDuplicateContact: false } }
      expect(await sdk.locations.putLocation({ locationId }, body)).toMatchObject({ id: locationId, city: 'Dolomite' })
    },
    deleteLocation: () => missing(sdk.locations.deleteLocation({ locationId, deleteTwilioAccount: false })),
    async getLocationTags() {
      const { tagId } = await givenTag('listed')
      const { tags } = await sdk.locations.getLocationTags({ locationId })
      expect(tags).toContainEqual({ id: tagId, name: 'listed', locationId })
    },
    createTag: async () => expect(await givenTag('made')).toMatchObject({ tagId: expect.any(String) }),
    async getTagById() {
      expect(await sdk.locations.getTagById(await givenTag('read'))).toMatchObject({ tag: { name: 'read' } })
    },
    async updateTag() {
      const reply = await sdk.locations.updateTag(await givenTag('before'), { name: 'after' })
      expect(reply).toMatchObject({ tag: { name: 'after' } })
    },
    async deleteTag() {
      expect(await sdk.locations.deleteTag(await givenTag('gone'))).toMatchObject({ succeded: true })
    },
    async taskSearch() {
      const { contactId, taskId } = await givenTask()
      const reply = await sdk.locations.taskSearch(
        { locationId },
        { contactId: [contactId], completed: false, limit: 5 },
      )
      expect(reply).toMatchObject({ tasks: [{ id: taskId }] })
    },
    getRecurringTaskById: () => missing(sdk.locations.getRecurringTaskById({ locationId, id: 'x' })),
    updateRecurringTask: () => missing(sdk.locations.updateRecurringTask({ locationId, id: 'x' }, {})),
    deleteRecurringTask: () => missing(sdk.locations.deleteRecurringTask({ locationId, id: 'x' })),
    createRecurringTask: () =>
      missing(sdk.locations.createRecurringTask({ locationId }, { title: 'x', rruleOptions: {} })),
    async getCustomFields() {
      const { id } = await givenField('Listed')
      const { customFields } = await sdk.locations.getCustomFields({ locationId, model: 'opportunity' })
      expect(customFields).toContainEqual(expect.objectContaining({ id, name: 'Listed', model: 'opportunity' }))
    },
    createCustomField: async () => expect(await givenField('Made')).toMatchObject({ id: expect.any(String) }),
    async getCustomField() {
      const reply = await sdk.locations.getCustomField(await givenField('Read'))
      expect(reply).toMatchObject({ customField: { name: 'Read', fieldKey: 'opportunity.read' } })
    },
    async updateCustomField() {
      const reply = await sdk.locations.updateCustomField(await givenField('Before'), { name: 'After', position: 3 })
      expect(reply).toMatchObject({ customField: { name: 'After', position: 3 } })
    },
    async deleteCustomField() {
      expect(await sdk.locations.deleteCustomField(await givenField('Gone'))).toMatchObject({ succeded: true })
    },
    uploadFileCustomFields: () => missing(sdk.locations.uploadFileCustomFields({ locationId }, {})),
    async getCustomValues() {
      const { id } = await givenValue('Listed')
      const { customValues } = await sdk.locations.getCustomValues({ locationId })
      expect(customValues).toContainEqual(expect.objectContaining({ id, value: 'Any' }))
    },
    createCustomValue: async () => expect(await givenValue('Made')).toMatchObject({ id: expect.any(String) }),
    async getCustomValue() {
      const reply = await sdk.locations.getCustomValue(await givenValue('Read'))
      expect(reply).toMatchObject({ customValue: { name: 'Read', fieldKey: '{{ custom_values.read }}' } })
    },
    async updateCustomValue() {
      const reply = await sdk.locations.updateCustomValue(await givenValue('Before'), { name: 'After', value: 'Other' })
      expect(reply).toMatchObject({ customValue: { name: 'After', value: 'Other' } })
    },
    async deleteCustomValue() {
      expect(await sdk.locations.deleteCustomValue(await givenValue('Gone'))).toMatchObject({ succeded: true })
    },
    async getTimezones() {
      const reply = await sdk.locations.getTimezones({ locationId })
      expect(reply).toMatchObject({ timezones: expect.arrayContaining(['Europe/Berlin']) })
    },
    gETAllOrEmailSmsTemplates: () =>
      missing(sdk.locations.gETAllOrEmailSmsTemplates({ locationId, originId: 'x', type: 'sms' })),
    dELETEAnEmailSmsTemplate: () => missing(sdk.locations.dELETEAnEmailSmsTemplate({ locationId, id: 'x' })),
    createLocation: () => missing(sdk.locations.createLocation({ name: 'Another', companyId: 'x' } as never)),
  }

  const users: Calls<HighLevel['users']> = {
    async searchUsers() {
      const { id, email } = await crm.given.user()
      const reply = await sdk.users.searchUsers({ companyId: 'any', locationId, query: email, skip: '0', limit: '5' })
      expect(reply).toMatchObject({ users: [{ id }], count: 1 })
    },
    async filterUsersByEmail() {
      const { id, email } = await crm.given.user()
      const reply = await sdk.users.filterUsersByEmail({ companyId: 'any', emails: email, skip: '0', limit: '5' })
      expect(reply).toMatchObject({ users: [{ id }] })
    },
    async getUser() {
      const { id, email } = await crm.given.user()
      expect(await sdk.users.getUser({ userId: id })).toMatchObject({ id, email })
    },
    async updateUser() {
      const { id } = await crm.given.user()
      const reply = await sdk.users.updateUser({ userId: id }, { lastName: 'Murray', permissions: {} })
      expect(reply).toMatchObject({ id, lastName: 'Murray' })
    },
    async deleteUser() {
      const { id } = await crm.given.user()
      expect(await sdk.users.deleteUser({ userId: id })).toMatchObject({ succeded: true })
    },
    async getUserByLocation() {
      const { id } = await crm.given.user()
      const { users } = await sdk.users.getUserByLocation({ locationId })
      expect(users).toContainEqual(expect.objectContaining({ id }))
    },
    async createUser() {
      const reply = await sdk.users.createUser({
        companyId: 'any',
        firstName: 'John',
        lastName: 'Deo',
        email: 'john@deo.com',
        password: 'a long password',
        phone: '+18832327657',
        type: 'account',
        role: 'user',
        locationIds: [locationId],
        permissions: { opportunitiesEnabled: true },
        scopes: ['opportunities.write'],
      })
      expect(reply).toMatchObject({ name: 'John Deo', roles: { role: 'user', locationIds: [locationId] } })
    },
  }

  const workflows: Calls<HighLevel['workflows']> = {
    getWorkflow: async () => expect(await sdk.workflows.getWorkflow({ locationId })).toMatchObject({ workflows: [] }),
  }

  const campaigns: Calls<HighLevel['campaigns']> = {
    getCampaigns: async () =>
      expect(await sdk.campaigns.getCampaigns({ locationId, status: 'published' })).toMatchObject({ campaigns: [] }),
  }

  const modules = { opportunities, contacts, locations, users, workflows, campaigns }

  describe.each(Object.entries(modules))('%s', (module, calls) => {
    test.each(Object.entries(calls))('%s', async (_, call) => void (await call()))

    test('leaves none out', () => {
      const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(sdk[module as keyof typeof modules]))

      expect(methods.filter((name) => name !== 'constructor').sort()).toEqual(Object.keys(calls).sort())
    })
  })

  const missing = (call: Promise<unknown>) =>
    expect(call).rejects.toMatchObject({ statusCode: 404, message: expect.stringMatching(/^Cannot [A-Z]+ \//) })

  async function givenTask() {
    const { id: contactId } = await crm.given.contact()
    const body = { title: 'Call', dueDate: '2030-10-25T11:00:00Z', completed: false }
    const { task } = await sdk.contacts.createTask({ contactId }, body)
    return { contactId, taskId: task?.id as string }
  }

  async function givenNote() {
    const { id: contactId } = await crm.given.contact()
    const { note } = await sdk.contacts.createNote({ contactId }, { body: 'Call back' })
    return { contactId, id: note?.id as string }
  }

  async function givenTag(name: string) {
    const { tag } = await sdk.locations.createTag({ locationId }, { name })
    return { locationId, tagId: tag?.id as string }
  }

  async function givenField(name: string) {
    const body = { name, dataType: 'TEXT', placeholder: 'Any', position: 0, model: 'opportunity' }
    const { customField } = await sdk.locations.createCustomField({ locationId }, body)
    return { locationId, id: customField?.id as string }
  }

  async function givenValue(name: string) {
    const { customValue } = await sdk.locations.createCustomValue({ locationId }, { name, value: 'Any' })
    return { locationId, id: customValue?.id as string }
  }
}

onEveryStore('every method of the official client', everyMethod('2023-02-21'))
onEveryStore('every method of the official client under v3', everyMethod('v3'))
