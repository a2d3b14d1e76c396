import type { Transaction } from '../../store/database.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { append, type EventType } from '../outbox.ts'
import * as views from './table.ts'
import { change, draft, isSeenBy, most, type NewView, requireOwner, type View, type ViewChange } from './view.ts'

/** The caller's own views of a page and those that are shared, by name. */
export async function listViews({ store, caller }: Context, page?: string): Promise<View[]> {
  const found = await views.list(store, caller.locationId, caller.id)
  return found.filter((view) => page === undefined || view.page === page)
}

export const createView = (ctx: Context, wanted: NewView): Promise<View> =>
  commit(ctx, async (tx) => {
    const { locationId, id } = ctx.caller
    await tx.alone(`views ${locationId} ${id}`)
    const own = (await views.list(tx, locationId, id)).filter(({ ownerId }) => ownerId === id)
    if (own.length >= most.views) throw invalid(`views must contain no more than ${most.views} elements of one owner`)
    const view = draft(wanted, newId(), ctx.caller, ctx.now())
    await record(ctx, tx, null, view)
    return view
  })

export const updateView = (ctx: Context, id: string, wanted: ViewChange): Promise<View> =>
  commit(ctx, async (tx) => {
    const before = await findToChange(ctx, tx, id)
    const after = change(before, wanted, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })

export const deleteView = (ctx: Context, id: string): Promise<View> =>
  commit(ctx, async (tx) => {
    const before = await findToChange(ctx, tx, id)
    await record(ctx, tx, before, null)
    return before
  })

/** Somebody else's that is not shared is not there. */
async function findToChange({ caller }: Context, tx: Transaction, id: string): Promise<View> {
  const view = await views.findLocked(tx, caller.locationId, id)
  if (!view || !isSeenBy(caller, view)) throw notFound('View')
  requireOwner(caller, view)
  return view
}

/** The one door for writing: the view and its event. */
async function record(ctx: Context, tx: Transaction, before: View | null, after: View | null) {
  if (before === after) return
  if (before && after) await views.update(tx, after)
  else if (after) await views.insert(tx, after)
  else if (before) await views.remove(tx, before)
  const type: EventType = !before ? 'ViewCreate' : after ? 'ViewUpdate' : 'ViewDelete'
  await append(ctx, tx, { types: [type], record: 'view', recordId: (after ?? before)?.id ?? '', before, after })
}
