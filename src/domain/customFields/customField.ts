import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { fold } from '../text.ts'

export type FieldModel = 'contact' | 'opportunity'

export const dataTypes = [
  'TEXT',
  'LARGE_TEXT',
  'NUMERICAL',
  'PHONE',
  'MONETORY', // sic
  'CHECKBOX',
  'SINGLE_OPTIONS',
  'MULTIPLE_OPTIONS',
  'DATE',
  'TEXTBOX_LIST',
  'FILE_UPLOAD',
  'RADIO',
  'EMAIL',
  'SIGNATURE',
] as const

export type DataType = (typeof dataTypes)[number]

/** One of the boxes of a TEXTBOX_LIST; its id is the key under which a value stands. */
export interface TextBox {
  id: string
  label: string
  prefillValue: string
}

/** What a location asks about its contacts or opportunities beyond what everybody asks. */
export interface CustomField {
  id: string
  locationId: string
  model: FieldModel
  name: string
  /** `opportunity.snake_name`; given once, a rename keeps it. */
  fieldKey: string
  dataType: DataType
  placeholder: string
  position: number
  picklistOptions: string[]
  picklistImageOptions: string[]
  textBoxListOptions: TextBox[]
  acceptedFormat: string[]
  isAllowedCustomOption: boolean
  isMultiFileAllowed: boolean
  maxFileLimit: number | null
  createdAt: number
  updatedAt: number
}

type Choices = 'picklistOptions' | 'picklistImageOptions' | 'acceptedFormat' | 'isAllowedCustomOption'
type Files = 'isMultiFileAllowed' | 'maxFileLimit'

export interface CustomFieldChange
  extends Partial<Pick<CustomField, 'name' | 'placeholder' | 'position' | Choices | Files>> {
  /** Only to say it again: a field stays with its model. */
  model?: FieldModel
  textBoxListOptions?: Partial<TextBox>[]
}

export interface NewCustomField extends CustomFieldChange {
  name: string
  dataType: DataType
}

/** A new field; `taken` are the keys that its location uses already. */
export function draft(
  wanted: NewCustomField,
  locationId: string,
  taken: ReadonlySet<string>,
  now: number,
): CustomField {
  const model = wanted.model ?? 'contact'
  const blank: CustomField = {
    id: newId(),
    locationId,
    model,
    name: '',
    fieldKey: freeKey(`${model}.${snake(wanted.name)}`, taken),
    dataType: wanted.dataType,
    placeholder: '',
    position: 0,
    picklistOptions: [],
    picklistImageOptions: [],
    textBoxListOptions: [],
    acceptedFormat: [],
    isAllowedCustomOption: false,
    isMultiFileAllowed: false,
    maxFileLimit: null,
    createdAt: now,
    updatedAt: now,
  }
  return change(blank, wanted, now)
}

/** The field after a change; the same object when nothing differs. */
export function change(before: CustomField, wanted: CustomFieldChange, now: number): CustomField {
  const { model, textBoxListOptions, ...rest } = wanted
  if (model && model !== before.model) throw invalid('model can not be changed')

  const { fieldKey, dataType } = before
  const after = { ...before, ...boxes(before, textBoxListOptions), ...rest, fieldKey, dataType }
  after.name = after.name.trim()
  if (!after.name) throw invalid('name should not be empty')
  return JSON.stringify(after) === JSON.stringify(before) ? before : { ...after, updatedAt: now }
}

/** Boxes sent for a field that is chosen from are its options. */
function boxes(before: CustomField, wanted: Partial<TextBox>[] | undefined): Partial<CustomField> {
  if (!wanted) return {}
  if (hasPicklist(before.dataType)) return { picklistOptions: wanted.map(labelOf) }
  return { textBoxListOptions: wanted.map((box) => textBox(box, before.textBoxListOptions)) }
}

export const hasPicklist = (type: DataType): boolean =>
  isMultiple(type) || type === 'SINGLE_OPTIONS' || type === 'RADIO'

export const isMultiple = (type: DataType): boolean => type === 'CHECKBOX' || type === 'MULTIPLE_OPTIONS'

/** The key without the model in front, as clients send it. */
export const bareKey = (fieldKey: string): string => fieldKey.slice(fieldKey.indexOf('.') + 1)

/** The key with the model in front, whichever way it was sent. */
export const wholeKey = (model: FieldModel, key: string): string => (key.includes('.') ? key : `${model}.${key}`)

/** `Deal size (€)` becomes `deal_size`. Letters of every script stay, and no more of them than an index holds. */
export function snake(name: string): string {
  const words = fold(name).replace(/[^\p{L}\p{N}]+/gu, '_')
  return [...words.replace(/^_+|_+$/g, '')].slice(0, 500).join('') || 'field'
}

/** The key itself, or with the first number behind it that nobody uses. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key
  let number = 2
  while (taken.has(`${key}_${number}`)) number++
  return `${key}_${number}`
}

const labelOf = (box: Partial<TextBox>) => box.label ?? ''

/** A box that keeps its label keeps its id, and so its values. */
function textBox(wanted: Partial<TextBox>, before: TextBox[]): TextBox {
  const label = labelOf(wanted)
  const id = wanted.id ?? before.find((box) => box.label === label)?.id ?? newId()
  return { id, label, prefillValue: wanted.prefillValue ?? '' }
}
