import { creates, reads, removes, replaces, sets } from './marks.ts'
import type { ToolTable } from './tool.ts'

const opportunity = { names: { id: 'opportunityId' }, about: { opportunityId: 'The opportunity to work on' } }
const pipeline = { names: { id: 'pipelineId' }, about: { pipelineId: 'The pipeline to work on' } }
const lostReason = { names: { id: 'lostReasonId' }, about: { lostReasonId: 'The lost reason to work on' } }

const cursor = {
  startAfter: '`meta.startAfter` of the page before; with startAfterId',
  startAfterId: '`meta.startAfterId` of the page before; with startAfter',
}

/** Opportunities, pipelines and lost reasons, by the vendor's own operation ids. */
export const opportunityTools: ToolTable = {
  ghl_search_opportunities: {
    row: 'search-opportunity',
    names: { id: 'opportunityId' },
    omit: ['campaignId', 'getCalendarEvents'],
    marks: reads,
    description:
      'Find opportunities (deals) by pipeline, stage, status, contact, assignee, dates or text, newest first. ' +
      '`meta.total` counts all that match, so a limit of 1 is enough to count.',
    about: {
      pipelineId: 'Only in this pipeline',
      pipelineStageId: 'Only in this stage',
      contactId: 'Only of this contact',
      assignedTo: "Only assigned to this user's id",
      status: 'Only with this status; all unless given',
      order: 'added_desc unless given',
      opportunityId: 'Only this opportunity',
      page: 'From 1; startAfter and startAfterId win',
      getTasks: 'Answer the tasks of each contact too',
      getNotes: 'Answer the notes of each contact too',
      ...cursor,
    },
  },
  ghl_filter_opportunities: {
    row: 'search-opportunities-advanced',
    marks: reads,
    description:
      'Find opportunities with filters that ghl_search_opportunities does not have: groups of AND and OR, ranges of values ' +
      'and dates, custom fields, lost reasons, several sort keys. ' +
      'Example: filters [{"field":"monetary_value","operator":"range","value":{"gte":1000}}].',
    about: {
      filters:
        'A list of {field, operator, value} and of {group: "AND" or "OR", filters}. Operators: eq, not_eq, contains, ' +
        'not_contains, exists, not_exists, range with {gte, lte, gt, lt}. Fields: id, name, status, pipeline_id, ' +
        'pipeline_stage_id, contact_id, assigned_to, lost_reason_id, source, monetary_value, followers, contact_name, ' +
        'company_name, email, phone, date_added, date_updated, last_status_change_date, last_stage_change_date, ' +
        'forecast_expected_close_date, reached_stage_id, custom_fields.<id>',
      query: 'Part of a name, e-mail, phone or company',
      searchAfter: '`sort` of the last opportunity of the page before',
      additionalDetails: 'What else to answer of each opportunity',
    },
  },
  ghl_get_opportunity: {
    ...opportunity,
    row: 'get-opportunity',
    marks: reads,
    description: 'Get one opportunity with its contact, notes, tasks, followers and custom fields.',
  },
  ghl_create_opportunity: {
    row: 'create-opportunity',
    marks: creates,
    description:
      'Create an opportunity (deal) for a contact in a pipeline. Without pipelineStageId it begins in the first stage. ' +
      'ghl_list_pipelines has the ids of pipelines and stages, ghl_search_contacts those of contacts.',
  },
  ghl_update_opportunity: {
    ...opportunity,
    row: 'update-opportunity',
    marks: sets,
    description: 'Change any fields of an opportunity; those that are left out stay as they are.',
  },
  ghl_update_opportunity_stage: {
    row: 'update-opportunity',
    title: 'Move an opportunity to another stage',
    names: { id: 'opportunityId' },
    body: { pipelineStageId: 'required', pipelineId: 'optional', status: 'optional' },
    marks: sets,
    description:
      'Move an opportunity to a different pipeline stage. ghl_list_pipelines has the ids of the stages. ' +
      'A move into another pipeline names pipelineId too; a deal is won or lost by its status, not by its stage.',
    about: {
      opportunityId: 'The opportunity to move',
      pipelineStageId: 'The stage to move it to',
      pipelineId: "The stage's pipeline, if it is not the one the opportunity is in",
      status: 'Set with the move; unchanged unless given',
    },
  },
  ghl_update_opportunity_status: {
    ...opportunity,
    row: 'update-opportunity-status',
    marks: sets,
    description:
      'Mark an opportunity won, lost or abandoned, or open again, perhaps moving it to a stage in the same step. ' +
      'lostReasonId goes with lost alone; ghl_list_lost_reasons has the ids.',
  },
  ghl_upsert_opportunity: {
    ...opportunity,
    row: 'upsert-opportunity',
    marks: sets,
    description:
      "Update the contact's opportunity in a pipeline, or create it when there is none. " +
      'Answers `new`, which says what happened. Needs contactId or opportunityId.',
    about: { opportunityId: 'Update this opportunity, whichever contact it has' },
  },
  ghl_delete_opportunity: {
    ...opportunity,
    row: 'delete-opportunity',
    marks: removes,
    description: 'Delete an opportunity. Its contact stays. To close a deal, set its status instead.',
  },
  ghl_add_opportunity_followers: {
    ...opportunity,
    row: 'add-followers-opportunity',
    marks: sets,
    description: 'Let users follow an opportunity. ghl_list_users has their ids.',
  },
  ghl_remove_opportunity_followers: {
    ...opportunity,
    row: 'remove-followers-opportunity',
    marks: removes,
    description: 'Let users no longer follow an opportunity: those named, or all with isRemoveAllFollowers.',
  },

  ghl_list_pipelines: {
    row: 'get-pipelines',
    marks: reads,
    description: 'List all pipelines with their stages, in order, and the ids of both.',
  },
  ghl_get_pipeline: {
    ...pipeline,
    row: 'get-pipeline',
    marks: reads,
    description: 'Get one pipeline with its stages.',
  },
  ghl_create_pipeline: {
    row: 'create-pipeline',
    marks: creates,
    description: 'Create a pipeline with its stages, in the order given.',
  },
  ghl_update_pipeline: {
    ...pipeline,
    row: 'update-pipeline',
    marks: replaces,
    description:
      'Rename a pipeline or change its stages. `stages` is the whole list: give each stage that stays with its id. ' +
      'One that is left out is deleted, and its opportunities move to the first stage that stays.',
  },
  ghl_delete_pipeline: {
    ...pipeline,
    row: 'delete-pipeline',
    marks: removes,
    description: 'Delete a pipeline and every opportunity in it. dryRun first.',
  },

  ghl_list_lost_reasons: {
    row: 'get-lost-reason',
    omit: ['getCount'],
    marks: reads,
    description: 'List the reasons that a lost opportunity may be given, with their ids.',
    about: {
      name: 'Only the one with exactly this name',
      query: 'Only those with this in their name',
      deleted: 'Those that were deleted, instead',
    },
  },
  ghl_create_lost_reason: {
    row: 'create-lost-reason',
    marks: creates,
    description: 'Create a lost reason.',
  },
  ghl_update_lost_reason: {
    ...lostReason,
    row: 'update-lost-reason',
    marks: sets,
    description: 'Rename a lost reason, on the opportunities that have it too.',
  },
  ghl_delete_lost_reason: {
    ...lostReason,
    row: 'delete-lost-reason',
    marks: removes,
    description: 'Delete a lost reason; opportunities that have it keep it.',
  },
}
