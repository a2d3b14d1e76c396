import type { Context } from '../../domain/context.ts'
import { DomainError, Unavailable } from '../../domain/errors.ts'
import { getOpportunity } from '../../domain/opportunities/queries.ts'
import { searchLostReasons } from '../../domain/pipelines/lostReasons.ts'
import type { Pipeline } from '../../domain/pipelines/pipeline.ts'
import { listPipelines } from '../../domain/pipelines/queries.ts'
import type { Tool } from './tools/tool.ts'

/** What went wrong with which call. */
interface Failed {
  tool: Tool
  args: Record<string, unknown>
  ctx: Context
}

/**
 * An error in words a model can act on: what the API says, which argument it is about, and what would be right. What is
 * looked up for that is only what the token may see. Undefined where the error is our own fault.
 */
export async function explain(error: unknown, failed: Failed): Promise<string | undefined> {
  if (error instanceof Unavailable) return `${error.message}.`
  if (!(error instanceof DomainError)) return undefined
  const advice = await adviceFor(error, failed).catch(() => undefined)
  return [said(error, failed.tool), advice].filter(Boolean).join('\n')
}

/** The API's own words, with the names that the arguments have here. */
function said({ message, details }: DomainError, { slots }: Tool): string {
  const renamed = [...slots].filter(([argument, { name }]) => argument !== name)
  const lines = (details.issues ?? [message]).map((line) =>
    renamed.reduce((text, [argument, { name }]) => text.replace(new RegExp(`^${name}\\b`), argument), line),
  )
  return lines.join('\n')
}

async function adviceFor(error: DomainError, failed: Failed): Promise<string | undefined> {
  const { code, details } = error
  if (code === 'unauthorized') return aboutScope(failed)
  if (details.issues) return aboutIssues(details.issues, failed)
  if (details.meta?.contactId) return aboutTwin(details.meta)
  return byName[details.name ?? '']?.(failed, details.meta ?? {})
}

function aboutScope({ tool, ctx }: Failed): string {
  const scopes = [...ctx.caller.scopes].join(', ') || 'none'
  return `${tool.name} needs the scope ${tool.row.scope}. The token has: ${scopes}. Ask for a token that may do more.`
}

/** Where to find what would be right, by the field that is wrong. */
const sources: [RegExp, string][] = [
  [/^(assignedTo|followers|userId)\b.*invalid/, 'ghl_list_users has the ids of users.'],
  [/^customFields\b.*(invalid|must)/, 'ghl_list_custom_fields has the ids and keys of custom fields.'],
  [/^stages\.\d+\.id is invalid/, 'ghl_get_pipeline has the ids of its stages; a new stage has none.'],
  [/^lostReasonId is only/, 'Give status lost with it.'],
]

function aboutIssues(issues: string[], { tool }: Failed): string | undefined {
  const found = sources.filter(([pattern]) => issues.some((issue) => pattern.test(issue))).map(([, source]) => source)
  const unknown = issues.filter((issue) => issue.startsWith('property '))
  if (unknown.some((issue) => /^property location_?id /i.test(issue)))
    found.push("The location is always the token's own.")
  const known = Object.keys(tool.listed.inputSchema.properties)
  if (unknown.length > 0)
    found.push(`${tool.name} takes${known.length > 0 ? `: ${known.join(', ')}` : ' no arguments'}.`)
  return found.join('\n')
}

function aboutTwin({ contactId, matchingField }: Record<string, unknown>): string {
  return `The contact ${contactId} has this ${matchingField ?? 'identity'} already: change that one with ghl_update_contact.`
}

type Adviser = (failed: Failed, meta: Record<string, unknown>) => string | Promise<string>

const byName: Record<string, Adviser> = {
  OPPORTUNITY_NOT_FOUND: ({ args }) =>
    `There is no opportunity ${show(args.opportunityId)} in this location. ghl_search_opportunities finds them.`,
  OPPORTUNITY_NO_DUPLICATE: (_, { existingId }) =>
    `The contact has the opportunity ${show(existingId)} in this pipeline already: change that one with ghl_update_opportunity.`,
  CONTACT_NOT_FOUND: ({ args }) =>
    `There is no contact ${show(args.contactId)} in this location. ghl_list_contacts finds them by name, e-mail or phone.`,
  NOTE_NOT_FOUND: ({ args }) =>
    `The contact ${show(args.contactId)} has no note ${show(args.noteId)}. ghl_list_notes has the ids.`,
  TASK_NOT_FOUND: ({ args }) =>
    `The contact ${show(args.contactId)} has no task ${show(args.taskId)}. ghl_list_tasks has the ids.`,
  TAG_NOT_FOUND: ({ args }) => `There is no tag ${show(args.tagId)} in this location. ghl_list_tags has the ids.`,
  LOST_REASON_NOT_FOUND: async ({ args, ctx }) => {
    const known = `There is no lost reason ${show(args.lostReasonId)} in this location.`
    if (!maySee(ctx)) return `${known} ghl_list_lost_reasons has the ids.`
    const { lostReasons } = await searchLostReasons(ctx, { deleted: false, skip: 0, limit: 100 })
    return lostReasons.length > 0
      ? `${known} There are:\n${listed(lostReasons)}`
      : `${known} There is none yet; ghl_create_lost_reason makes one.`
  },
  PIPELINE_NOT_FOUND: async ({ args, ctx }) => {
    const known = `There is no pipeline ${show(args.pipelineId)} in this location.`
    if (!maySee(ctx)) return `${known} ghl_list_pipelines has the ids.`
    return `${known} There are:\n${listed(await listPipelines(ctx))}`
  },
  PIPELINE_STAGE_NOT_FOUND: async ({ args, ctx }) => {
    const known = `pipelineStageId ${show(args.pipelineStageId)} is no stage of the pipeline.`
    if (!maySee(ctx)) return `${known} ghl_list_pipelines has the ids.`
    const pipelineId = args.pipelineId ?? (await getOpportunity(ctx, String(args.opportunityId))).pipelineId
    return aboutStages(await listPipelines(ctx), pipelineId, args.pipelineStageId)
  },
}

/** The stages there are, and where the one that was given belongs. */
function aboutStages(pipelines: Pipeline[], pipelineId: unknown, stageId: unknown): string {
  const pipeline = pipelines.find(({ id }) => id === pipelineId)
  const owner = pipelines.find(({ stages }) => stages.some(({ id }) => id === stageId))
  const elsewhere = owner && `It is a stage of ${nameOf(owner)}: to move there, give that pipelineId too.`
  const known = `pipelineStageId ${show(stageId)} is no stage of the pipeline`
  if (!pipeline) return [`${known}.`, elsewhere].filter(Boolean).join('\n')
  const stages = `${known} ${nameOf(pipeline)}. Its stages:\n${listed(pipeline.stages)}`
  return [stages, elsewhere].filter(Boolean).join('\n')
}

const maySee = ({ caller }: Context) => caller.scopes.has('opportunities.readonly')
/** As it was given, though no longer than an id could be. */
const show = (value: unknown) => (JSON.stringify(value) ?? 'without an id').slice(0, 260)
const nameOf = ({ name, id }: { name: string; id: string }) => `${JSON.stringify(name)} (${id})`
const listed = (records: { name: string; id: string }[]) => records.map((one) => `- ${one.name}: ${one.id}`).join('\n')
