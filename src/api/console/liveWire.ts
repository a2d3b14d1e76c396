import { contactOf, type Heard } from '../../domain/history/hearing.ts'
import type { Kept } from '../../domain/history/table.ts'
import { iso } from '../schemas.ts'

/** Where a deal stands on a board. */
export interface Place {
  pipelineId: string
  pipelineStageId: string
  status: string
}

/** What is told of a change; the data of `event: change`. */
export interface Change {
  /** Names the change: who hears of it twice knows it by this. */
  seq: number
  types: string[]
  record: string
  recordId: string
  /** Whose note, task or opportunity it is. */
  contactId?: string
  at: string
  callerKind: string
  callerId: string
  /** Where it stands, or stood last; with `before` where it came from, if it moved. */
  opportunity?: Place & { before?: Place }
}

/** Written once for all who hear the same. */
const frames = new WeakMap<Kept, string>()

export function writeChange({ event, isTaken }: Heard): string {
  if (isTaken) return frame(event, event.before)
  const known = frames.get(event)
  if (known) return known
  const written = frame(event, event.after ?? event.before)
  frames.set(event, written)
  return written
}

/** Too much has happened to be told: whoever hears this looks at everything anew. */
export const writeReset = (tip: number): string => `event: reset\nid: ${tip}\ndata: {}\n\n`

/** Keeps the connection from looking idle, and says how far it has come; no event for whoever hears it. */
export const writeBeat = (tip: number): string => `: still here\nid: ${tip}\n\n`

/** The beginning: how long to wait before coming again, in ms. */
export const writeHello = (tip: number): string => `retry: 1000\nid: ${tip}\n\n`

function frame(event: Kept, side: Kept['after']): string {
  const { seq, types, record, recordId, at, callerKind, callerId } = event
  const contactId = contactOf({ ...event, after: side })
  const change: Change = {
    seq,
    types,
    record,
    recordId,
    ...(contactId !== null && { contactId }),
    at: iso(at),
    callerKind,
    callerId,
    ...(record === 'opportunity' && side && { opportunity: placing(event, side) }),
  }
  return `event: change\nid: ${seq}\ndata: ${JSON.stringify(change)}\n\n`
}

function placing({ before, after }: Kept, side: NonNullable<Kept['after']>): Place & { before?: Place } {
  const [was, is] = [before && placeOf(before), placeOf(side)]
  const isMoved = was && after && JSON.stringify(was) !== JSON.stringify(is)
  return { ...is, ...(isMoved && { before: was }) }
}

const placeOf = (side: Record<string, unknown>) => {
  const { pipelineId, pipelineStageId, status } = side as unknown as Place
  return { pipelineId, pipelineStageId, status }
}
