import type { Static, TObject } from '@sinclair/typebox'
import type { Context } from '../../../domain/context.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Transaction } from '../../../store/database.ts'
import type { View } from '../merge/view.ts'
import type { OutgoingRequest, Run } from '../runs/run.ts'

/** What an action works with. Everything it changes is kept together with the entry in the log, or not at all. */
export interface Work {
  /** Whose transactions are all part of this step's own. */
  ctx: Context
  tx: Transaction
  run: Run
  workflow: { id: string; name: string }
  /** What merge fields and conditions speak of, as it is now. */
  view: () => Promise<View>
}

/** How a step ended, and where the run goes on; behind the step unless something else is said. */
export interface Outcome {
  /** For the log. */
  result?: unknown
  /** Nothing was to be done. */
  isSkipped?: boolean
  /** Which of the action's branches. */
  branch?: string
  /** Whom the run is about from here on. */
  about?: Partial<Pick<Run, 'contactId' | 'opportunityId'>>
  /** Goes on at this time. */
  until?: number
  /** Looks again at this very step: when something changes, and at this time for the last time. */
  deadline?: number
  /** Goes on once the world has answered. */
  request?: OutgoingRequest
  /** Ends here. */
  isEnd?: boolean
}

/** One thing that a workflow does. */
export interface Action<Settings extends TObject = TObject> {
  /** As the original calls it inside, where it has it. */
  type: string
  title: string
  about: string
  settings: Settings
  branches?: readonly string[]
  /** Further rules that the settings must keep; sentences without the path, the setting first. */
  check?(settings: Static<Settings>): string[]
  /**
   * Takes what the settings are written to, so that they are filled in from what nobody else changes meanwhile: two steps
   * at once that each add to a field both do. For actions that write what they may read.
   */
  hold?(work: Work, settings: Static<Settings>): Promise<void>
  run(work: Work, settings: Static<Settings>): Promise<Outcome>
}

/** The settings that are HTML; all others are text. */
export const htmlSettingsOf = ({ settings: { properties } }: Action): string[] =>
  Object.keys(properties).filter((name) => properties[name]?.contentMediaType === 'text/html')

/** Types an action by its own settings. */
export const action = <Settings extends TObject>(row: Action<Settings>): Action => row as unknown as Action

export function requireOpportunity({ opportunityId }: Run): string {
  if (opportunityId) return opportunityId
  throw new DomainError('mismatch', 'The run has no opportunity: find or create one in a step before.')
}

export function requireContact({ contactId }: Run): string {
  if (contactId) return contactId
  throw new DomainError('mismatch', 'The run has no contact.')
}

/** The members that are there. */
export const given = <T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
