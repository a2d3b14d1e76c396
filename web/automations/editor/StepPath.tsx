import { Fragment } from 'react'
import { editorWords as words } from '../../words/automationEditor.ts'
import { numbered } from '../form/rows.ts'
import { AddStep } from './AddStep.tsx'
import { branchesOf } from './actions.ts'
import type { Path, Step } from './definition.ts'
import { useDesk } from './EditorContext.ts'
import { StepCard } from './StepCard.tsx'

/** Steps below each other, with what a step branches into side by side below it. */
export function StepPath({ steps, list }: { steps: Step[]; list: Path }) {
  const { actions, mayChange, add } = useDesk()
  const adder = (at: number, isFirst = false) =>
    mayChange ? (
      <AddStep actions={actions} isFirst={isFirst} onAdd={(action) => add(list, at, action)} />
    ) : (
      <span className="add-step" />
    )
  return (
    <>
      {adder(0, list === 'steps' && steps.length === 0)}
      {numbered(steps).map(({ id, at, row: step }) => (
        <Fragment key={id}>
          <StepCard step={step} path={`${list}.${at}`} isLast={at === steps.length - 1} />
          <Branches step={step} path={`${list}.${at}`} />
          {adder(at + 1)}
        </Fragment>
      ))}
    </>
  )
}

function Branches({ step, path }: { step: Step; path: Path }) {
  const { actions } = useDesk()
  const names = branchesOf(
    step,
    actions.find(({ type }) => type === step.type),
  )
  if (names.length === 0) return null
  return (
    <div className="branches">
      {names.map((name) => (
        <section key={name} className="branch" aria-label={words.branches[name] ?? name}>
          <span className="branch-name">{words.branches[name] ?? name}</span>
          <StepPath steps={step.branches?.[name] ?? []} list={`${path}.branches.${name}`} />
        </section>
      ))}
    </div>
  )
}
