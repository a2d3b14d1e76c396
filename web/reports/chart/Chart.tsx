import { type ReactNode, Suspense } from 'react'
import { later } from '../../page/later.ts'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { type BarsProps, heightOf, type Tone } from './bars.ts'

const Bars = later(async () => ({ default: (await import('./Bars.tsx')).Bars }))

interface Props extends BarsProps {
  title: string
  /** What the bars are, in a sentence. */
  children?: ReactNode
  /** Which colour stands for what, where there are several. */
  legend?: { tone: Tone; label: string }[]
}

/** For the eye: every figure of it stands in the table behind it, with the same links. */
export function Chart({ title, children, legend, ...bars }: Props) {
  const isNarrow = useMedia('(width < 640px)')
  return (
    <section className="report-chart">
      <header>
        <h2>{title}</h2>
        {children && <p className="soft">{children}</p>}
        {legend && (
          <ul className="chart-legend">
            {legend.map(({ tone, label }) => (
              <li key={tone}>
                <span className={`chart-mark ${tone}`} />
                {label}
              </li>
            ))}
          </ul>
        )}
      </header>
      <div className="chart" aria-hidden style={{ height: heightOf(bars, isNarrow) }}>
        <Suspense>
          <Bars {...bars} isNarrow={isNarrow} />
        </Suspense>
      </div>
    </section>
  )
}
