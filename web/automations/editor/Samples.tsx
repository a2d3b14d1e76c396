import { Badge, type Tone } from '../../ui/marks/Badge.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { useSamples } from '../ask.ts'
import type { Sample } from '../wire.ts'

const tones: Record<Sample['outcome'], Tone> = {
  started: 'won',
  'passed over': 'neutral',
  captured: 'accent',
  refused: 'lost',
}

/** The last payloads that came, to map the fields against: their paths are offered where one is asked for. */
export function Samples({ workflowId }: { workflowId: string }) {
  const { data: samples } = useSamples(workflowId, true)
  return (
    <section className="samples" aria-label={words.samples}>
      <h3>{words.samples}</h3>
      {samples?.length === 0 && <p className="soft">{words.noSamples}</p>}
      <ul>
        {samples?.map(({ id, at, outcome, reason, payload }) => (
          <li key={id}>
            <details className="run-details">
              <summary>
                <Badge tone={tones[outcome]}>{words.outcomes[outcome]}</Badge> <Time at={at} />
              </summary>
              {reason && <p className="run-error">{reason}</p>}
              <pre className="payload">{JSON.stringify(payload, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
