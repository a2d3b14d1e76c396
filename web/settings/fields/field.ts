import type { Static } from '@sinclair/typebox'
import type { FieldsReply } from '../../../src/api/v2/locations/customFieldWire.ts'
import { fieldWords as words } from '../../words/settings/fields.ts'

export type Field = Static<typeof FieldsReply>['customFields'][number]
export type Model = Field['model']
export type DataType = Field['dataType']

export const types = Object.keys(words.types) as DataType[]

export const isChosenFrom = (type: DataType): boolean =>
  ['SINGLE_OPTIONS', 'MULTIPLE_OPTIONS', 'RADIO', 'CHECKBOX'].includes(type)

/** Those that are typed into, so that something can stand in them meanwhile. */
export const isTyped = (type: DataType): boolean =>
  ['TEXT', 'LARGE_TEXT', 'NUMERICAL', 'MONETORY', 'PHONE', 'EMAIL'].includes(type)

export interface FieldDraft {
  name: string
  model: Model
  dataType: DataType
  placeholder: string
  /** A line each: the options, or what the texts are called. */
  lines: string
  isAllowedCustomOption: boolean
  isMultiFileAllowed: boolean
}

export const blankField = (model: Model): FieldDraft => ({
  name: '',
  model,
  dataType: 'TEXT',
  placeholder: '',
  lines: '',
  isAllowedCustomOption: false,
  isMultiFileAllowed: false,
})

export function fieldDraftOf(field: Field): FieldDraft {
  const { name, model, dataType, placeholder, isAllowedCustomOption, isMultiFileAllowed } = field
  const lines =
    dataType === 'TEXTBOX_LIST' ? field.textBoxListOptions.map(({ label = '' }) => label) : field.picklistOptions
  return { name, model, dataType, placeholder, lines: lines.join('\n'), isAllowedCustomOption, isMultiFileAllowed }
}

/** What belongs to the type, and nothing else. Boxes that keep their label keep their id, and so their values. */
export function fieldBody(draft: FieldDraft, before?: Field) {
  const { name, model, dataType, placeholder, isAllowedCustomOption, isMultiFileAllowed } = draft
  const lines = linesOf(draft.lines)
  return {
    name: name.trim(),
    model,
    ...(!before && { dataType }),
    ...(isTyped(dataType) && { placeholder }),
    ...(isChosenFrom(dataType) && { picklistOptions: lines, isAllowedCustomOption }),
    ...(dataType === 'TEXTBOX_LIST' && { textBoxListOptions: lines.map((label) => boxOf(label, before)) }),
    ...(dataType === 'FILE_UPLOAD' && { isMultiFileAllowed }),
  }
}

const boxOf = (label: string, before?: Field) =>
  before?.textBoxListOptions.find((box) => box.label === label) ?? { label }

/** Each once, without blanks around it. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]
