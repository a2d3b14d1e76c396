import type { Static } from '@sinclair/typebox'
import type { SamplesReply, TemplatesReply } from '../../src/api/console/hookWire.ts'
import type { RunsReply, StepRunsReply, StepsReply, StoryReply, TestReply } from '../../src/api/console/runWire.ts'
import type {
  ActionsReply,
  TriggersReply,
  VersionsReply,
  WholeReply,
  WorkflowReply,
  WorkflowsReply,
} from '../../src/api/console/workflowWire.ts'

/* What the server tells of workflows. */

export type ListedReply = Static<typeof WorkflowsReply>
export type Listed = ListedReply['workflows'][number]
export type OneReply = Static<typeof WorkflowReply>
export type Whole = Static<typeof WholeReply>
export type Workflow = Whole['workflow']
export type State = Workflow['state']
export type Versions = Static<typeof VersionsReply>
export type Version = Versions['versions'][number]
export type ActionType = Static<typeof ActionsReply>['actions'][number]
export type TriggerType = Static<typeof TriggersReply>['triggers'][number]

export type RunPage = Static<typeof RunsReply>
export type Run = RunPage['runs'][number]
export type RunState = Run['state']
export type Story = Static<typeof StoryReply>
export type StepEntry = Story['steps'][number]

export type StepCounts = Static<typeof StepsReply>
export type StepCount = StepCounts['steps'][number]
export type StepRunPage = Static<typeof StepRunsReply>
export type StepRun = StepRunPage['runs'][number]

export type Tested = Static<typeof TestReply>
export type Samples = Static<typeof SamplesReply>
export type Sample = Samples['samples'][number]
export type Template = Static<typeof TemplatesReply>['templates'][number]

/** In the order in which a person looks for them. */
export const runStates = [
  'failed',
  'retrying',
  'running',
  'waiting',
  'sending',
  'done',
  'stopped',
] as const satisfies RunState[]
