import { type Static, Type } from '@sinclair/typebox'
import type { Workflow } from '../../../automation/workflows/definition/workflow.ts'
import type { Location, LocationChange } from '../../../domain/accounts/locations.ts'
import type { LocationValue } from '../../../domain/locationValues/locationValue.ts'
import { iso, oneOf, strict, Timestamp } from '../../schemas.ts'

const text = Type.Optional(Type.String())
const flag = Type.Optional(Type.Boolean())

export const InLocation = Type.Object({ locationId: Type.String() })
export const WithId = Type.Object({ locationId: Type.String(), id: Type.String() })
export const WithTagId = Type.Object({ locationId: Type.String(), tagId: Type.String() })

/** A list asked for in the location that the query names. */
export const OfLocation = Type.Object({ locationId: Type.Optional(Type.String()) })

// The location itself

const Settings = Type.Object(
  {
    allowDuplicateContact: flag,
    allowDuplicateOpportunity: flag,
    allowFacebookNameMerge: flag,
    disableContactTimezone: flag,
    defaultCountry: Type.Optional(Type.String({ examples: ['US'] })),
    currency: Type.Optional(Type.String({ examples: ['USD'] })),
  },
  strict,
)

const Social = Type.Record(Type.String(), Type.String(), { examples: [{ facebookUrl: 'https://www.facebook.com/' }] })

const ProspectInfo = Type.Object({ firstName: text, lastName: text, email: text }, strict)

const shared = {
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 255, examples: ['Mark Shoes'] })),
  phone: text,
  email: text,
  address: text,
  city: text,
  state: text,
  country: Type.Optional(Type.String({ examples: ['US'] })),
  postalCode: text,
  website: text,
  timezone: Type.Optional(Type.String({ examples: ['America/Chicago'] })),
  domain: text,
  logoUrl: text,
  firstName: text,
  lastName: text,
  social: Type.Optional(Social),
}

export const LocationBody = Type.Object(
  { ...shared, companyId: text, prospectInfo: Type.Optional(ProspectInfo), settings: Type.Optional(Settings) },
  strict,
)

/** The company is named by the installation, whatever an old integration calls it. */
export function readLocation({ companyId: _, prospectInfo, ...change }: Static<typeof LocationBody>): LocationChange {
  return { ...prospectInfo, ...change }
}

const WireLocation = Type.Object({
  ...shared,
  id: Type.String(),
  companyId: Type.String(),
  business: Type.Record(Type.String(), Type.String()),
  settings: Settings,
  dateAdded: Type.String(),
})

export const LocationReply = Type.Object({ location: WireLocation })
export const LocationsReply = Type.Object({ locations: Type.Array(WireLocation) })

export const SearchQuery = Type.Object({
  companyId: text,
  email: text,
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  skip: Type.Optional(Type.Integer({ minimum: 0 })),
  order: text,
})

export function writeLocation(location: Location): Static<typeof WireLocation> {
  const { id, companyId, name, profile, settings, createdAt } = location
  const { address, city, state, country, postalCode, website, timezone, logoUrl, email } = profile
  const business = { name, address, city, state, country, postalCode, website, timezone, logoUrl, email }
  return { id, companyId, name, ...profile, business, settings, dateAdded: iso(createdAt) }
}

/** sic: the original answers an update bare and a read in an envelope; here both are there. */
export function writeUpdated(location: Location) {
  const written = writeLocation(location)
  return { ...written, location: written }
}

/** A location's token knows one, an agency's all of its company; a page of those that have the e-mail asked for. */
export function writeSearch(all: Location[], { email, order, skip = 0, limit = 100 }: Static<typeof SearchQuery>) {
  const found = all.filter(({ profile }) => !email || email.toLowerCase() === profile.email.toLowerCase())
  const ordered = order?.toLowerCase() === 'desc' ? found.reverse() : found
  return { locations: ordered.slice(skip, skip + limit).map(writeLocation) }
}

export const TimezonesReply = Type.Object({ timezones: Type.Array(Type.String()) })

// Tags and tasks

export const TagBody = Type.Object({ name: Type.String({ minLength: 1, examples: ['Tag'] }), locationId: text }, strict)

export const Tag = Type.Object({ id: Type.String(), name: Type.String(), locationId: Type.String() })
export const TagReply = Type.Object({ tag: Tag })
export const TagsReply = Type.Object({ tags: Type.Array(Tag) })

export const writeTag = ({ id, name, locationId }: Static<typeof Tag>): Static<typeof Tag> => ({ id, name, locationId })

const Ids = Type.Optional(Type.Array(Type.String(), { maxItems: 500 }))

export const TaskSearchBody = Type.Object(
  {
    contactId: Ids,
    completed: flag,
    assignedTo: Ids,
    query: Type.Optional(Type.String({ maxLength: 255 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9 })),
    businessId: text,
    locationId: text,
  },
  strict,
)

export function readTaskSearch(body: Static<typeof TaskSearchBody>) {
  const { contactId, businessId: _, locationId: __, limit = 25, skip = 0, ...rest } = body
  return { ...rest, ...(contactId && { contactIds: contactId }), limit, skip }
}

// Custom values

export const ValueBody = Type.Object(
  { name: Type.String({ minLength: 1 }), value: Type.String(), locationId: text },
  strict,
)

const WireValue = Type.Object({
  id: Type.String(),
  name: Type.String(),
  fieldKey: Type.String({ examples: ['{{ custom_values.custom_field }}'] }),
  value: Type.String(),
  locationId: Type.String(),
})

export const ValueReply = Type.Object({ customValue: WireValue })
export const ValuesReply = Type.Object({ customValues: Type.Array(WireValue) })

export const readValue = ({ name, value }: Static<typeof ValueBody>) => ({ name, value })

export function writeValue({ id, name, fieldKey, value, locationId }: LocationValue): Static<typeof WireValue> {
  return { id, name, fieldKey: `{{ ${fieldKey} }}`, value, locationId } // sic: braces and all
}

// Workflows and campaigns

const WireWorkflow = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    status: oneOf(['draft', 'published']),
    version: Type.Integer(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    locationId: Type.String(),
  },
  strict,
)

export const WorkflowsReply = Type.Object({ workflows: Type.Array(WireWorkflow) })
/** There are none. */
export const CampaignsReply = Type.Object({ campaigns: Type.Array(Type.Object({})) })

/** Published is what a contact can be added to; one that is paused or drains takes nobody in. */
export const writeWorkflow = ({ id, name, state, version, createdAt, updatedAt, locationId }: Workflow) => ({
  id,
  name,
  status: state === 'published' ? ('published' as const) : ('draft' as const),
  version,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
  locationId,
})
