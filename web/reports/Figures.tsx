import { Link } from 'react-aria-components'
import type { Tone } from './chart/bars.ts'

export interface Figure {
  label: string
  says: string
  detail?: string
  tone?: Tone
  href?: string | undefined
}

/** What a report says in a few numbers, before its charts. */
export const Figures = ({ figures }: { figures: Figure[] }) => (
  <dl className="report-figures">
    {figures.map(({ label, says, detail, tone, href }) => (
      <div key={label}>
        <dt className="soft">
          {tone && <span className={`chart-mark ${tone}`} />}
          {label}
        </dt>
        <dd>{href ? <Link href={href}>{says}</Link> : says}</dd>
        {detail && <dd className="report-detail">{detail}</dd>}
      </div>
    ))}
  </dl>
)
