import { Ellipsis } from 'lucide-react'
import { memo } from 'react'
import { statusIcons } from '../../deals/statusIcons.ts'
import { dayAt } from '../../records/days.ts'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Money } from '../../ui/marks/Money.tsx'
import { span } from '../../ui/marks/relative.ts'
import { useMinute } from '../../ui/marks/useMinute.ts'
import { boardWords as words } from '../../words/board.ts'
import { filterWords } from '../../words/filters.ts'
import type { Card } from '../deck/cards.ts'
import { staleness } from './stale.ts'
import './cards.css'

interface Props {
  card: Card
  owner: string | null
  href: string
  /** The one that Tab leads to. */
  isCurrent: boolean
  isReadonly: boolean
  staleDays: number | null
}

/** Draws a card; what is done with it the board hears from where it happened, for all cards at once. */
export const CardView = memo(function CardView({ card, owner, href, isCurrent, isReadonly, staleDays }: Props) {
  const { id, name, contactName, company, value, ownerId } = card
  const tabIndex = isCurrent ? 0 : -1
  return (
    <>
      <a href={href} className="card-link" tabIndex={tabIndex} draggable={false}>
        <span className="card-name one-line" title={name}>
          {name}
        </span>
        <span className="card-contact soft small one-line">
          {[contactName, company].filter(Boolean).join(' · ') || words.noContact}
        </span>
        <span className="card-foot small">
          <span className="card-value">
            <Money amount={value} />
          </span>
          <StatusMark card={card} />
          <CardAge card={card} staleDays={staleDays} />
          {ownerId && <Avatar id={ownerId} name={owner ?? filterWords.unknown} />}
        </span>
      </a>
      {!isReadonly && (
        <button
          type="button"
          className="card-menu"
          tabIndex={tabIndex}
          aria-haspopup="menu"
          aria-label={words.actionsOf(name)}
          data-menu={id}
        >
          <Icon icon={Ellipsis} />
        </button>
      )}
    </>
  )
})

function StatusMark({ card: { status } }: { card: Card }) {
  if (status === 'open') return null
  return (
    <span className={`card-status ${status}`}>
      <Icon icon={statusIcons[status]} size={12} />
      {filterWords.statuses[status]}
    </span>
  )
}

/** How long it has been in its stage; what is late of it, in amber with the reason where somebody should look at it. */
function CardAge({ card, staleDays }: Pick<Props, 'card' | 'staleDays'>) {
  const { calendarDay, moment } = useFormats()
  const now = useMinute()
  const { overdueSince, idleDays } = staleness(card, now, staleDays)
  const age = span(now - card.stageChangedAt)
  return (
    <>
      {overdueSince !== null && (
        <Stale says={words.late(span(dayAt(now) - overdueSince))} why={words.overdue(calendarDay(overdueSince))} />
      )}
      {idleDays !== null ? (
        <Stale says={age} why={words.idle(idleDays)} />
      ) : (
        <span className="card-age figures" title={words.since(moment(card.stageChangedAt))}>
          {age}
        </span>
      )}
    </>
  )
}

const Stale = ({ says, why }: { says: string; why: string }) => (
  <span className="card-age stale figures" title={why}>
    {says}
    <span className="unseen">. {why}</span>
  </span>
)
