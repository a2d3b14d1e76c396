/** `delivered`: answered with 2xx. `failed`: given up. */
export const deliveryStates = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Names a webhook's line; deliveries are sent along it. */
export interface LineKey {
  locationId: string
  webhookId: string
}

/** One event on its way to one webhook. Times are epoch milliseconds. */
export interface Delivery extends LineKey {
  /** `webhookId` on the wire (contract 6), the same in each attempt: what receivers know a repetition by. */
  id: string
  eventSeq: number
  type: string
  /** What comes first of what happened to a record. */
  place: number
  record: string
  recordId: string
  /** What is sent, to the byte. */
  body: string
  state: DeliveryState
  /** When it is sent next; null where it is not waiting, or waits behind another one about its record. */
  dueAt: number | null
  /** How often it has been sent since it was last put in line. */
  tries: number
  createdAt: number
  settledAt: number | null
}

/** A delivery as it is told of. */
export interface ToldDelivery extends Delivery {
  /** How often it has been sent at all. */
  attempts: number
}

/** One HTTP request, and what came of it. */
export interface Attempt {
  at: number
  /** How long it took, in milliseconds. */
  ms: number
  /** Null where nobody answered. */
  status: number | null
  /** Why there was no answer, or why it is not good enough; null where it is. */
  error: string | null
  /** The beginning of what was answered. */
  response: string | null
}

/** How the deliveries of a webhook stand. */
export interface Line extends LineKey {
  dueAt: number | null
  /** Which process has it, and until when. */
  claim: string | null
  claimedUntil: number
  /** Attempts that failed since one was answered well. */
  failures: number
  failingSince: number | null
  /** While the receiver fails, nothing is sent before this. */
  openAt: number
  waiting: number
  delivered: number
  failed: number
  /** Set once the webhook is gone, and its deliveries are being cleared away. */
  endedAt: number | null
}

export const lineOf = ({ locationId, id }: { locationId: string; id: string }): LineKey => ({
  locationId,
  webhookId: id,
})
