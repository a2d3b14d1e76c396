import type { ReactNode } from 'react'
import type { Option } from '../../ui/choices/options.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { MoneyField } from '../../ui/fields/MoneyField.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { recordWords as words } from '../../words/records.ts'
import { ui } from '../../words/ui.ts'
import { readDecimal, writeDecimal } from './decimal.ts'
import { Property } from './Property.tsx'
import { useField } from './useField.ts'

interface Props<T> {
  label: string
  /** Where what is being typed is kept. */
  name: string
  value: T
  save: (value: T) => Promise<unknown>
  /** Shows it elsewhere on the page until that is answered; answers how to end that. */
  foresee?: (value: T) => () => void
  isReadOnly?: boolean
  placeholder?: string
}

interface TextProps extends Props<string | null> {
  /** It may not be empty. */
  isRequired?: boolean
  lines?: number
  /** As high as what is in it, and Enter saves all the same. */
  isHeading?: boolean
  type?: 'text' | 'email' | 'tel' | 'url'
  isLabelHidden?: boolean
  /** Beside what stands in it: a way to use it. */
  after?: ReactNode
}

/** What is emptied is null. */
export function TextProperty({
  label,
  name,
  value,
  save,
  foresee,
  isReadOnly,
  isRequired,
  lines,
  isHeading,
  ...props
}: TextProps) {
  const field = useField<string>({
    name,
    value: value ?? '',
    save: (typed) => save(typed.trim() || null),
    foresee: foresee && ((typed) => foresee(typed.trim() || null)),
    isLong: lines !== undefined,
    ...(isRequired && { check: (typed: string) => (typed.trim() ? undefined : ui.required(label)) }),
  })
  return (
    <Property field={field}>
      <TextField
        placeholder={words.empty}
        {...props}
        label={label}
        {...((lines || isHeading) && { lines: lines ?? 1 })}
        value={field.value}
        onChange={field.change}
        error={field.error}
        isReadOnly={isReadOnly ?? false}
      />
    </Property>
  )
}

export function MoneyProperty({ label, name, value, save, foresee, isReadOnly }: Props<number | null>) {
  const field = useField({ name, value, save, foresee })
  return (
    <Property field={field}>
      <MoneyField
        key={field.key}
        label={label}
        value={field.value}
        onChange={field.change}
        error={field.error}
        placeholder={words.empty}
        isReadOnly={isReadOnly ?? false}
      />
    </Property>
  )
}

interface NumberProps extends Props<number | null> {
  unit?: string
  range?: [number, number]
}

/** A number as it is typed: whether it is one is seen when it is saved. */
export function NumberProperty({ label, name, value, save, isReadOnly, unit, range, placeholder }: NumberProps) {
  const { locale } = useFormats()
  const field = useField<string>({
    name,
    value: value === null ? '' : writeDecimal(value, locale),
    save: (typed) => save(readDecimal(typed, locale) ?? null),
    check: (typed) => checkNumber(readDecimal(typed, locale), range),
  })
  return (
    <Property field={field}>
      <TextField
        label={label}
        inputMode="decimal"
        placeholder={placeholder ?? words.empty}
        value={field.value}
        onChange={field.change}
        error={field.error}
        after={unit}
        isReadOnly={isReadOnly ?? false}
      />
    </Property>
  )
}

function checkNumber(number: number | null | undefined, range: [number, number] | undefined): string | undefined {
  if (number === undefined) return ui.notANumber
  if (number === null || !range) return undefined
  return number < range[0] || number > range[1] ? words.between(...range) : undefined
}

/** A day; typing its parts saves on leaving, picking it in the calendar at once. */
export function DateProperty({ label, name, value, save, isReadOnly }: Props<string | null>) {
  const field = useField({ name, value, save, check: (day) => (day && day < '1900' ? words.notADate : undefined) })
  return (
    <Property field={field}>
      <DateField
        label={label}
        value={field.value}
        onChange={(day) => (isTypingADay() ? field.change(day) : field.choose(day))}
        error={field.error}
        isDisabled={isReadOnly ?? false}
      />
    </Property>
  )
}

const isTypingADay = () => document.activeElement?.getAttribute('role') === 'spinbutton'

const nothing = ' '

interface ChoiceProps extends Props<string | null> {
  options: Option[]
  /** What choosing nothing is called; absent where one of them always holds. */
  none?: string
}

/** One of a few, saved when it is chosen. */
export function ChoiceProperty({ label, name, value, save, foresee, isReadOnly, options, none }: ChoiceProps) {
  const field = useField<string | null>({ name, value, save, foresee })
  const all = none === undefined ? options : [{ id: nothing, label: none }, ...options]
  return (
    <Property field={field}>
      <Select
        label={label}
        options={all}
        placeholder={none ?? ''}
        value={field.value}
        onChange={(id) => field.choose(id === nothing ? null : id)}
        error={field.error}
        isDisabled={isReadOnly ?? false}
      />
    </Property>
  )
}
