import { type Static, Type } from '@sinclair/typebox'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import { conditions } from '../definition/conditions.ts'
import { anyOf, idOf, oneOf, requiredText, strict } from '../definition/fields.ts'
import { Signature } from '../inbound/signature.ts'
import { trigger } from './trigger.ts'

const path = anyOf(
  requiredText('Where it stands in the payload, such as `data.object.email`; the first of several', 255),
)
const mode = oneOf(['find', 'findOrCreate'], 'What to do where there is none; find unless given')

export const InboundSettings = Type.Object(
  {
    eventId: Type.Optional(path),
    only: Type.Optional(
      Type.Object(conditions, { ...strict, description: 'Which payloads are meant: `payload.type` …' }),
    ),
    signature: Type.Optional(Signature),
    contact: Type.Optional(
      Type.Object(
        {
          mode: Type.Optional(mode),
          email: Type.Optional(path),
          phone: Type.Optional(path),
          name: Type.Optional(path),
          firstName: Type.Optional(path),
          lastName: Type.Optional(path),
          companyName: Type.Optional(path),
          source: Type.Optional(path),
        },
        strict,
      ),
    ),
    opportunity: Type.Optional(
      Type.Object(
        {
          mode: Type.Optional(mode),
          pipelineId: idOf('pipeline', 'In which pipeline'),
          status: Type.Optional(anyOf(oneOf(statuses, 'Find one with this status; any unless given'))),
          name: Type.Optional(path),
          monetaryValue: Type.Optional(path),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type InboundSettings = Static<typeof InboundSettings>

export default trigger({
  type: 'inbound_webhook',
  title: 'Inbound Webhook',
  alsoCalled: [],
  about: 'Somebody else’s server sent a payload to the address of the workflow.',
  record: null,
  on: [],
  filters: InboundSettings,
  check: ({ contact, opportunity }) => [
    ...(contact && !contact.email && !contact.phone ? ['contact must have email or phone, to be found by'] : []),
    ...(opportunity && !contact ? ['opportunity needs contact, whose it is'] : []),
  ],
  matches: () => false,
})
