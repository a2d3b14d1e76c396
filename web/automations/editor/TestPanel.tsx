import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { ApiError } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import type { Option } from '../../ui/choices/options.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { Panel } from '../../ui/overlays/Panel.tsx'
import { testWords as words } from '../../words/automationEditor.ts'
import { useActionTypes } from '../ask.ts'
import { numbered } from '../form/rows.ts'
import { StepItem } from '../runs/StepItem.tsx'
import { useFoundDeals } from '../useFound.ts'
import type { Tested, Workflow } from '../wire.ts'
import { readIssues, saidOf } from './issues.ts'
import { PayloadTest } from './PayloadTest.tsx'

/** Whom or what a test begins with. */
export type Subject = { opportunityId: string } | { data: { payload: unknown } }

/** What the draft would do for a deal that is chosen, or with what is sent to it, step by step. */
export function TestPanel({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const test = useChange<Subject, Tested>({
    run: (subject) => post<Tested>(`/console/workflows/${workflow.id}/test`, subject),
  })
  const Fields = workflow.draft.trigger?.type === 'inbound_webhook' ? PayloadTest : DealTest
  return (
    <Panel title={words.title} onClose={onClose}>
      <div className="run">
        <Fields
          workflowId={workflow.id}
          problem={problemOf(test.error)}
          isPending={test.isPending}
          onTest={test.mutate}
        />
        {test.data && <Outcome tested={test.data} />}
      </div>
    </Panel>
  )
}

export interface TestProps {
  workflowId: string
  problem: { problem?: string }
  isPending: boolean
  onTest: (subject: Subject) => void
}

function DealTest({ problem, isPending, onTest }: TestProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Option | null>(null)
  const found = useFoundDeals(typed === chosen?.label ? '' : typed)
  return (
    <Form onSubmit={() => chosen && onTest({ opportunityId: chosen.id })} {...problem}>
      <p className="soft">{words.about}</p>
      <ComboBox
        label={words.deal}
        placeholder={words.placeholder}
        options={chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found}
        value={chosen?.id ?? null}
        onChange={(id) => setChosen(found.find((one) => one.id === id) ?? null)}
        isSearchedElsewhere
        onInputChange={setTyped}
        isRequired
        autoFocus
      />
      <Button look="primary" type="submit" isPending={isPending}>
        {words.run}
      </Button>
    </Form>
  )
}

/** What is missing in the draft is said by its cards, anything else as the server says it. */
function problemOf(error: Error | null): { problem?: string } {
  if (!error) return {}
  const issues = error instanceof ApiError ? readIssues(Object.values(error.fields)) : []
  return { problem: issues.length > 0 ? saidOf(issues) : error.message }
}

function Outcome({ tested: { state, error, steps } }: { tested: Tested }) {
  const actions = useActionTypes()
  const titleOf = (type: string) => actions?.find((action) => action.type === type)?.title ?? type
  const says =
    steps.length === 0
      ? words.noSteps
      : state === 'done'
        ? words.done
        : state === 'stopped'
          ? words.stopped
          : words.failed
  return (
    <section aria-label={words.title}>
      <ol className="run-steps">
        {numbered(steps).map(({ id, row }) => (
          <StepItem key={id} entry={row} title={titleOf(row.type)} isTimeless />
        ))}
      </ol>
      <p role="status">{says}</p>
      {error && steps.every((step) => step.error !== error) && <p className="run-error">{error}</p>}
    </section>
  )
}
