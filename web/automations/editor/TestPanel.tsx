import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { ApiError } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import type { Option } from '../../ui/choices/options.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { Panel } from '../../ui/overlays/Panel.tsx'
import { testWords as words } from '../../words/automationEditor.ts'
import { useActionTypes, useTriggerTypes } from '../ask.ts'
import { numbered } from '../form/rows.ts'
import { StepItem } from '../runs/StepItem.tsx'
import { SubjectField, type SubjectKind } from '../SubjectField.tsx'
import type { Tested, Workflow } from '../wire.ts'
import { readIssues, saidOf } from './issues.ts'
import { PayloadTest } from './PayloadTest.tsx'

/** Whom or what a test begins with. */
export type Subject = { opportunityId: string } | { contactId: string } | { data: { payload: unknown } }

/** What the draft would do for whom is chosen, or with what is sent to it, step by step. */
export function TestPanel({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const test = useChange<Subject, Tested>({
    run: (subject) => post<Tested>(`/console/workflows/${workflow.id}/test`, subject),
  })
  const Fields = useFieldsFor(workflow.draft.trigger?.type)
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

/** A workflow that begins by a contact is tried with one, as long as its type is known. */
function useFieldsFor(type: string | undefined) {
  const trigger = useTriggerTypes()?.find((one) => one.type === type)
  if (type === 'inbound_webhook') return PayloadTest
  return trigger?.record === 'contact' ? ContactTest : DealTest
}

const ContactTest = (props: TestProps) => (
  <SubjectTest {...props} kind="contact" toSubject={(contactId) => ({ contactId })} />
)
const DealTest = (props: TestProps) => (
  <SubjectTest {...props} kind="deal" toSubject={(opportunityId) => ({ opportunityId })} />
)

function SubjectTest({
  kind,
  toSubject,
  problem,
  isPending,
  onTest,
}: TestProps & { kind: SubjectKind; toSubject: (id: string) => Subject }) {
  const [chosen, setChosen] = useState<Option | null>(null)
  return (
    <Form onSubmit={() => chosen && onTest(toSubject(chosen.id))} {...problem}>
      <p className="soft">{words.about[kind]}</p>
      <SubjectField kind={kind} chosen={chosen} onChoose={setChosen} />
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
