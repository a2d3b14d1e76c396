import { useMemo, useRef } from 'react'
import { formErrors } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { Form, Problem } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { Part } from '../Part.tsx'
import { DeletionTable } from './DeletionTable.tsx'
import { type PipelineDraft, staying } from './draft.ts'
import { Overtaken } from './Overtaken.tsx'
import { PipelineLooks } from './PipelineLooks.tsx'
import { PipelineMenu } from './PipelineMenu.tsx'
import { StageList } from './StageList.tsx'
import { usePipelineDraft } from './usePipelineDraft.ts'

interface Props {
  /** Absent: a new one. */
  id: string | undefined
  initial: PipelineDraft
}

export function PipelineForm({ id, initial }: Props) {
  const edit = usePipelineDraft(id, initial)
  const { draft, change, save, asking, deletion } = edit
  const first = useRef<HTMLInputElement>(null)
  const counts = useMemo(() => new Map(deletion?.stages.map((stage) => [stage.id, stage.count])), [deletion])
  const fields = ['name', ...staying(draft.stages).map((_, at) => `stages.${at}.name`)]
  return (
    <Part title={id ? initial.name : words.newTitle} action={id && <PipelineMenu id={id} name={initial.name} />}>
      <Form
        onSubmit={edit.submit}
        onDiscard={edit.overtaken ? undefined : edit.discard}
        {...formErrors(save.error, fields)}
        className="pipeline-form"
      >
        <TextField
          label={words.name}
          name="name"
          value={draft.name}
          placeholder={words.namePlaceholder}
          onChange={(name) => change({ name })}
          maxLength={255}
          isRequired
          autoFocus={!id}
          inputRef={first}
        />
        <fieldset className="pipeline-stages">
          <legend>{words.stagesTitle}</legend>
          <p className="soft">{words.stagesHelp}</p>
          <StageList stages={draft.stages} counts={counts} goal={edit.goal} onChange={(stages) => change({ stages })} />
        </fieldset>
        <PipelineLooks draft={draft} change={change} />
        <SaveBar edit={edit} isNew={!id} onChosen={() => first.current?.focus()} />
      </Form>
      {asking && deletion && <MoveConfirm edit={edit} deletion={deletion} asking={asking} />}
    </Part>
  )
}

type Edit = ReturnType<typeof usePipelineDraft>

interface SaveProps {
  edit: Edit
  isNew: boolean
  /** Whose version to go on from: the button that was pressed has gone. */
  onChosen: () => void
}

/** Stays in sight at the foot while there is something to save. */
function SaveBar({ edit, isNew, onChosen }: SaveProps) {
  const { overtaken, asking } = edit
  if (!isNew && !edit.isChanged) return null
  return (
    <div className="save-bar">
      {overtaken && !asking && <Overtaken {...overtaken} onChosen={onChosen} />}
      {edit.isChanged && !edit.discard && !overtaken && <Button onPress={edit.forget}>{words.discard}</Button>}
      <Button
        look="primary"
        type="submit"
        isPending={edit.save.isPending || edit.isCounting}
        aria-disabled={Boolean(overtaken)}
      >
        {isNew ? words.create : words.save}
      </Button>
    </div>
  )
}

interface MoveProps {
  edit: Edit
  deletion: NonNullable<Edit['deletion']>
  asking: NonNullable<Edit['asking']>
}

/** How many deals would move, and where to, which can be chosen. */
function MoveConfirm({ edit, deletion, asking: { stop, goals, choose } }: MoveProps) {
  const { count } = useFormats()
  return (
    <Confirm
      title={words.movesTitle(deletion.stages.length)}
      action={words.saveAndMove}
      isPending={edit.save.isPending}
      isBlocked={Boolean(edit.overtaken)}
      onConfirm={edit.submit}
      onClose={stop}
    >
      <p>{words.movesTo(count(deletion.count), edit.goal?.name ?? '')}</p>
      <DeletionTable stages={deletion.stages} />
      {goals.length > 1 && (
        <Select
          label={words.moveTo}
          options={goals.map(({ key, name }) => ({ id: key, label: name || words.unnamed }))}
          value={edit.goal?.key ?? null}
          onChange={choose}
        />
      )}
      {edit.save.error && <Problem>{edit.save.error.message}</Problem>}
      {edit.overtaken && <Overtaken {...edit.overtaken} />}
    </Confirm>
  )
}
