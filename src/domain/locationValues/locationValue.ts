import { freeKey, snake } from '../customFields/customField.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'

/** A text of the location's own, such as its opening hours, for templates. "Custom value" in the original. */
export interface LocationValue {
  id: string
  locationId: string
  name: string
  /** `custom_values.snake_name`; given once, a rename keeps it. */
  fieldKey: string
  value: string
  createdAt: number
  updatedAt: number
}

export type LocationValueChange = Partial<Pick<LocationValue, 'name' | 'value'>>
export type NewLocationValue = Pick<LocationValue, 'name' | 'value'>

/** A new value; `taken` are the keys that its location uses already. */
export function draft(
  wanted: NewLocationValue,
  locationId: string,
  taken: ReadonlySet<string>,
  now: number,
): LocationValue {
  const fieldKey = freeKey(`custom_values.${snake(wanted.name)}`, taken)
  const blank = { id: newId(), locationId, name: '', fieldKey, value: '', createdAt: now, updatedAt: now }
  return change(blank, wanted, now)
}

/** The value after a change; the same object when nothing differs. */
export function change(before: LocationValue, wanted: LocationValueChange, now: number): LocationValue {
  const after = { ...before, name: wanted.name?.trim() ?? before.name, value: wanted.value ?? before.value }
  if (!after.name) throw invalid('name should not be empty')
  if (after.name === before.name && after.value === before.value) return before
  return { ...after, updatedAt: now }
}
