import { Ban, CircleCheck, Gauge, Unlock } from 'lucide-react'
import { Badge } from '../ui/marks/Badge.tsx'
import { Copy } from '../ui/marks/Copy.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { developerWords as words } from '../words/developer.ts'
import { StatusBadge } from './columns.tsx'
import type { Asked } from './useRequests.ts'

/** When, how it ended, what the router found, and whether it was let in. */
export function RequestFacts({ asked }: { asked: Asked }) {
  const { locale, count } = useFormats()
  const { at, ms, row, auth, traceId } = asked
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(Date.parse(at))
  return (
    <dl className="developer-facts">
      <dt>{words.columns.status}</dt>
      <dd>
        <StatusBadge {...asked} />
      </dd>
      <dt>{words.at}</dt>
      <dd className="figures">
        <time dateTime={at}>{time}</time>
        <span className="faint"> · {words.milliseconds(count(ms))}</span>
      </dd>
      <dt>{words.matched}</dt>
      <dd>
        {row ? (
          <>
            <code>{row.operation}</code>
            {row.dialect && <span className="soft"> {words.speaks(row.dialect)}</span>}
          </>
        ) : (
          words.noRow
        )}
      </dd>
      <dt>{words.auth}</dt>
      <dd className="request-auth">
        <Outcome outcome={auth.outcome} />
        <p>{sentenceOf(auth)}</p>
        {auth.reason && <p className="request-reason">{auth.reason}</p>}
      </dd>
      <dt>{words.traceId}</dt>
      <dd>
        <Copy text={traceId} />
      </dd>
    </dl>
  )
}

const looks = {
  allowed: { tone: 'won', icon: CircleCheck },
  refused: { tone: 'lost', icon: Ban },
  limited: { tone: 'stale', icon: Gauge },
  open: { tone: 'neutral', icon: Unlock },
} as const

const Outcome = ({ outcome }: Pick<Asked['auth'], 'outcome'>) => (
  <Badge {...looks[outcome]}>{words.outcomes[outcome]}</Badge>
)

/** Who came, and whether that was enough. */
function sentenceOf({ outcome, token, scope, hasScope }: Asked['auth']): string {
  if (!token)
    return outcome === 'open' ? '' : [words.unknownToken, scope && words.needs(scope)].filter(Boolean).join(' ')
  const who = words.known(token.name, token.hint)
  if (scope === null) return `${who} ${words.needsNone}`
  return `${who} ${hasScope ? words.hasScope(scope) : words.lacksScope(scope)}`
}
