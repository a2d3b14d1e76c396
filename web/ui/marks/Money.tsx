import { useFormats } from './formats.ts'

interface Props {
  amount: number | null
  /** From 100,000 on as `$1.2M`; the exact sum shows when the pointer rests on it. */
  isShort?: boolean
}

export function Money({ amount, isShort = false }: Props) {
  const { money } = useFormats()
  if (amount === null) return <span className="faint">–</span>
  const shown = money(amount, isShort ? 'short' : 'whole')
  return (
    <span className="figures" title={isShort ? money(amount) : undefined}>
      {shown}
    </span>
  )
}
