import { type Static, Type } from '@sinclair/typebox'
import { type App, type AppChange, appIdOf, distributions, type NewApp } from '../../domain/oauth/apps/apps.ts'
import type { Installs } from '../../domain/oauth/apps/installs.ts'
import type { Token } from '../../domain/tokens/tokens.ts'
import { iso, isoOrNull, nullable, oneOf, strict, Timestamp, text } from '../schemas.ts'

export const ClientId = Type.Object({ clientId: Type.String() })
export const InstallId = Type.Object({ clientId: Type.String(), tokenId: Type.String() })

export const CreateBody = Type.Object(
  {
    name: text(255, { examples: ['n8n'], description: 'What people read when it asks to be let in' }),
    redirectUris: Type.Array(Type.String({ examples: ['https://n8n.example.com/rest/oauth2-credential/callback'] }), {
      maxItems: 20,
      description: 'Where people are sent back to, letter by letter',
    }),
    scopes: Type.Optional(Type.Array(Type.String(), { maxItems: 100, description: 'The most it may ask for' })),
    distribution: Type.Optional(
      oneOf(distributions, { description: 'Who can let it in: one location, the whole company at once, or either' }),
    ),
    locationId: Type.Optional(Type.String()),
  },
  strict,
)
export const UpdateBody = Type.Partial(CreateBody, strict)

export const readNew = ({ locationId: _, ...wanted }: Static<typeof CreateBody>): NewApp => wanted
export const readChange = ({ locationId: _, ...wanted }: Static<typeof UpdateBody>): AppChange => wanted

const WireInstall = Type.Object(
  {
    tokenId: Type.String(),
    scopes: Type.Array(Type.String()),
    userId: Type.String({ description: 'Who let it in' }),
    installedAt: Timestamp,
    lastUsedAt: nullable(Timestamp),
  },
  strict,
)
const WireApp = Type.Object(
  {
    clientId: Type.String(),
    appId: Type.String(),
    name: Type.String(),
    redirectUris: Type.Array(Type.String()),
    scopes: Type.Array(Type.String()),
    distribution: oneOf(distributions),
    createdAt: Timestamp,
    rotatedAt: nullable(Timestamp),
    installs: Type.Array(WireInstall, { description: 'In this location' }),
    installedElsewhere: Type.Integer(),
  },
  strict,
)

export const AppsReply = Type.Object({ apps: Type.Array(WireApp) })
export const AppReply = Type.Object({ app: WireApp })
export const MadeReply = Type.Object({
  app: WireApp,
  clientSecret: Type.String({ description: 'Shown this once' }),
})
export const DeletedReply = Type.Object({ clientId: Type.String(), deleted: Type.Literal(true) })

export const writeApp = (app: App, { here, elsewhere }: Installs): Static<typeof WireApp> => ({
  clientId: app.clientId,
  appId: appIdOf(app.clientId),
  name: app.name,
  redirectUris: app.redirectUris,
  scopes: app.scopes,
  distribution: app.distribution,
  createdAt: iso(app.createdAt),
  rotatedAt: isoOrNull(app.rotatedAt),
  installs: here.map(writeInstall),
  installedElsewhere: elsewhere,
})

const writeInstall = ({ id, scopes, app, createdAt, lastUsedAt }: Token): Static<typeof WireInstall> => ({
  tokenId: id,
  scopes,
  userId: app?.userId ?? '',
  installedAt: iso(createdAt),
  lastUsedAt: isoOrNull(lastUsedAt),
})
