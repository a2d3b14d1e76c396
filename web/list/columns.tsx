import { createContext, useContext, useMemo } from 'react'
import { type Pipeline, useLostReasons, usePipelines, useUsers } from '../api/lookups.ts'
import { statusIcons } from '../deals/statusIcons.ts'
import { isOverdue } from '../records/days.ts'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Badge } from '../ui/marks/Badge.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { Money } from '../ui/marks/Money.tsx'
import { Age, Time } from '../ui/marks/Time.tsx'
import { listWords as words } from '../words/list.ts'
import type { Deal } from './deals.ts'
import { type RowActions, RowMenu } from './RowMenu.tsx'
import { isSortable } from './sort.ts'

type Column = ColumnOf<Deal>

/** All that the list can show; which of it, is chosen by the person. */
export function useDealColumns(): Column[] {
  const { data: pipelines } = usePipelines()
  const { data: reasons } = useLostReasons()
  const users = useUsers()
  return useMemo(() => {
    const names = readNames(pipelines, users, reasons)
    return columnsOf(names).map((column) => ({ ...column, isSortable: isSortable(column.id) }))
  }, [pipelines, users, reasons])
}

/** What the ids in a row are called. */
interface Names {
  pipelines: Map<string, string>
  stages: Map<string, { name: string; color: string }>
  owners: Map<string, string>
  reasons: Map<string, string>
}

type Named = { id: string; name: string }
const namesOf = (named: Named[] = []) => new Map(named.map(({ id, name }) => [id, name]))

const readNames = (pipelines: Pipeline[] | undefined, users: Named[], reasons: Named[] | undefined): Names => ({
  pipelines: namesOf(pipelines),
  stages: new Map(pipelines?.flatMap(({ stages }) => stages.map((stage) => [stage.id, stage] as const))),
  owners: namesOf(users),
  reasons: namesOf(reasons),
})

const { columns: titles } = words

const columnsOf = ({ pipelines, stages, owners, reasons }: Names): Column[] => [
  {
    id: 'name',
    title: titles.name,
    width: '3fr',
    minWidth: 232,
    isRowHeader: true,
    cell: (deal) => <Name deal={deal} />,
  },
  {
    id: 'contact',
    title: titles.contact,
    width: '1.5fr',
    minWidth: 120,
    cell: ({ contactName }) => <Line says={contactName} />,
  },
  text('company', ({ company }) => company),
  text('pipeline', ({ pipelineId }) => pipelines.get(pipelineId)),
  {
    id: 'stage',
    title: titles.stage,
    width: '1.5fr',
    minWidth: 120,
    cell: ({ stageId }) => <Stage {...stages.get(stageId)} />,
  },
  { id: 'status', title: titles.status, width: 112, cell: ({ status }) => <StatusBadge status={status} /> },
  {
    id: 'value',
    title: titles.value,
    width: 108,
    align: 'end',
    cell: ({ value }) => <Money amount={value} letters={12} />,
  },
  {
    id: 'probability',
    title: titles.probability,
    width: 96,
    align: 'end',
    isOptional: true,
    cell: ({ probability }) => <Percent part={probability} />,
  },
  {
    id: 'owner',
    title: titles.owner,
    width: '1.5fr',
    minWidth: 136,
    cell: ({ ownerId }) => <Owner id={ownerId} name={owners.get(ownerId ?? '')} />,
  },
  {
    id: 'age',
    title: titles.age,
    width: 76,
    align: 'end',
    cell: ({ stageChangedAt }) => <Age since={stageChangedAt} />,
  },
  { id: 'expected', title: titles.expected, width: 116, align: 'end', cell: (deal) => <Expected deal={deal} /> },
  { ...text('tags', ({ tags }) => tags.join(', ')), width: '2fr' },
  text('source', ({ source }) => source),
  text('reason', ({ reasonId }) => reasons.get(reasonId ?? '')),
  { id: 'created', title: titles.created, width: 104, align: 'end', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: 'updated',
    title: titles.updated,
    width: 104,
    align: 'end',
    isOptional: true,
    cell: ({ updatedAt }) => <Time at={updatedAt} />,
  },
]

const text = (id: keyof typeof titles, of: (deal: Deal) => string | null | undefined): Column => ({
  id,
  title: titles[id],
  width: '1.5fr',
  minWidth: 120,
  isOptional: true,
  cell: (deal) => <Line says={of(deal)} />,
})

export const actionColumn = (actions: RowActions): Column => ({
  id: 'actions',
  title: titles.actions,
  isTitleHidden: true,
  isFixed: true,
  width: 48,
  cell: (deal) => <RowMenu deal={deal} {...actions} />,
})

/** On a phone two lines say what ten columns do elsewhere. */
export const narrowColumns = (columns: Column[]): Column[] => {
  const cellOf = (id: string) => columns.find((column) => column.id === id)?.cell
  const pair = (over: string, under: string) => (deal: Deal) => (
    <span className="list-pair">
      {cellOf(over)?.(deal)}
      <span className="list-under">{cellOf(under)?.(deal)}</span>
    </span>
  )
  const [name, ...rest] = columns.filter(({ id }) => ['name', 'value', 'actions'].includes(id))
  return [
    ...(name ? [{ ...name, width: '1fr' as const, minWidth: 140, cell: pair('name', 'stage') }] : []),
    ...rest.map((column) => (column.id === 'value' ? { ...column, cell: pair('value', 'status') } : column)),
  ]
}

/** Whose details are open, drawn by those alone whom it concerns: ten thousand rows are not made anew for it. */
const OpenDeal = createContext<string | null>(null)
export const OpenDealProvider = OpenDeal.Provider

const Name = ({ deal: { id, name } }: { deal: Deal }) => (
  <span className="one-line list-name" title={name} data-open={useContext(OpenDeal) === id || undefined}>
    {name}
  </span>
)

const Line = ({ says }: { says: string | null | undefined }) =>
  says ? (
    <span className="one-line" title={says}>
      {says}
    </span>
  ) : (
    <span className="faint">–</span>
  )

const Stage = ({ name, color }: { name?: string; color?: string }) =>
  name ? (
    <>
      {color && <span className="dot" style={{ background: color }} />}
      <Line says={name} />
    </>
  ) : (
    <Line says={null} />
  )

const StatusBadge = ({ status }: Pick<Deal, 'status'>) => (
  <Badge tone={status === 'open' ? 'neutral' : status} icon={statusIcons[status]}>
    {words.statuses[status]}
  </Badge>
)

const Owner = ({ id, name }: { id: string | null; name: string | undefined }) =>
  id ? (
    <>
      <Avatar id={id} name={name ?? '?'} isDecoration />
      <Line says={name} />
    </>
  ) : (
    <Line says={null} />
  )

function Percent({ part }: { part: number | null }) {
  const { percent } = useFormats()
  return part === null ? <Line says={null} /> : percent(part / 100)
}

/** A day that has passed while the deal is open says so. */
function Expected({ deal }: { deal: Deal }) {
  const { calendarDay } = useFormats()
  if (!deal.expectedAt) return <Line says={null} />
  const shown = calendarDay(Date.parse(deal.expectedAt))
  return isOverdue(deal, Date.now()) ? (
    <span className="list-overdue" title={words.overdue(shown)}>
      {shown}
    </span>
  ) : (
    <Line says={shown} />
  )
}
