import type { Context, Store } from '../../../../domain/context.ts'
import { allScopes } from '../../../../domain/tokens/scopes.ts'
import type { Transaction } from '../../../../store/database.ts'
import type { Run } from '../run.ts'

/** What a step needs of the house. */
export interface Given {
  store: Store
  now: () => number
}

/**
 * The context in which a step gives its commands: each joins the step's own transaction, so that what they change, the
 * entry in the log and the run's new place are kept together. Whoever is to be woken is woken behind it.
 */
export function contextWithin({ store, now }: Given, tx: Transaction, run: Run): Context {
  const { locationId, id, depth } = run
  const joined: Store = {
    ...store,
    all: (statement) => tx.all(statement),
    one: (statement) => tx.one(statement),
    transaction: (work) => work(tx),
    write: (statement) => tx.one(statement),
    announce: () => {},
  }
  return {
    store: joined,
    caller: { locationId, kind: 'run', id, scopes: new Set<string>(allScopes) },
    now,
    wake: () => {},
    cause: { runId: id, depth: depth + 1 },
  }
}
