import { useState } from 'react'
import { ui } from '../../words/ui.ts'
import { useFormats } from '../marks/formats.ts'
import { readAmount } from './amount.ts'
import type { FieldProps } from './Field.tsx'
import { TextField } from './TextField.tsx'

interface Props extends FieldProps {
  name?: string
  value: number | null
  /** Told of every amount that can be read; what cannot be is marked and kept. */
  onChange: (amount: number | null) => void
  isRequired?: boolean
  isDisabled?: boolean
  isReadOnly?: boolean
  placeholder?: string
  autoFocus?: boolean
  onBlur?: () => void
}

/** Typed freely, shown on leaving as the location's currency has it. */
export function MoneyField({ value, onChange, onBlur, error, ...props }: Props) {
  const { locale, money, currencySign } = useFormats()
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && readAmount(typed, locale) === undefined

  function type(text: string) {
    setTyped(text)
    const amount = readAmount(text, locale)
    if (amount !== undefined) onChange(amount)
  }
  function leave() {
    if (!isUnreadable) setTyped(null)
    onBlur?.()
  }
  return (
    <TextField
      {...props}
      before={currencySign}
      inputMode="decimal"
      value={typed ?? (value === null ? '' : money(value, 'bare'))}
      onChange={type}
      onBlur={leave}
      error={error ?? (isUnreadable ? ui.notAnAmount(money(4997, 'bare'), money(4997.5, 'bare')) : undefined)}
    />
  )
}
