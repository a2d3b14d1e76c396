import type { Transaction } from '../../store/database.ts'
import type { Context } from '../context.ts'
import { append, type EventType } from '../outbox.ts'
import type { CustomField } from './customField.ts'
import * as customFields from './table.ts'
import * as customValues from './valueTable.ts'

/** The one door for writing a custom field: the row, its values when it goes, and the event. */
export async function record(ctx: Context, tx: Transaction, before: CustomField | null, after: CustomField | null) {
  if (before === after) return
  const field = (after ?? before) as CustomField
  if (!before) await customFields.insert(tx, field)
  else if (after) await customFields.update(tx, field)
  else await remove(tx, field)
  await append(ctx, tx, { types: [typeOf(before, after)], record: 'custom_field', recordId: field.id, before, after })
}

async function remove(tx: Transaction, { locationId, id }: CustomField) {
  await customFields.remove(tx, locationId, id)
  await customValues.removeField(tx, locationId, id)
}

function typeOf(before: CustomField | null, after: CustomField | null): EventType {
  if (!before) return 'CustomFieldCreate'
  return after ? 'CustomFieldUpdate' : 'CustomFieldDelete'
}
