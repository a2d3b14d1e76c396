import type { Event, EventType } from '../domain/outbox.ts'

/** An event as dispatch hands it on: one change of one record, whole on both sides. */
export interface Happened {
  locationId: string
  /** Grows with every change of a location; the changes of one record are in its order. */
  seq: number
  types: EventType[]
  record: Event['record']
  recordId: string
  version: number
  before: unknown
  after: unknown
  callerKind: string
  callerId: string
  /** The run of a workflow that caused it. */
  runId: string | null
  /** How many runs stand between this and somebody's own doing. */
  depth: number
  at: number
}
