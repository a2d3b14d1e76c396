import { type Static, Type } from '@sinclair/typebox'
import type { NewView, View, ViewChange } from '../../domain/views/view.ts'
import { iso, strict, Timestamp, text } from '../schemas.ts'

export const ViewId = Type.Object({ viewId: Type.String() })
export const ViewsQuery = Type.Object({
  page: Type.Optional(Type.String()),
  locationId: Type.Optional(Type.String()),
})

const name = text(255, { description: 'What to call it', examples: ['My open deals'] })
const page = Type.String({ pattern: '^[a-z][a-zA-Z-]{0,39}$', description: 'The page it is of', examples: ['board'] })
const settings = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Whatever the page wants to keep: up to 10,000 bytes as JSON',
})
const isShared = Type.Boolean({ description: 'Whether everybody in the location sees it' })
const locationId = Type.Optional(Type.String())

export const CreateBody = Type.Object(
  { page, name, settings: Type.Optional(settings), isShared: Type.Optional(isShared), locationId },
  strict,
)
export const UpdateBody = Type.Object(
  {
    name: Type.Optional(name),
    settings: Type.Optional(settings),
    isShared: Type.Optional(isShared),
    locationId,
  },
  strict,
)

export const readNew = ({ locationId: _, ...wanted }: Static<typeof CreateBody>): NewView => wanted
export const readChange = ({ locationId: _, ...wanted }: Static<typeof UpdateBody>): ViewChange => wanted

const WireView = Type.Object(
  {
    id: Type.String(),
    page: Type.String(),
    name: Type.String(),
    settings: Type.Record(Type.String(), Type.Unknown()),
    isShared: Type.Boolean(),
    ownerId: Type.String({ description: "A user's id, or a token's" }),
    isOwn: Type.Boolean({ description: 'Whether the caller made it' }),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  },
  strict,
)

export const ViewReply = Type.Object({ view: WireView })
export const ViewsReply = Type.Object({ views: Type.Array(WireView) })

export const writeView =
  ({ id: callerId }: { id: string }) =>
  ({ locationId: _, createdAt, updatedAt, ...view }: View): Static<typeof WireView> => ({
    ...view,
    isOwn: view.ownerId === callerId,
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  })
