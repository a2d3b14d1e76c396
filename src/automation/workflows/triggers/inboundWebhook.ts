import { type Static, Type } from '@sinclair/typebox'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import { conditions, issuesOfConditions } from '../definition/conditions.ts'
import { anyOf, idOf, oneOf, requiredText, strict } from '../definition/fields.ts'
import { issuesOfSecret, Signature } from '../inbound/signature.ts'
import { trigger } from './trigger.ts'

const path = anyOf(
  requiredText('Where it stands in the payload, such as `data.object.email`; the first of several', 255),
)
const mode = oneOf(['find', 'findOrCreate'], 'What to do where there is none; find unless given')

const meant = Type.Object(conditions, strict)

export const InboundSettings = Type.Object(
  {
    eventId: Type.Optional(path),
    only: Type.Optional(
      Type.Union([meant, Type.Array(meant, { minItems: 1, maxItems: 10 })], {
        description: 'Which payloads are meant: `payload.type` …; of several groups each must hold',
      }),
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

function issuesOfOnly(only: InboundSettings['only'] = []): string[] {
  if (!Array.isArray(only)) return issuesOfConditions(only).map((issue) => `only.${issue}`)
  return only.flatMap((one, at) => issuesOfConditions(one).map((issue) => `only.${at}.${issue}`))
}

export default trigger({
  type: 'inbound_webhook',
  title: 'Inbound Webhook',
  alsoCalled: [],
  about: 'Somebody else’s server sent a payload to the address of the workflow.',
  record: null,
  on: [],
  filters: InboundSettings,
  check: ({ contact, opportunity, only, signature }) => [
    ...issuesOfOnly(only),
    ...(signature ? issuesOfSecret(signature) : []),
    ...(contact && !contact.email && !contact.phone ? ['contact must have email or phone, to be found by'] : []),
    ...(opportunity && !contact ? ['opportunity needs contact, whose it is'] : []),
  ],
  matches: () => false,
})
