import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useMay } from '../../api/session.tsx'
import { IconButton } from '../../ui/actions/Button.tsx'
import type { ColumnOf } from '../../ui/lists/columns.ts'
import { Badge } from '../../ui/marks/Badge.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { deliveryWords as words } from '../../words/deliveries.ts'
import { type Delivery, useRedelivery } from './useDeliveries.ts'

type Column = ColumnOf<Delivery>
const { columns: titles } = words

export function useDeliveryColumns(): Column[] {
  const mayChange = useMay()('webhooks.write')
  const isNarrow = useMedia('(width < 800px)')
  const { mutate } = useRedelivery()
  const latest = useRef(mutate)
  latest.current = mutate
  return useMemo(() => {
    const own = isNarrow ? narrow : wide
    return mayChange && !isNarrow ? [...own, actions((delivery) => latest.current(delivery))] : own
  }, [mayChange, isNarrow])
}

const looks = {
  waiting: { tone: 'neutral', icon: Clock },
  delivered: { tone: 'won', icon: CircleCheck },
  failed: { tone: 'lost', icon: CircleX },
} as const

export const StateBadge = ({ state }: Pick<Delivery, 'state'>) => <Badge {...looks[state]}>{words.states[state]}</Badge>

export const recordName = (record: string) => words.records[record] ?? record

const type: Column = {
  id: 'type',
  title: titles.type,
  width: '3fr',
  minWidth: 190,
  isRowHeader: true,
  cell: (delivery) => <span className="delivery-type one-line">{delivery.type}</span>,
}

const wide: Column[] = [
  type,
  {
    id: 'record',
    title: titles.record,
    width: '3fr',
    minWidth: 150,
    cell: ({ record, recordId }) => (
      <span className="one-line">
        {recordName(record)} <code className="faint">{recordId}</code>
      </span>
    ),
  },
  {
    id: 'state',
    title: titles.state,
    width: '3fr',
    minWidth: 180,
    cell: (delivery) => (
      <>
        <StateBadge {...delivery} />
        <Next {...delivery} />
      </>
    ),
  },
  {
    id: 'attempts',
    title: titles.attempts,
    width: 80,
    align: 'end',
    cell: ({ attempts }) => attempts,
  },
  { id: 'created', title: titles.created, width: 112, align: 'end', cell: ({ createdAt }) => <Time at={createdAt} /> },
]

const narrow: Column[] = [
  {
    ...type,
    width: '1fr',
    minWidth: 120,
    cell: ({ type, record, createdAt }) => (
      <span className="delivery-pair">
        <span className="delivery-type one-line">{type}</span>
        <span className="faint small one-line">
          {recordName(record)} · <Time at={createdAt} />
        </span>
      </span>
    ),
  },
  { id: 'state', title: titles.state, width: 116, align: 'end', cell: (delivery) => <StateBadge {...delivery} /> },
]

/** What waits for another one about its record has no time of its own. */
const Next = ({ state, attempts, nextAttemptAt }: Delivery) => {
  if (state !== 'waiting') return null
  if (!nextAttemptAt) return <span className="faint small one-line">{words.behind}</span>
  return (
    attempts > 0 && (
      <span className="faint small one-line">
        {words.nextAttempt} {isSoon(nextAttemptAt) ? words.soon : <Time at={nextAttemptAt} />}
      </span>
    )
  )
}

const isSoon = (at: string) => Date.parse(at) - Date.now() < 60_000

const actions = (again: (delivery: Delivery) => void): Column => ({
  id: 'actions',
  title: titles.actions,
  isTitleHidden: true,
  isFixed: true,
  width: 64,
  cell: (delivery) => (
    <span className="row-actions">
      <IconButton
        icon={RotateCw}
        label={delivery.state === 'waiting' ? words.now : words.again}
        onPress={() => again(delivery)}
      />
    </span>
  ),
})
