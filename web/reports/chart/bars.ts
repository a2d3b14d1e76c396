/** `accent` for what a chart is about, `faint` for the rest of it, the others for what became of deals. */
export type Tone = 'accent' | 'faint' | 'won' | 'lost' | 'abandoned'

export interface Part {
  /** The same in each bar. */
  id: string
  tone: Tone
  amount: number
  /** In full, when the pointer rests on it. */
  says: string
  /** At its end. */
  label?: string
  /** The deals that are in it. */
  href?: string
}

/** Each has the same parts in the same order. */
export interface Bar {
  id: string
  name: string
  parts: Part[]
}

export interface BarsProps {
  bars: Bar[]
  /** One above the other with their names at the left, or side by side with their names below. */
  form: 'rows' | 'columns'
  /** The parts of a bar follow on each other, instead of standing beside each other. */
  isStacked?: boolean
}

const row = { wide: 40, narrow: 52, further: 22 }
export const columnsHeight = 300

/** What a chart will take up, known before it is drawn. */
export function heightOf({ bars, form, isStacked }: BarsProps, isNarrow: boolean): number {
  if (form === 'columns') return columnsHeight
  const beside = isStacked ? 0 : Math.max(0, (bars[0]?.parts.length ?? 1) - 1)
  return bars.length * ((isNarrow ? row.narrow : row.wide) + beside * row.further)
}
