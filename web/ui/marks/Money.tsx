import { useFormats } from './formats.ts'

interface Props {
  amount: number | null
  /** From 100,000 on as `$1.2M`; the exact sum shows when the pointer rests on it. */
  isShort?: boolean
  /** As many letters as there is room for; a sum that needs more is shown as if it were short. */
  letters?: number
}

export function Money({ amount, isShort = false, letters = Number.POSITIVE_INFINITY }: Props) {
  const { money } = useFormats()
  if (amount === null) return <span className="faint">–</span>
  const exact = money(amount)
  const shown = isShort || exact.length > letters ? money(amount, 'short') : exact
  return (
    <span className="figures" title={isShort || shown !== exact ? exact : undefined}>
      {shown}
    </span>
  )
}
