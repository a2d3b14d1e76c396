import { type Static, Type } from '@sinclair/typebox'
import type { DraftChange } from '../../automation/workflows/commands.ts'
import { revisionOf } from '../../automation/workflows/definition/revision.ts'
import { hidden, withoutSecrets } from '../../automation/workflows/definition/secrets.ts'
import { stepIdsOf } from '../../automation/workflows/definition/stepIds.ts'
import { type Definition, states, type Workflow } from '../../automation/workflows/definition/workflow.ts'
import type { Version } from '../../automation/workflows/table.ts'
import type { Context } from '../../domain/context.ts'
import { iso, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

export const WorkflowId = Type.Object({ workflowId: Type.String() })
export const TypesQuery = Type.Object({
  query: Type.Optional(Type.String({ description: 'A part of any of the names' })),
  locationId: Type.Optional(Type.String()),
})
export const OfLocation = Type.Object({ locationId: Type.Optional(Type.String()) })

/** What stands inside is checked by the workflows' own rules, which name the path of what is wrong. */
const definition = {
  trigger: Type.Optional(
    Type.Unknown({ description: '`{ "type": "opportunity_status_changed", "filters": { "to": "won" } }`' }),
  ),
  steps: Type.Optional(
    Type.Unknown({ description: '`[{ "type": "add_contact_tag", "settings": { "tags": ["customer"] } }]`' }),
  ),
  settings: Type.Optional(
    Type.Unknown({ description: '`{ "allowMultiple": true, "allowMultipleOpportunity": true }`' }),
  ),
}
const name = Type.String({ minLength: 1, maxLength: 255 })
const locationId = Type.Optional(Type.String())
export const CreateBody = Type.Object({ name, ...definition, locationId }, strict)
export const UpdateBody = Type.Object(
  {
    name: Type.Optional(name),
    ...definition,
    basedOn: Type.Optional(
      Type.String({
        description: 'The `revision` that this is a change of; refused where it is not the draft’s any more',
      }),
    ),
    locationId,
  },
  strict,
)

export function readDraft({ locationId: _, ...wanted }: Static<typeof UpdateBody>): DraftChange & { basedOn?: string } {
  return wanted
}

export const PublishBody = Type.Object(
  {
    basedOn: Type.Optional(
      Type.String({
        description: 'The `revision` of the draft that is to be published; refused where it is another one by now',
      }),
    ),
    locationId,
  },
  strict,
)

const WireDefinition = Type.Object(
  {
    name: Type.String(),
    trigger: nullable(Type.Object({ type: Type.String(), filters: Type.Object({}) })),
    steps: Type.Array(Type.Object({ type: Type.String(), settings: Type.Object({}) })),
    settings: Type.Object({ allowMultiple: Type.Boolean(), allowMultipleOpportunity: Type.Boolean() }, strict),
  },
  strict,
)

const listed = {
  id: Type.String(),
  name: Type.String(),
  state: oneOf(states),
  version: Type.Integer({ description: 'The last one published; 0 before the first' }),
  locationId: Type.String(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}
const revision = Type.String({ description: 'Another one for each draft' })
const WireWorkflow = Type.Object(
  {
    ...listed,
    revision,
    draft: WireDefinition,
    stepIds: Type.Record(Type.String(), Type.String(), {
      description:
        'What each step of the draft is called, by its place: `1.yes.0`; the same though it is changed or moved',
    }),
    hookUrl: nullable(Type.String({ description: 'Where its inbound webhook is sent' })),
  },
  strict,
)

const runsByState = Type.Record(Type.String(), Type.Integer(), { description: 'How many, by their state' })
const Counted = Type.Object(
  {
    ...listed,
    revision,
    trigger: nullable(Type.String({ description: 'What the draft begins by' })),
    runs: runsByState,
  },
  strict,
)

export const WorkflowsReply = Type.Object({ workflows: Type.Array(Counted) })
export const WorkflowReply = Type.Object({ workflow: WireWorkflow })
export const WholeReply = Type.Object({
  workflow: WireWorkflow,
  issues: Type.Array(Type.String(), { description: 'What stands in the way of publishing it' }),
  isChanged: Type.Boolean({ description: 'Whether the draft is another than what was published last' }),
  runs: runsByState,
})
export const DeletedReply = Type.Object({ deleted: Type.Boolean() })

export const writeListed = ({ id, name, state, version, locationId, createdAt, updatedAt }: Workflow) => ({
  id,
  name,
  state,
  version,
  locationId,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

export const writeCounted = (
  ctx: Context,
  { workflow, runs }: { workflow: Workflow; runs: Record<string, number> },
) => ({
  ...writeListed(workflow),
  revision: revisionOf(seenBy(ctx, workflow)),
  trigger: workflow.draft.trigger?.type ?? null,
  runs,
})

export function writeWorkflow(workflow: Workflow, ctx: Context, origin: () => string): Static<typeof WireWorkflow> {
  const { hookSecret } = workflow
  const draft = seenBy(ctx, workflow)
  return {
    ...writeListed(workflow),
    revision: revisionOf(draft),
    draft,
    stepIds: stepIdsOf(workflow),
    hookUrl: hookSecret && `${origin()}/hooks/${seesAll(ctx) ? hookSecret : hidden}`,
  }
}

const seesAll = ({ caller }: Context) => caller.scopes.has('workflows.write')

/** Its draft; who may only look does not see what is secret. */
const seenBy = (ctx: Context, { draft }: Workflow) =>
  (seesAll(ctx) ? draft : withoutSecrets(draft)) as Definition & Static<typeof WireDefinition>

export const VersionsReply = Type.Object({
  versions: Type.Array(
    Type.Object(
      { version: Type.Integer(), publishedBy: Type.String(), publishedAt: Timestamp, definition: WireDefinition },
      strict,
    ),
  ),
})

export const writeVersion = ({ publishedAt, definition, ...version }: Version) => ({
  ...version,
  publishedAt: iso(publishedAt),
  definition: withoutSecrets(definition) as Definition & Static<typeof WireDefinition>,
})

const TriggerType = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    alsoCalled: Type.Array(Type.String()),
    about: Type.String(),
    record: nullable(Type.String()),
    filters: Type.Object({}, { description: 'A JSON schema' }),
  },
  strict,
)
const ActionType = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    about: Type.String(),
    branches: Type.Array(Type.String()),
    settings: Type.Object({}, { description: 'A JSON schema' }),
  },
  strict,
)
export const TriggersReply = Type.Object({ triggers: Type.Array(TriggerType) })
export const ActionsReply = Type.Object({ actions: Type.Array(ActionType) })
