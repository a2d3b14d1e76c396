import { CircleAlert, CircleCheck, CircleMinus } from 'lucide-react'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { runWords as words } from '../../words/automations.ts'
import type { StepEntry } from '../wire.ts'
import { placeName } from './place.ts'
import { Values } from './Values.tsx'

const icons = { done: CircleCheck, skipped: CircleMinus, failed: CircleAlert }

interface Props {
  entry: StepEntry
  /** What the action is called. */
  title: string
  /** In a test everything happens at once. */
  isTimeless?: boolean
}

/** One try of one step: what it is, how it went, and below, what went in and what came out. */
export const StepItem = ({ entry, title, isTimeless = false }: Props) => (
  <li className={`run-step ${entry.state}`}>
    <span className="run-step-icon">
      <Icon icon={icons[entry.state]} />
    </span>
    <div className="run-step-body">
      <p className="run-step-head">
        <span className="run-step-title">{title}</span>
        <span className="faint small">{placeName(entry.place)}</span>
      </p>
      <p className="small soft">
        {words.entries[entry.state]}
        {entry.attempt > 1 && ` · ${words.attempt(entry.attempt)}`}
        {!isTimeless && (
          <>
            {' · '}
            <Time at={entry.at} />
          </>
        )}
      </p>
      {entry.error && <p className="run-error">{entry.error}</p>}
      <details className="run-details">
        <summary>{words.details}</summary>
        <h4>{words.input}</h4>
        <Values value={entry.input} empty={words.empty} />
        <h4>{words.result}</h4>
        <Values value={entry.result} empty={words.empty} />
      </details>
    </div>
  </li>
)
