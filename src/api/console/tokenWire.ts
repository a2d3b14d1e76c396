import { type Static, Type } from '@sinclair/typebox'
import { invalid } from '../../domain/errors.ts'
import { instant } from '../../domain/time.ts'
import type { Key } from '../../domain/tokens/keys.ts'
import { allScopes, isOfKeepers, scopes } from '../../domain/tokens/scopes.ts'
import type { NewToken, TokenChange } from '../../domain/tokens/tokens.ts'
import { iso, isoOrNull, nullable, oneOf, strict, Timestamp, text } from '../schemas.ts'

export const TokenId = Type.Object({ tokenId: Type.String() })

const changeable = {
  name: text(255, { examples: ['Website form'] }),
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  scopes: Type.Optional(Type.Array(Type.String(), { maxItems: 100, description: 'Of `GET /console/scopes`' })),
  locationId: Type.Optional(Type.String()),
}
const kinds = ['pit', 'v1'] as const

export const CreateBody = Type.Object(
  {
    ...changeable,
    kind: Type.Optional(
      oneOf(kinds, { description: 'pit: a private integration, for v2 and v3; v1: an API key, for v1 only' }),
    ),
    expiresAt: Type.Optional(nullable(Type.String({ description: 'ISO 8601; null: it does not end' }))),
  },
  strict,
)
export const UpdateBody = Type.Partial(Type.Object(changeable, strict), strict)
export const RotateBody = Type.Object(
  { now: Type.Optional(Type.Boolean({ description: 'End the old secret at once, not after seven days' })) },
  strict,
)

export const readNew = ({ locationId: _, expiresAt, ...wanted }: Static<typeof CreateBody>): NewToken => ({
  ...wanted,
  expiresAt: expiresAt ? readTime(expiresAt) : null,
})
export const readChange = ({ locationId: _, ...wanted }: Static<typeof UpdateBody>): TokenChange => wanted

function readTime(text: string): number {
  const at = instant(text)
  if (at === undefined) throw invalid('expiresAt must be a date, such as 2027-01-31T00:00:00Z')
  return at
}

const WireToken = Type.Object(
  {
    id: Type.String(),
    locationId: Type.String(),
    kind: oneOf(kinds),
    name: Type.String(),
    description: Type.String(),
    hint: Type.String({ description: 'The last characters of the secret' }),
    scopes: Type.Array(Type.String(), { description: 'None of a v1 key, which may do whatever v1 can' }),
    createdAt: Timestamp,
    rotatedAt: nullable(Timestamp),
    oldSecretEndsAt: nullable(Timestamp),
    expiresAt: nullable(Timestamp),
    lastUsedAt: nullable(Timestamp),
  },
  strict,
)

export const TokensReply = Type.Object({ tokens: Type.Array(WireToken) })
export const TokenReply = Type.Object({ token: WireToken })
export const IssuedReply = Type.Object({
  token: WireToken,
  secret: Type.String({ description: 'Shown this once', examples: ['pit-…'] }),
})
export const DeletedReply = Type.Object({ id: Type.String(), deleted: Type.Literal(true) })
export const ScopesReply = Type.Object({
  scopes: Type.Array(
    Type.Object(
      {
        name: Type.String({ examples: ['contacts.readonly'] }),
        description: Type.String(),
        isUsual: Type.Boolean({ description: 'Whether tokens have it where nothing else is said' }),
        isHeld: Type.Boolean({ description: 'Whether you have it, and so can hand it out' }),
      },
      strict,
    ),
  ),
})

export const writeToken = (key: Key): Static<typeof WireToken> => ({
  id: key.id,
  locationId: key.locationId,
  kind: key.kind as (typeof kinds)[number],
  name: key.name,
  description: key.description,
  hint: key.hint,
  scopes: key.scopes,
  createdAt: iso(key.createdAt),
  rotatedAt: isoOrNull(key.rotatedAt),
  oldSecretEndsAt: isoOrNull(key.oldSecretEndsAt),
  expiresAt: isoOrNull(key.expiresAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
})

export const writeScopes = (held: ReadonlySet<string>): Static<typeof ScopesReply> => ({
  scopes: allScopes.map((name) => ({
    name,
    description: scopes[name],
    isUsual: !isOfKeepers(name),
    isHeld: held.has(name),
  })),
})
