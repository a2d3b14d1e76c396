import type { ReactNode } from 'react'
import { Link } from 'react-aria-components'
import { Problem } from '../../ui/fields/Form.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { runWords as words } from '../../words/automations.ts'
import { RunBadge } from '../states.tsx'
import type { Run } from '../wire.ts'
import { placeName } from './place.ts'

/** Whom a run is about and how it stands. */
export function RunFacts({ run }: { run: Run }) {
  const { contactId, contactName, opportunityId, opportunityName, endedAt, nextAt, depth } = run
  return (
    <section className="run-facts">
      <p className="run-now">
        <RunBadge run={run} />
        {!endedAt && <span className="soft">{placeName(run.place)}</span>}
      </p>
      {run.error && <Problem>{run.error}</Problem>}
      <dl className="run-values">
        <Fact name={words.facts.contact}>
          {contactId && contactName ? (
            <Link href={`/contacts/${contactId}`}>{contactName}</Link>
          ) : (
            <span className="faint">{contactId ? words.goneContact : words.nobody}</span>
          )}
        </Fact>
        <Fact name={words.facts.deal}>
          {opportunityId && opportunityName ? (
            <Link href={`/opportunities/${opportunityId}`}>{opportunityName}</Link>
          ) : (
            <span className="faint">{opportunityId ? words.goneDeal : words.noDeal}</span>
          )}
        </Fact>
        <Fact name={words.facts.version}>{run.version}</Fact>
        <Fact name={words.facts.started}>
          <Time at={run.startedAt} />
        </Fact>
        {endedAt && (
          <Fact name={words.facts.ended}>
            <Time at={endedAt} />
          </Fact>
        )}
        {!endedAt && nextAt && !run.isPaused && (
          <Fact name={words.facts.next}>
            <Time at={nextAt} />
          </Fact>
        )}
        {depth > 0 && <Fact name={words.facts.depth}>{words.depth(depth)}</Fact>}
      </dl>
    </section>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="soft">{name}</dt>
    <dd>{children}</dd>
  </div>
)
