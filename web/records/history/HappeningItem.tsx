import { ArrowRight, Bot, Cog, FileDown, KeyRound } from 'lucide-react'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Time } from '../../ui/marks/Time.tsx'
import { recordWords as words } from '../../words/records.ts'
import { deedOf, detailsOf, doerOf, type FieldChange, type Happening, nameOf, onlyOf, textOf } from './happening.ts'

const icons = { token: KeyRound, run: Bot, import: FileDown, system: Cog }

interface Props {
  happening: Happening
  isReturn: boolean
}

export function HappeningItem({ happening, isReturn }: Props) {
  const { caller, at, record } = happening
  const details = detailsOf(happening)
  const only = onlyOf(happening, details)
  return (
    <li className="happening">
      <span className="happening-mark">
        {caller.kind === 'user' ? (
          <Avatar id={caller.id} name={doerOf(happening)} isDecoration />
        ) : (
          <Icon icon={icons[caller.kind]} size={14} />
        )}
      </span>
      <div className="happening-words">
        <p>
          <span className="happening-doer">{doerOf(happening)}</span> {deedOf(happening, isReturn)}{' '}
          {only && (
            <>
              <Sides change={only} />{' '}
            </>
          )}
          <span className="faint small">
            <Time at={at} />
          </span>
        </p>
        {record === 'note' ? (
          <NoteText changes={details} />
        ) : (
          details.length > 0 &&
          !only && (
            <dl className="changes small">
              {details.map((change) => (
                <Change key={change.field} change={change} />
              ))}
            </dl>
          )
        )}
      </div>
    </li>
  )
}

const Change = ({ change }: { change: FieldChange }) => (
  <>
    <dt className="soft">{nameOf(change)}</dt>
    <dd>
      <Sides change={change} />
    </dd>
  </>
)

function Sides({ change }: { change: FieldChange }) {
  const { before, after } = change
  return (
    <>
      {before !== null && (
        <>
          <span className="unseen">{words.from} </span>
          <del className="soft">
            <Value change={change} value={before} />
          </del>{' '}
        </>
      )}
      <span className="change-arrow">
        <Icon icon={ArrowRight} size={12} />
        <span className="unseen">{words.to} </span>
      </span>{' '}
      <Value change={change} value={after} />
    </>
  )
}

function Value({ change: { field }, value }: { change: FieldChange; value: unknown }) {
  const { money, day, calendarDay } = useFormats()
  if (value === null) return <span className="faint">{words.empty}</span>
  if (field === 'monetaryValue' && typeof value === 'number') return money(value)
  if (field.endsWith('Probability')) return `${textOf(value)} %`
  if (isDate(value)) return (field === 'dueDate' ? day : calendarDay)(Date.parse(value))
  return textOf(value)
}

/** Of all of these only a task's has an hour, so that the day of it depends on where one is. */
const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(value) && !Number.isNaN(Date.parse(value))

/** The note as it is, or as it was. */
function NoteText({ changes: [change] }: { changes: FieldChange[] }) {
  const text = change?.after ?? change?.before
  return text ? <p className="happening-note soft">{String(text)}</p> : null
}
