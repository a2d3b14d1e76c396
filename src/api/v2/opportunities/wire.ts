import { type Static, Type } from '@sinclair/typebox'
import type { DescribedValue } from '../../../domain/customFields/values.ts'
import { invalid } from '../../../domain/errors.ts'
import type { NewWish, UpsertWish } from '../../../domain/opportunities/commands.ts'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import type { Wish } from '../../../domain/opportunities/rules.ts'
import type { OpportunityView } from '../../../domain/opportunities/viewTable.ts'
import { id, iso, isoOrNull, nullable, oneOf, strict, text } from '../../schemas.ts'
import { CustomFieldInputs, readValueInputs, writeOpportunityValues } from '../customFieldValues.ts'
import { readDay } from './dates.ts'

export const Status = oneOf(statuses, { description: 'Independent of the stage; `open` reopens', examples: ['open'] })

/** A hundred billion either way, so that a difference in ten-thousandths is a whole number that JSON can hold. */
const Money = Type.Number({ minimum: -1e11, maximum: 1e11, description: "In the location's currency", examples: [220] })
const User = Type.String({ maxLength: 255, description: "A user's id; null or empty for nobody" })
const Day = Type.String({
  description: 'YYYY-MM-DD or MM-DD-YYYY with -, / or . between, or ISO 8601',
  examples: ['2026-12-31'],
})
const Name = text(255, { description: "The deal's name", examples: ['First Opps'] })
const Source = Type.String({ maxLength: 255, description: 'Where the deal came from', examples: ['public api'] })
const pipelineId = id('The pipeline', 'VDm7RPYC2GLUvdpKmBfC')
const pipelineStageId = id('A stage of that pipeline', '7915dedc-8f18-44d5-8bc3-77c04e994a10')
const contactId = id('The primary contact', 'mTkSCb1UBjb5tk4OvB69')
const Users = Type.Array(id("A user's id"), { maxItems: 100 })

const settable = {
  name: Type.Optional(Name),
  pipelineId: Type.Optional(pipelineId),
  pipelineStageId: Type.Optional(pipelineStageId),
  status: Type.Optional(Status),
  monetaryValue: Type.Optional(nullable(Money)),
  assignedTo: Type.Optional(nullable(User)),
  contactId: Type.Optional(contactId),
  source: Type.Optional(nullable(Source)),
  lostReasonId: Type.Optional(nullable(Type.String({ maxLength: 255, description: 'Only with status lost' }))),
  customFields: Type.Optional(CustomFieldInputs),
  forecastExpectedCloseDate: Type.Optional(nullable(Day)),
  forecastProbability: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 100 }))),
  locationId: Type.Optional(id("The token's own location")),
}

/** Accepted because a widespread client sends them; written to the contact, as v1 does. */
const ofContact = {
  companyName: Type.Optional(nullable(Type.String({ maxLength: 255, description: "The contact's company" }))),
  tags: Type.Optional(Type.Array(text(255), { maxItems: 100, description: 'Added to the contact' })),
}

export const Id = Type.Object({ id: Type.String({ description: "The opportunity's id" }) })

export const CreateBody = Type.Object(
  {
    ...settable,
    ...ofContact,
    pipelineId,
    locationId: id('The location', 've9EPM428h8vShlRW1KT'),
    name: Name,
    status: Status,
    contactId,
    followers: Type.Optional(Users),
  },
  strict,
)

export const UpdateBody = Type.Object({ ...settable, ...ofContact }, strict)

export const StatusBody = Type.Object(
  {
    status: Status,
    pipelineStageId: settable.pipelineStageId,
    lostReasonId: settable.lostReasonId,
    locationId: settable.locationId,
  },
  strict,
)

export const UpsertBody = Type.Object(
  {
    ...settable,
    ...ofContact,
    pipelineId,
    id: Type.Optional(id('Update this opportunity')),
    followers: Type.Optional(Type.Union([id("A user's id"), Users])),
    followersActionType: Type.Optional(oneOf(['add', 'remove'])),
    isRemoveAllFollowers: Type.Optional(Type.Boolean()),
  },
  strict,
)

export const FollowersBody = Type.Object({ followers: Type.Array(id("A user's id"), { maxItems: 10 }) }, strict)
export const UnfollowBody = Type.Partial(FollowersBody, strict)
export const UnfollowQuery = Type.Object({ isRemoveAllFollowers: Type.Optional(Type.Boolean()) })

type Settable = Static<typeof UpdateBody>

/** What a wish takes over as it is. */
const plain = [
  'name',
  'pipelineId',
  'pipelineStageId',
  'status',
  'monetaryValue',
  'assignedTo',
  'contactId',
  'source',
  'lostReasonId',
  'forecastProbability',
  'followers',
] as const satisfies (keyof Wish)[]

/** Wire → domain. What is absent stays absent. */
export function readWish(body: Settable & { followers?: string[] }): Wish {
  const { customFields, forecastExpectedCloseDate: day, companyName, tags } = body
  const wish: Record<string, unknown> = {}
  for (const name of plain) if (body[name] !== undefined) wish[name] = body[name]
  if (body.assignedTo === '') wish.assignedTo = null
  if (body.lostReasonId === '') wish.lostReasonId = null
  if (customFields) wish.customFields = readValueInputs(customFields)
  if (day !== undefined) wish.forecastExpectedCloseDate = day === null || day === '' ? null : readDay(day)
  if (companyName || tags) wish.contact = { ...(companyName && { companyName }), ...(tags && { tags }) }
  return wish
}

export const readNew = (body: Static<typeof CreateBody>) => readWish(body) as NewWish

export function readUpsert(body: Static<typeof UpsertBody>): UpsertWish {
  const { id: known, followers, followersActionType, isRemoveAllFollowers, ...rest } = body
  if (known === undefined && body.contactId === undefined) {
    throw invalid('contactId should not be empty', 'contactId must be a string')
  }
  const users = typeof followers === 'string' ? [followers] : followers
  const wish = { ...readWish(rest), pipelineId: body.pipelineId } as UpsertWish
  if (known !== undefined) wish.id = known
  if (!users && !isRemoveAllFollowers) return wish
  const removing = followersActionType === 'remove'
  return {
    ...wish,
    following: {
      ...(users && (removing ? { remove: users } : { add: users })),
      ...(isRemoveAllFollowers && { removeAll: true }),
    },
  }
}

/** What a reader may want filled in; the lists are there in any case (conflict 9). */
export interface Beside {
  customFields: DescribedValue[]
  notes?: object[]
  tasks?: object[]
}

/** Domain → wire: contract 3.1. One literal, so that all of them share a shape. */
export function writeOpportunity(o: OpportunityView, beside: Beside) {
  return {
    id: o.id,
    name: o.name,
    monetaryValue: o.monetaryValue,
    pipelineId: o.pipelineId,
    pipelineStageId: o.pipelineStageId,
    pipelineStageUId: o.pipelineStageId, // sic
    assignedTo: o.assignedTo,
    status: o.status,
    source: o.source,
    lastStatusChangeAt: iso(o.lastStatusChangeAt),
    lastStageChangeAt: iso(o.lastStageChangeAt),
    lastActionDate: iso(o.lastActionAt),
    indexVersion: o.indexVersion,
    createdAt: iso(o.createdAt),
    updatedAt: iso(o.updatedAt),
    contactId: o.contactId,
    locationId: o.locationId,
    lostReasonId: o.lostReasonId,
    externalObjectId: null,
    forecastExpectedCloseDate: isoOrNull(o.forecastExpectedCloseDate),
    forecastProbability: o.forecastProbability,
    effectiveProbability: o.effectiveProbability,
    contact: o.contact,
    notes: beside.notes ?? [],
    tasks: beside.tasks ?? [],
    calendarEvents: [],
    customFields: writeOpportunityValues(beside.customFields),
    followers: o.followers,
  }
}

/** sic: HighLevel spells it with one "e"; its newer documents do not. */
export const succeeded = { succeded: true, success: true, succeeded: true }

/**
 * The union that both sources of PUT status promise (conflicts 1 and 8): the opportunity's scalars, success, and the
 * opportunity. Joined as text, since the scalars are how the opportunity itself begins, all that stands before its
 * contact, and how it ends, where another dialect has some of its own behind the followers.
 */
export function writeSucceeded(written: ReturnType<typeof writeOpportunity>): string {
  const opportunity = JSON.stringify(written)
  // No text can hold this: a quotation mark inside one has a backslash before it.
  const scalars = opportunity.slice(0, opportunity.indexOf(',"contact":{'))
  const others = opportunity.slice(opportunity.lastIndexOf(']') + 1, -1)
  return `${scalars}${others},${flags},"opportunity":${opportunity}}`
}

const flags = JSON.stringify(succeeded).slice(1, -1)

/** Whom to take away: named in the body, unless all of them are. */
export function readUnfollowed({ followers }: Static<typeof UnfollowBody>, all: boolean | undefined): string[] {
  if (!followers && !all) throw invalid('followers should not be empty', 'followers must be an array')
  return followers ?? []
}
