import { formErrors } from '../../api/errors.ts'
import { type Pipeline, useUsers } from '../../api/lookups.ts'
import { useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { MoneyField } from '../../ui/fields/MoneyField.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { newDealWords as words } from '../../words/newDeal.ts'
import { ui } from '../../words/ui.ts'
import { ContactField } from './ContactField.tsx'
import { type Draft, useCreating, useRemoving } from './useCreating.ts'

interface Props {
  pipeline: Pipeline
  onClose: () => void
}

const empty: Draft = { name: '', contact: null, made: null, value: null, stageId: '', ownerId: '', closeDate: null }
/** What the server takes, either way. */
const mostMoney = 1e11
const fields = ['name', 'contactId', 'monetaryValue', 'pipelineStageId', 'assignedTo', 'forecastExpectedCloseDate']

/** What is typed is kept if the dialog is closed by accident. */
export function CreateDialog({ pipeline, onClose }: Props) {
  const [draft, change, forget, isOfBefore] = useDraft<Draft>('opportunity', empty)
  const { user } = useSession()
  const users = useUsers()
  const { money } = useFormats()
  // Whoever sells owns what they create; an admin creates for others.
  const ownerId = draft.ownerId || (user.role === 'user' ? user.id : 'nobody')
  const stage = pipeline.stages.find(({ id }) => id === draft.stageId) ?? pipeline.stages[0]
  const create = useCreating(pipeline.id, change, () => {
    forget()
    onClose()
  })

  const removeUnused = useRemoving()

  function submit() {
    create.mutate({ ...draft, ownerId, stageId: stage?.id ?? '' })
  }
  function discard() {
    forget()
    if (draft.made) removeUnused.mutate(draft.made)
  }
  function cancel() {
    discard()
    onClose()
  }
  return (
    <Dialog title={words.create} onClose={onClose}>
      <Form onSubmit={submit} onDiscard={isOfBefore && discard} {...formErrors(create.error, fields)}>
        <TextField
          label={words.name}
          name="name"
          placeholder={words.namePlaceholder}
          value={draft.name}
          onChange={(name) => change({ name })}
          validate={(name) => (name !== '' && name.trim() === '' ? ui.required(words.name) : null)}
          maxLength={255}
          isRequired
          autoFocus
        />
        <ContactField chosen={draft.contact} onChoose={(contact) => change({ contact })} />
        <div className="field-row">
          <MoneyField
            label={words.value}
            name="monetaryValue"
            value={draft.value}
            onChange={(value) => change({ value })}
            {...(Math.abs(draft.value ?? 0) > mostMoney && { error: words.valueTooFar(money(mostMoney)) })}
          />
          <Select
            label={words.stage}
            name="pipelineStageId"
            options={pipeline.stages.map(({ id, name, color }) => ({
              id,
              label: name,
              mark: <span className="dot" style={{ background: color }} />,
            }))}
            value={stage?.id ?? null}
            onChange={(stageId) => change({ stageId })}
          />
          <Select
            label={words.owner}
            name="assignedTo"
            options={[
              { id: 'nobody', label: words.noOwner },
              ...users.map(({ id, name }) => ({ id, label: name, mark: <Avatar id={id} name={name} isDecoration /> })),
            ]}
            value={ownerId}
            onChange={(ownerId) => change({ ownerId })}
          />
          <DateField
            label={words.closeDate}
            name="forecastExpectedCloseDate"
            value={draft.closeDate}
            onChange={(closeDate) => change({ closeDate })}
          />
        </div>
        <Buttons>
          <Button onPress={cancel}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={create.isPending}>
            {words.createIt}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
