import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { ContactInput, DndSettings } from '../../../domain/contacts/contact.ts'
import { nullable, oneOf, strict } from '../../schemas.ts'
import { CustomFieldInputs, readValueInputs } from '../customFieldValues.ts'

const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(nullable(schema))
const text = (maxLength: number, ...examples: string[]) => maybe(Type.String({ maxLength, examples }))

export const Channel = Type.Object(
  {
    status: oneOf(['active', 'inactive', 'permanent']),
    message: Type.Optional(Type.String({ maxLength: 1000 })),
    code: Type.Optional(Type.String({ maxLength: 255 })),
  },
  strict,
)

/** Domain names by the spellings of v2, and those of v3, which v2 takes as well. */
export const channels = {
  Call: 'call',
  Email: 'email',
  SMS: 'sms',
  WhatsApp: 'whatsApp',
  GMB: 'gmb',
  FB: 'fb',
} as const satisfies Record<string, keyof DndSettings>

type Spelling = keyof typeof channels | (typeof channels)[keyof typeof channels]
const spellings = [...Object.keys(channels), ...Object.values(channels)] as Spelling[]

const DndSettingsInput = Type.Unsafe<Partial<Record<Spelling, Static<typeof Channel>>>>(
  Type.Object(Object.fromEntries(spellings.map((name) => [name, Type.Optional(Channel)])), strict),
)

const InboundDndSettings = Type.Object(
  {
    all: Type.Optional(
      Type.Object(
        { status: Type.String({ maxLength: 255 }), message: Type.Optional(Type.String({ maxLength: 1000 })) },
        strict,
      ),
    ),
  },
  strict,
)

const Attribution = Type.Record(Type.String({ maxLength: 100 }), nullable(Type.String({ maxLength: 4096 })), {
  maxProperties: 50,
  examples: [{ url: 'https://www.example.com/offer', utmSource: 'newsletter', medium: 'form' }],
})

const fields = {
  firstName: text(255, 'Rosan'),
  lastName: text(255, 'Deo'),
  name: text(255, 'Rosan Deo'),
  email: text(255, 'rosan@deos.com'),
  phone: text(100, '+1 888-888-8888'),
  companyName: text(255, 'DGS VolMAX'),
  businessId: text(255),
  address1: text(1000, '3535 1st St N'),
  city: text(255, 'Dolomite'),
  state: text(255, 'AL'),
  country: text(255, 'US'),
  postalCode: text(255, '35061'),
  website: text(2048, 'https://www.tesla.com'),
  timezone: text(255, 'America/Chihuahua'),
  gender: text(255, 'male'),
  dateOfBirth: maybe(Type.Unsafe<string | number>({ type: ['string', 'number'], message: 'must be a valid date' })),
  source: text(255, 'public api'),
  type: text(255, 'lead'),
  assignedTo: text(255, 'y0BeYjuRIlDwsDcOHOJo'),
  tags: maybe(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 500, examples: [['vip', 'newsletter']] })),
  dnd: Type.Optional(Type.Boolean()),
  dndSettings: maybe(DndSettingsInput),
  inboundDndSettings: maybe(InboundDndSettings),
  customFields: Type.Optional(CustomFieldInputs),
  followers: maybe(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 100 })),
  additionalEmails: maybe(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 100 })),
  additionalPhones: maybe(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
  attributionSource: maybe(Attribution),
  lastAttributionSource: maybe(Attribution),
  keyword: text(1000),
  ssn: text(255),
  visitorId: text(255),
  attachments: text(65_000),
}

const locationId = Type.Optional(Type.String({ examples: ['ve9EPM428h8vShlRW1KT'] }))

export const CreateBody = Type.Object({ locationId, ...fields }, strict)
export const UpdateBody = Type.Object(fields, strict)
export const UpsertBody = Type.Object(
  { locationId, ...fields, createNewIfDuplicateAllowed: Type.Optional(Type.Boolean()) },
  strict,
)

/** What the caller sent; a field that is absent stays absent. */
export function readContact(body: Static<typeof UpsertBody>): ContactInput {
  const { locationId: _, createNewIfDuplicateAllowed: __, customFields, dndSettings, ...same } = body
  return {
    ...same,
    ...(customFields && { customFields: readValueInputs(customFields) }),
    ...(dndSettings !== undefined && { dndSettings: dndSettings && readDndSettings(dndSettings) }),
  }
}

const readDndSettings = (sent: Static<typeof DndSettingsInput>): DndSettings =>
  Object.fromEntries(
    Object.entries(sent).map(([name, setting]) => [(channels as Record<string, string>)[name] ?? name, setting]),
  )
