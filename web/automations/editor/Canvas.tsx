import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { useMay } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Keys } from '../../ui/actions/Keys.tsx'
import { tell } from '../../ui/feedback/toast.ts'
import { Problem } from '../../ui/fields/Form.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { ui } from '../../words/ui.ts'
import { useActionTypes, useStepCounts, useTriggerTypes } from '../ask.ts'
import { DraftConflict } from '../DraftConflict.tsx'
import { mergeFields } from '../form/mergeFields.ts'
import { useReferences } from '../form/names.ts'
import type { ActionType, StepCount, TriggerType, Workflow } from '../wire.ts'
import { newStep, triggerIcon } from './actions.ts'
import { CanvasSkeleton } from './CanvasSkeleton.tsx'
import { Card } from './Card.tsx'
import { CardPanel } from './CardPanel.tsx'
import {
  type Definition,
  duplicateStep,
  indexOf,
  insertStep,
  listOf,
  moveStep,
  type Path,
  placeBeside,
  removeStep,
  type Step,
  stepAt,
} from './definition.ts'
import { type Desk, DeskProvider } from './EditorContext.ts'
import { focusSoon } from './focus.ts'
import { type Issue, saidOf } from './issues.ts'
import { RunsElsewhere } from './RunsElsewhere.tsx'
import { keysFor } from './StepCard.tsx'
import { StepPath } from './StepPath.tsx'
import { summaryOf } from './summary.ts'
import type { Editor } from './useEditor.ts'

/** The workflow from top to bottom; the card of the URL is open beside it. */
export function Canvas({ workflow, editor, isBeside }: { workflow: Workflow; editor: Editor; isBeside: boolean }) {
  const actions = useActionTypes()
  const triggers = useTriggerTypes()
  const counts = useStepCounts(workflow.id).data ?? []
  const desk = useDeskOf(editor, actions ?? [], counts)
  const { definition, issues, refusal, conflict } = editor
  if (!actions || !triggers) return <CanvasSkeleton />
  return (
    <DeskProvider value={desk}>
      <section className={`canvas${desk.openCard || isBeside ? ' beside' : ''}`} aria-label={words.canvas}>
        {conflict ? (
          <DraftConflict title={words.notSaved} {...conflict} />
        ) : (
          refusal && <Refusal message={refusal.message} issues={issues} onRetry={editor.retry} />
        )}
        <div className="canvas-path">
          <TriggerCard definition={definition} triggers={triggers} desk={desk} />
          <StepPath steps={definition.steps} list="steps" />
          {definition.steps.length > 0 && <span className="canvas-end">{words.theEnd}</span>}
          <RunsElsewhere workflowId={workflow.id} counts={counts} />
        </div>
      </section>
      {desk.mayChange && <KeyHelp />}
      {desk.openCard && (
        <CardPanel
          key={desk.openCard}
          card={desk.openCard}
          workflow={workflow}
          definition={definition}
          onChange={editor.change}
          issues={issues.filter(({ card }) => card === desk.openCard)}
          onClose={() => desk.open('')}
        />
      )}
    </DeskProvider>
  )
}

function TriggerCard({
  definition: { trigger },
  triggers,
  desk,
}: {
  definition: Definition
  triggers: TriggerType[]
  desk: Desk
}) {
  const title = triggers.find(({ type }) => type === trigger?.type)?.title ?? trigger?.type
  return (
    <Card
      path="trigger"
      icon={triggerIcon}
      kind={words.trigger}
      title={title ?? words.noTrigger}
      lines={summaryOf(trigger?.filters ?? {}, desk.names)}
      faults={desk.issues.filter(({ card }) => card === 'trigger').length}
      isOpen={desk.openCard === 'trigger'}
      onOpen={() => desk.open('trigger')}
      onKeyDown={keysFor(desk, 'trigger')}
    />
  )
}

/** Why the draft was not saved, card by card where the server named them. */
function Refusal({ message, issues, onRetry }: { message: string; issues: Issue[]; onRetry: () => void }) {
  const named = saidOf(issues)
  return (
    <div className="canvas-refusal">
      <Problem>{`${words.notSaved}. ${named || message}`}</Problem>
      {named === '' && <Button onPress={onRetry}>{ui.retry}</Button>}
    </div>
  )
}

const KeyHelp = () => (
  <footer className="canvas-keys small faint">
    {words.keys.map(([keys, says]) => (
      <span key={keys}>
        <Keys keys={keys} /> {says}
      </span>
    ))}
  </footer>
)

/** What the cards can do, and which of them is open. */
function useDeskOf({ definition, change, issues }: Editor, actions: ActionType[], counts: StepCount[]): Desk {
  const [params, setParams] = useSearchParams()
  const openCard = params.get('card')
  const names = useNames()
  const open = (card: Path) => setParams(card ? { card } : {}, { replace: openCard !== null && card !== '' })
  const set = (steps: Step[]) => change({ ...definition, steps })
  const { steps } = definition
  return {
    actions,
    issues,
    names,
    runsAt: useMemo(() => new Map(counts.map(({ id, runs }) => [id, runs])), [counts]),
    mayChange: useMay()('workflows.write'),
    openCard,
    open,
    add(list, at, action) {
      set(insertStep(steps, list, at, newStep(action)))
      open(`${list}.${at}`)
    },
    move(path, by) {
      const to = placeBeside(steps, path, by)
      if (!to) return
      set(moveStep(steps, path, by))
      if (openCard) open(to)
      focusSoon(to)
    },
    duplicate(path) {
      set(duplicateStep(steps, path))
      focusSoon(`${listOf(path)}.${indexOf(path) + 1}`)
    },
    remove(path) {
      const step = stepAt(steps, path)
      if (!step) return
      const title = step.name || (actions.find(({ type }) => type === step.type)?.title ?? step.type)
      set(removeStep(steps, path))
      if (openCard) open('')
      focusSoon(indexOf(path) > 0 ? `${listOf(path)}.${indexOf(path) - 1}` : 'trigger')
      tell(words.removed(title), {
        undo: () => change((now) => ({ ...now, steps: insertStep(now.steps, listOf(path), indexOf(path), step) })),
      })
    },
  }
}

function useNames(): Map<string, string> {
  const references = useReferences()
  return useMemo(() => {
    const named = [...Object.values(references).flat(), ...mergeFields([], [])]
    return new Map(named.map(({ id, label }) => [id, label]))
  }, [references])
}
