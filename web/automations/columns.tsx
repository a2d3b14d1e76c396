import { Ellipsis } from 'lucide-react'
import { Link } from 'react-aria-components'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu } from '../ui/actions/Menu.tsx'
import { Switch } from '../ui/choices/Switch.tsx'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { Badge } from '../ui/marks/Badge.tsx'
import { Time } from '../ui/marks/Time.tsx'
import { automationWords as words } from '../words/automations.ts'
import { StateBadge, underWay } from './states.tsx'
import type { useWorkflowActions } from './useWorkflowActions.tsx'
import type { Listed } from './wire.ts'

type Column = ColumnOf<Listed>

interface Means extends Pick<ReturnType<typeof useWorkflowActions>, 'move' | 'groups' | 'pendingId'> {
  mayChange: boolean
  isNarrow: boolean
  /** There is no room for what a workflow starts with. */
  isTight: boolean
  titles: Map<string, string>
}

export function workflowColumns({ mayChange, isNarrow, isTight, titles, ...actions }: Means): Column[] {
  const trigger = (row: Listed) => (row.trigger ? (titles.get(row.trigger) ?? row.trigger) : words.noTrigger)
  const columns: (Column | false)[] = [
    {
      id: 'name',
      title: words.columns.name,
      width: '3fr',
      minWidth: 140,
      isRowHeader: true,
      cell: ({ name }) => (
        <span className="one-line automation-name" title={name}>
          {name}
        </span>
      ),
    },
    !isTight && {
      id: 'trigger',
      title: words.columns.trigger,
      width: '2fr',
      minWidth: 108,
      cell: (row) => <span className={`one-line ${row.trigger ? 'soft' : 'faint'}`}>{trigger(row)}</span>,
    },
    {
      id: 'state',
      title: words.columns.state,
      width: mayChange ? 156 : 116,
      cell: (row) => <StateCell row={row} mayChange={mayChange} {...actions} />,
    },
    !isNarrow && count('under', ({ runs }) => underWay(runs) - (runs.failed ?? 0)),
    !isNarrow && {
      id: 'failed',
      title: words.columns.failed,
      width: 68,
      align: 'end',
      cell: ({ id, runs }) =>
        runs.failed ? (
          <Link href={`/automations/${id}/runs?state=failed`}>
            <Badge tone="lost">{runs.failed.toLocaleString()}</Badge>
          </Link>
        ) : (
          <span className="faint">–</span>
        ),
    },
    !isNarrow && count('done', ({ runs }) => runs.done ?? 0),
    !isNarrow && {
      id: 'updated',
      title: words.columns.updated,
      width: 108,
      align: 'end',
      cell: ({ updatedAt }) => (
        <span className="soft">
          <Time at={updatedAt} />
        </span>
      ),
    },
    mayChange && {
      id: 'actions',
      title: words.columns.actions,
      width: 56,
      isTitleHidden: true,
      isFixed: true,
      cell: (row) => (
        <Menu label={words.actionsOf(row.name)} groups={actions.groups({ workflow: row, runs: row.runs })}>
          <IconButton icon={Ellipsis} label={words.actionsOf(row.name)} />
        </Menu>
      ),
    },
  ]
  return columns.filter((column) => column !== false)
}

/** On: it is out of its draft. Whether somebody enters now, the badge says. */
function StateCell({
  row,
  mayChange,
  move,
  pendingId,
}: { row: Listed } & Pick<Means, 'mayChange' | 'move' | 'pendingId'>) {
  const { id, name, state, runs } = row
  return (
    <span className="automation-state">
      {mayChange && (
        <Switch
          aria-label={words.isPublished(name)}
          isSelected={state !== 'draft'}
          isDisabled={pendingId === id}
          onChange={(isOn) => move(isOn ? 'publish' : 'unpublish', { workflow: row, runs })}
        />
      )}
      <StateBadge state={state} />
    </span>
  )
}

const count = (id: 'under' | 'done', of: (row: Listed) => number): Column => ({
  id,
  title: words.columns[id],
  width: 84,
  align: 'end',
  cell: (row) => (
    <span className={`figures ${of(row) ? '' : 'faint'}`}>{of(row) ? of(row).toLocaleString() : '–'}</span>
  ),
})
