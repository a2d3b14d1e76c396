import { type Static, Type } from '@sinclair/typebox'
import {
  type CustomField,
  type CustomFieldChange,
  dataTypes,
  type NewCustomField,
} from '../../../domain/customFields/customField.ts'
import { iso, oneOf, strict } from '../../schemas.ts'

const DataTypes = oneOf(dataTypes, { examples: ['TEXT'] })
const Model = oneOf(['contact', 'opportunity'])
const Strings = Type.Array(Type.String())
const Box = Type.Object(
  { id: Type.Optional(Type.String()), label: Type.Optional(Type.String()), prefillValue: Type.Optional(Type.String()) },
  strict,
)

export const ListQuery = Type.Object({
  model: Type.Optional(oneOf(['contact', 'opportunity', 'all'])),
})

/** What creation and update share; after the blank line, what the reply calls the same and clients send back. */
const settings = {
  placeholder: Type.Optional(Type.String()),
  acceptedFormat: Type.Optional(Strings),
  isMultipleFile: Type.Optional(Type.Boolean()),
  maxNumberOfFiles: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e9 })),
  textBoxListOptions: Type.Optional(Type.Array(Box, { maxItems: 500 })),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9 })),
  model: Type.Optional(Model),
  locationId: Type.Optional(Type.String()),

  options: Type.Optional(Strings),
  picklistOptions: Type.Optional(Strings),
  picklistImageOptions: Type.Optional(Strings),
  isAllowedCustomOption: Type.Optional(Type.Boolean()),
  isMultiFileAllowed: Type.Optional(Type.Boolean()),
  maxFileLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e9 })),
}

const Name = Type.String({ minLength: 1, maxLength: 255, examples: ['Custom Field'] })

export const CreateBody = Type.Object({ name: Name, dataType: DataTypes, ...settings }, strict)

export const UpdateBody = Type.Object({ name: Type.Optional(Name), ...settings }, strict)

export function readChange(body: Static<typeof UpdateBody>): CustomFieldChange {
  const { isMultipleFile, maxNumberOfFiles, options, locationId: _, ...change } = body
  return {
    ...(isMultipleFile !== undefined && { isMultiFileAllowed: isMultipleFile }),
    ...(maxNumberOfFiles !== undefined && { maxFileLimit: maxNumberOfFiles }),
    ...(options !== undefined && { picklistOptions: options }),
    ...change,
  }
}

export function readNew({ dataType, name, ...body }: Static<typeof CreateBody>): NewCustomField {
  return { ...readChange(body), name, dataType }
}

const WireField = Type.Object({
  id: Type.String(),
  name: Type.String(),
  fieldKey: Type.String({ examples: ['contact.pincode'] }),
  placeholder: Type.String(),
  dataType: DataTypes,
  position: Type.Number(),
  picklistOptions: Strings,
  picklistImageOptions: Strings,
  textBoxListOptions: Type.Array(Box),
  acceptedFormat: Strings,
  isAllowedCustomOption: Type.Boolean(),
  isMultiFileAllowed: Type.Boolean(),
  maxFileLimit: Type.Optional(Type.Number()),
  locationId: Type.String(),
  model: Model,
  dateAdded: Type.String(),
})

export const FieldReply = Type.Object({ customField: WireField })
export const FieldsReply = Type.Object({ customFields: Type.Array(WireField) })

export const writeField = (field: CustomField) => ({ customField: write(field) })

export const writeFields = (fields: CustomField[]) => ({ customFields: fields.map(write) })

function write(field: CustomField): Static<typeof WireField> {
  const { createdAt, updatedAt: _, maxFileLimit, ...rest } = field
  const limit = maxFileLimit === null ? {} : { maxFileLimit }
  return { ...rest, ...limit, dateAdded: iso(createdAt) }
}
