import { DomainError, invalid } from '../../domain/errors.ts'
import type { EventType } from '../../domain/outbox.ts'
import type { Scope } from '../../domain/tokens/scopes.ts'

/** Contract 6.1 and 6.2: what receivers can hear of, by the scope that lets somebody see it (contract 1.5). */
const families = {
  'opportunities.readonly': [
    'OpportunityCreate',
    'OpportunityUpdate',
    'OpportunityDelete',
    'OpportunityStageUpdate',
    'OpportunityStatusUpdate',
    'OpportunityMonetaryValueUpdate',
    'OpportunityAssignedToUpdate',
  ],
  'contacts.readonly': [
    'ContactCreate',
    'ContactUpdate',
    'ContactDelete',
    'ContactTagUpdate',
    'ContactDndUpdate',
    'NoteCreate',
    'NoteUpdate',
    'NoteDelete',
    'TaskCreate',
    'TaskComplete',
    'TaskDelete',
  ],
  'users.readonly': ['UserCreate'],
  'locations.readonly': ['LocationUpdate'],
} as const satisfies Partial<Record<Scope, readonly EventType[]>>

export type TypeTold = (typeof families)[keyof typeof families][number]

/** Stands for every type there is, those of later versions too. */
export const every = '*'
export type Subscribed = TypeTold | typeof every

export const typesTold: readonly TypeTold[] = Object.values(families).flat()

export const isTold = (type: EventType): type is TypeTold => (typesTold as readonly EventType[]).includes(type)

/** The types that were asked for, each once and in the list's order; one word where it is all of them. */
export function readTypes(wanted: readonly string[]): Subscribed[] {
  if (wanted.length === 0) throw invalid('types should not be empty')
  const known: readonly string[] = [...typesTold, every]
  const unknown = [...new Set(wanted.filter((type) => !known.includes(type)))]
  if (unknown.length > 0) {
    throw invalid(
      ...unknown.map((type) => `types must not contain ${type.slice(0, 100)}, which is none of: ${known.join(', ')}`),
    )
  }
  return wanted.includes(every) ? [every] : typesTold.filter((type) => wanted.includes(type))
}

/** Nobody hears of what he may not see. */
export function requireScopes(types: readonly string[], scopes: ReadonlySet<string>): void {
  const unseen: readonly string[] = unseenBy(scopes)
  if (types.some((type) => (type === every ? unseen.length > 0 : unseen.includes(type)))) throw noScope()
}

/** The types that nobody with these scopes may see. */
export const unseenBy = (scopes: ReadonlySet<string>): TypeTold[] =>
  Object.entries(families).flatMap(([scope, types]) => (scopes.has(scope) ? [] : types))

export const noScope = () => new DomainError('unauthorized', 'The token is not authorized for this scope.')

/** Those of an event's types that the subscription is about, in the event's order. */
export const typesFor = (types: readonly Subscribed[], happened: readonly EventType[]): TypeTold[] =>
  happened.filter(isTold).filter((type) => types.includes(type) || types.includes(every))
