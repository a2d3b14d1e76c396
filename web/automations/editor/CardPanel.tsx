import { Copy, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useCustomFields } from '../../api/lookups.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { Buttons } from '../../ui/overlays/Dialog.tsx'
import { Panel } from '../../ui/overlays/Panel.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { useSamples } from '../ask.ts'
import { type Offers, OffersProvider } from '../form/Merge.tsx'
import { mergeFields, pathsIn } from '../form/mergeFields.ts'
import type { Workflow } from '../wire.ts'
import { changeStep, type Definition, stepAt } from './definition.ts'
import { useDesk } from './EditorContext.ts'
import type { Issue } from './issues.ts'
import { StepForm } from './StepForm.tsx'
import { StepRuns } from './StepRuns.tsx'
import { stepIdOf } from './stepIds.ts'
import { TriggerForm } from './TriggerForm.tsx'

interface Props {
  card: string
  workflow: Workflow
  definition: Definition
  onChange: (definition: Definition) => void
  issues: Issue[]
  onClose: () => void
}

/** The settings of the card that is open. */
export function CardPanel({ card, workflow, definition, onChange, issues, onClose }: Props) {
  const { actions, mayChange, duplicate, remove } = useDesk()
  const step = card === 'trigger' ? undefined : stepAt(definition.steps, card)
  const stepId = step && stepIdOf(step)
  const action = actions.find(({ type }) => type === step?.type)
  const offers = useOffers(workflow.id, definition, step !== undefined)
  const title = card === 'trigger' ? words.trigger : step?.name || action?.title || step?.type || words.title
  const ofAll = issues.find(({ field }) => field === '')
  return (
    <Panel
      title={title}
      onClose={onClose}
      footer={
        step &&
        mayChange && (
          <Buttons>
            <Button icon={Trash2} onPress={() => remove(card)}>
              {words.remove}
            </Button>
            <Button icon={Copy} onPress={() => duplicate(card)}>
              {words.duplicate}
            </Button>
          </Buttons>
        )
      }
    >
      <OffersProvider value={offers}>
        <fieldset className="card-form" disabled={!mayChange}>
          {!mayChange && <p className="soft">{words.readonly}</p>}
          {ofAll && definition.trigger && <Problem>{ofAll.says}</Problem>}
          {card === 'trigger' ? (
            <TriggerForm workflow={workflow} definition={definition} onChange={onChange} issues={issues} />
          ) : step && action ? (
            <StepForm
              step={step}
              action={action}
              issues={issues}
              onChange={(next) => onChange({ ...definition, steps: changeStep(definition.steps, card, () => next) })}
            />
          ) : (
            <p className="soft">{words.gone}</p>
          )}
        </fieldset>
        {stepId && <StepRuns key={stepId} workflow={workflow} stepId={stepId} />}
      </OffersProvider>
    </Panel>
  )
}

/** Merge fields are filled in when a step is done; what is asked of a trigger is compared as it stands. */
function useOffers(workflowId: string, { trigger }: Definition, isStep: boolean): Offers {
  const isInbound = trigger?.type === 'inbound_webhook'
  const { data: samples } = useSamples(workflowId, isInbound)
  const custom = useCustomFields('all')
  return useMemo(() => {
    const paths = isInbound ? [...new Set((samples ?? []).flatMap(({ payload }) => pathsIn(payload)))] : []
    const fields = mergeFields(custom, paths)
    return {
      merge: isStep ? fields : [],
      fields: isStep ? fields : fields.filter(({ id }) => id.startsWith('payload.')),
      paths,
    }
  }, [custom, samples, isInbound, isStep])
}
