import { type Static, Type } from '@sinclair/typebox'
import type { CustomFieldValue, DescribedValue, ValueInput } from '../../domain/customFields/values.ts'
import { strict } from '../schemas.ts'

const Any = Type.Unknown({ description: 'A string, number, list or object, as the type of the field asks' })

const CustomFieldInput = Type.Object(
  {
    id: Type.Optional(Type.String({ examples: ['6dvNaf7VhkQ9snc5vnjJ'] })),
    key: Type.Optional(Type.String({ description: 'Instead of the id', examples: ['my_custom_field'] })),
    field_value: Type.Optional(Any),
    fieldValue: Type.Optional(Any),
    value: Type.Optional(Any),
  },
  strict,
)

export const CustomFieldInputs = Type.Array(CustomFieldInput, { maxItems: 200 })

/** What v2 and v3 call the value; contacts answer it as `value`, and clients send back what they read. */
export function readValueInputs(list: Static<typeof CustomFieldInputs>): ValueInput[] {
  return list.map(({ id, key, field_value, fieldValue, value }) => ({
    ...(id === undefined ? {} : { id }),
    ...(key === undefined ? {} : { key }),
    value: [field_value, fieldValue, value].find((sent) => sent !== undefined),
  }))
}

export const OpportunityValue = Type.Object({
  id: Type.String(),
  key: Type.String(),
  fieldKey: Type.String(),
  name: Type.String(),
  type: Type.String({ examples: ['TEXT'] }),
  fieldValue: Any,
  fieldValueString: Type.Optional(Type.String()),
  fieldValueNumber: Type.Optional(Type.Number()),
  fieldValueArray: Type.Optional(Type.Array(Type.Unknown())),
  fieldValueDate: Type.Optional(Type.String()),
  fieldValueObject: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

/** Every surface of the original has its own key for a value; here each value has them all. */
export function writeOpportunityValues(described: DescribedValue[]): Static<typeof OpportunityValue>[] {
  return described.map(({ value, ...field }) => ({ ...field, fieldValue: value, [aliasOf(field.type, value)]: value }))
}

export const ContactValue = Type.Object({ id: Type.String(), value: Any })

export function writeContactValues(values: CustomFieldValue[]): Static<typeof ContactValue>[] {
  return values.map(({ id, value }) => ({ id, value }))
}

function aliasOf(type: DescribedValue['type'], value: unknown): string {
  if (Array.isArray(value)) return 'fieldValueArray'
  if (typeof value === 'object') return 'fieldValueObject'
  if (typeof value === 'number') return 'fieldValueNumber'
  return type === 'DATE' ? 'fieldValueDate' : 'fieldValueString'
}
