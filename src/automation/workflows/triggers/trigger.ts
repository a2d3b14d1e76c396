import type { Static, TObject } from '@sinclair/typebox'
import type { EventType } from '../../../domain/outbox.ts'

/** A change, as triggers look at it. */
export interface Change<Row> {
  /** Null where it began with this. */
  before: Row | null
  after: Row
  /** The tags that the contact had when it happened. */
  tags: () => Promise<string[]>
}

/** What starts a workflow: one event of one kind of record, narrowed by filters. */
export interface Trigger<Filters extends TObject = TObject, Row = unknown> {
  /** As the original calls it inside. */
  type: string
  /** As people call it. */
  title: string
  /** Other names for the very same. */
  alsoCalled: string[]
  /** What else people look for who mean it. */
  lookedForAs?: string[]
  about: string
  record: 'opportunity' | 'contact' | null
  /** The events that may start it; none where time or the world outside does. */
  on: EventType[]
  filters: Filters
  /** Further rules that the filters must keep; sentences without the path, the filter first. */
  check?(filters: Static<Filters>): string[]
  matches(filters: Static<Filters>, change: Change<Row>): boolean | Promise<boolean>
  /** What merge fields can say of it, besides what changed. */
  tell?(filters: Static<Filters>, change: Change<Row>): Record<string, unknown>
}

/** Types a trigger by its own filters. */
export const trigger = <Filters extends TObject, Row>(row: Trigger<Filters, Row>): Trigger => row as unknown as Trigger
