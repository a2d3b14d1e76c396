import type { ColumnOf } from '../../ui/lists/columns.ts'
import { Time } from '../../ui/marks/Time.tsx'
import { runWords as words } from '../../words/automations.ts'
import { RunBadge } from '../states.tsx'
import type { Run } from '../wire.ts'
import { placeName } from './place.ts'

type Column = ColumnOf<Run>
const { columns: titles } = words

const who: Column = {
  id: 'who',
  title: titles.who,
  width: '2fr',
  minWidth: 130,
  isRowHeader: true,
  cell: ({ contactId, contactName }) =>
    contactName ? (
      <span className="one-line automation-name" title={contactName}>
        {contactName}
      </span>
    ) : (
      <span className="one-line faint">{contactId ? words.goneContact : words.nobody}</span>
    ),
}

const state: Column = { id: 'state', title: titles.state, width: 132, cell: (run) => <RunBadge run={run} /> }

const started: Column = {
  id: 'started',
  title: titles.started,
  width: 112,
  cell: ({ startedAt }) => (
    <span className="soft">
      <Time at={startedAt} />
    </span>
  ),
}

export const runColumns: Column[] = [
  who,
  {
    id: 'deal',
    title: titles.deal,
    width: '2fr',
    minWidth: 130,
    cell: ({ opportunityId, opportunityName }) => (
      <span className={`one-line ${opportunityName ? '' : 'faint'}`}>
        {opportunityName ?? (opportunityId ? words.goneDeal : words.noDeal)}
      </span>
    ),
  },
  state,
  {
    id: 'step',
    title: titles.step,
    width: '2fr',
    minWidth: 130,
    cell: (run) => <Whereabouts run={run} />,
  },
  started,
  {
    id: 'ends',
    title: titles.ends,
    width: 132,
    cell: ({ endedAt, nextAt, isPaused }) => {
      const at = endedAt ?? (isPaused ? null : nextAt)
      return <span className="soft">{at && <Time at={at} />}</span>
    },
  },
]

export const narrowColumns: Column[] = [
  { ...who, minWidth: 100 },
  { ...state, width: 124 },
  { ...started, width: 96 },
]

/** The step that is next or that failed, and why it failed. */
function Whereabouts({ run: { state, place, error, endedAt } }: { run: Run }) {
  if (state === 'done') return null
  return (
    <span className="one-line" title={error ?? undefined}>
      {!endedAt && placeName(place)}
      {error && <span className={endedAt ? 'soft' : 'run-error'}>{endedAt ? error : ` · ${error}`}</span>}
    </span>
  )
}
