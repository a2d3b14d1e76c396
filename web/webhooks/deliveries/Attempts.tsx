import { CircleCheck, CircleX } from 'lucide-react'
import { Badge } from '../../ui/marks/Badge.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { deliveryWords as words } from '../../words/deliveries.ts'
import type { Attempt } from './useDeliveries.ts'

/** Every time it was sent and what came back, the last one first. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  if (attempts.length === 0) return <p className="soft">{words.noAttempts}</p>
  return (
    <ol className="attempts">
      {attempts.toReversed().map((attempt) => (
        <Tried key={attempt.at} attempt={attempt} />
      ))}
    </ol>
  )
}

function Tried({ attempt: { at, milliseconds, status, error, response } }: { attempt: Attempt }) {
  const { locale, count } = useFormats()
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(Date.parse(at))
  return (
    <li className="attempt">
      <div className="attempt-head">
        <Badge tone={error === null ? 'won' : 'lost'} icon={error === null ? CircleCheck : CircleX}>
          {status ?? words.noAnswer}
        </Badge>
        <time dateTime={at} className="soft figures">
          {time}
        </time>
        <span className="faint figures">{words.took(count(milliseconds))}</span>
      </div>
      {error !== null && <p className="attempt-error">{error}</p>}
      {response !== null && <pre className="attempt-answer">{response || words.emptyAnswer}</pre>}
    </li>
  )
}
