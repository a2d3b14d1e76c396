import { Ban, CircleCheck, CircleX, CornerUpRight, Gauge, type LucideIcon } from 'lucide-react'
import { useMemo } from 'react'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { Badge, type Tone } from '../ui/marks/Badge.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { useMedia } from '../ui/marks/useMedia.ts'
import { developerWords as words } from '../words/developer.ts'
import type { Asked } from './useRequests.ts'

type Column = ColumnOf<Asked>
const { columns: titles } = words

export function useRequestColumns(): Column[] {
  const isNarrow = useMedia('(width < 800px)')
  const isMiddle = useMedia('(width < 1100px)')
  return useMemo(() => {
    if (isNarrow) return narrow
    return isMiddle ? wide.filter(({ id }) => id !== 'token') : wide
  }, [isNarrow, isMiddle])
}

export const Method = ({ method }: Pick<Asked, 'method'>) => <code className="request-method">{method}</code>

export function StatusBadge({ status }: Pick<Asked, 'status'>) {
  const { tone, icon } = lookOf(status)
  return (
    <Badge tone={tone} icon={icon}>
      {status}
    </Badge>
  )
}

function lookOf(status: number): { tone: Tone; icon: LucideIcon } {
  if (status === 429) return { tone: 'stale', icon: Gauge }
  if (status >= 500) return { tone: 'lost', icon: CircleX }
  if (status >= 400) return { tone: 'stale', icon: Ban }
  return status >= 300 ? { tone: 'neutral', icon: CornerUpRight } : { tone: 'won', icon: CircleCheck }
}

/** To the second, and the day where it is another one: one request follows another quickly. */
function Clock({ at }: { at: string }) {
  const { locale, moment } = useFormats()
  const time = Date.parse(at)
  const isToday = new Date(time).toDateString() === new Date().toDateString()
  const shown = new Intl.DateTimeFormat(locale, {
    timeStyle: 'medium',
    ...(!isToday && { timeStyle: undefined, day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }),
  }).format(time)
  return (
    <time dateTime={at} title={moment(time)} className="figures one-line">
      {shown}
    </time>
  )
}

function Milliseconds({ ms }: Pick<Asked, 'ms'>) {
  const { count } = useFormats()
  return <>{words.milliseconds(count(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)))}</>
}

const Path = ({ path, query }: Pick<Asked, 'path' | 'query'>) => (
  <code className="one-line" title={query ? `${path}?${query}` : path}>
    {path}
    {query && <span className="faint">?{query}</span>}
  </code>
)

const Row = ({ row }: Pick<Asked, 'row'>) =>
  row ? (
    <>
      <span className="one-line">{row.operation}</span>
      {row.dialect && <span className="faint small">{row.dialect}</span>}
    </>
  ) : (
    <span className="faint one-line">{words.noRow}</span>
  )

const TokenName = ({ auth: { token } }: Pick<Asked, 'auth'>) =>
  token ? (
    <span className="one-line" title={token.name}>
      {token.name}
    </span>
  ) : (
    <span className="faint one-line">{words.nobody}</span>
  )

const wide: Column[] = [
  { id: 'at', title: titles.at, width: 124, cell: ({ at }) => <Clock at={at} /> },
  { id: 'method', title: titles.method, width: 80, cell: (asked) => <Method {...asked} /> },
  {
    id: 'path',
    title: titles.path,
    width: '4fr',
    minWidth: 220,
    isRowHeader: true,
    cell: (asked) => <Path {...asked} />,
  },
  { id: 'status', title: titles.status, width: 88, cell: (asked) => <StatusBadge {...asked} /> },
  { id: 'row', title: titles.row, width: '2fr', minWidth: 170, cell: (asked) => <Row {...asked} /> },
  { id: 'token', title: titles.token, width: '1.5fr', minWidth: 120, cell: (asked) => <TokenName {...asked} /> },
  { id: 'ms', title: titles.ms, width: 96, align: 'end', cell: (asked) => <Milliseconds {...asked} /> },
]

const narrow: Column[] = [
  {
    id: 'path',
    title: titles.path,
    width: '1fr',
    minWidth: 120,
    isRowHeader: true,
    cell: (asked) => (
      <span className="request-pair">
        <Path {...asked} />
        <span className="faint small one-line">
          {asked.method} · <Clock at={asked.at} />
        </span>
      </span>
    ),
  },
  { id: 'status', title: titles.status, width: 92, align: 'end', cell: (asked) => <StatusBadge {...asked} /> },
]
