import type { Caller } from '../context.ts'
import { DomainError, invalid } from '../errors.ts'

/** What somebody keeps of a page of the web app: its filters, its order, its columns. Times are epoch milliseconds. */
export interface View {
  id: string
  locationId: string
  /** The page, such as `board`. */
  page: string
  name: string
  /** Who made it: a user's id, or a token's. */
  ownerId: string
  /** Whether everybody in the location sees it. */
  isShared: boolean
  /** Only the web app knows what stands in it. */
  settings: Record<string, unknown>
  createdAt: number
  updatedAt: number
}

export type NewView = Pick<View, 'page' | 'name'> & Partial<Pick<View, 'settings' | 'isShared'>>
export type ViewChange = Partial<Pick<View, 'name' | 'settings' | 'isShared'>>

/** Settings as JSON, in bytes; views that one owner has. */
export const most = { settings: 10_000, views: 200 }

export function draft(wanted: NewView, id: string, { locationId, id: ownerId }: Caller, now: number): View {
  const blank = { settings: {}, isShared: false }
  return checked({ id, locationId, ownerId, ...blank, ...wanted, createdAt: now, updatedAt: now })
}

/** The view after a change; the same object when nothing differs. */
export function change(before: View, wanted: ViewChange, now: number): View {
  const after = checked({ ...before, ...wanted })
  return JSON.stringify(after) === JSON.stringify(before) ? before : { ...after, updatedAt: now }
}

function checked(view: View): View {
  const size = Buffer.byteLength(JSON.stringify(view.settings))
  if (size > most.settings) throw invalid(`settings must not be longer than ${most.settings} bytes as JSON`)
  return { ...view, name: view.name.trim() }
}

export const isSeenBy = ({ id }: Caller, view: View): boolean => view.isShared || view.ownerId === id

/** A shared view is changed by whoever made it, and by those who may change the location. */
export function requireOwner({ id, scopes }: Caller, view: View): void {
  if (view.ownerId !== id && !scopes.has('locations.write'))
    throw new DomainError('forbidden', 'Only who made a view, or an admin, can change it.')
}
