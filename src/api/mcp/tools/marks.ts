/** What a client may know of a tool before it lets a model call it: the hints of the protocol, by its own names. */
export interface Marks {
  readOnlyHint: boolean
  /** Whether a record, or a bond between two, may go. A value that is replaced is no loss: the history keeps it. */
  destructiveHint: boolean
  /** Whether asking once more, with the same arguments, changes nothing more. */
  idempotentHint: boolean
  /** Nothing that a tool touches lies outside of this server. */
  openWorldHint: false
}

const closed = { openWorldHint: false } as const
const write = { ...closed, readOnlyHint: false } as const

export const reads: Marks = { ...closed, readOnlyHint: true, destructiveHint: false, idempotentHint: true }
/** Makes one more each time. */
export const creates: Marks = { ...write, destructiveHint: false, idempotentHint: false }
/** Brings about what is asked for, and leaves it at that when it is there. */
export const sets: Marks = { ...write, destructiveHint: false, idempotentHint: true }
/** The same where something goes. */
export const removes: Marks = { ...write, destructiveHint: true, idempotentHint: true }
/** Takes the place of what was there with something new each time. */
export const replaces: Marks = { ...write, destructiveHint: true, idempotentHint: false }
