import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { post } from '../api/client.ts'
import { formErrors } from '../api/errors.ts'
import { type Pipeline, useUsers } from '../api/lookups.ts'
import { useMay, useSession } from '../api/session.tsx'
import type { Filters } from '../filters/filters.ts'
import { Button } from '../ui/actions/Button.tsx'
import { ComboBox } from '../ui/choices/ComboBox.tsx'
import { Select } from '../ui/choices/Select.tsx'
import { DateField } from '../ui/fields/DateField.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { MoneyField } from '../ui/fields/MoneyField.tsx'
import { TextField } from '../ui/fields/TextField.tsx'
import { useDraft } from '../ui/fields/useDraft.ts'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { boardWords as words } from '../words/board.ts'
import { ui } from '../words/ui.ts'
import type { Row } from './cards.ts'
import { contactBody, useContacts } from './useContacts.ts'

interface Props {
  pipeline: Pipeline
  filters: Filters
  onClose: () => void
}

interface Draft {
  name: string
  contact: { id: string | null; label: string } | null
  value: number | null
  stageId: string
  ownerId: string
  closeDate: string | null
}

const empty: Draft = { name: '', contact: null, value: null, stageId: '', ownerId: 'nobody', closeDate: null }
const fields = ['name', 'contactId', 'monetaryValue', 'pipelineStageId', 'assignedTo', 'forecastExpectedCloseDate']

/** What is typed is kept if the dialog is closed by accident. */
export function CreateDialog({ pipeline, onClose }: Props) {
  const [draft, change, forget] = useDraft<Draft>('opportunity', empty)
  const [isContactMissing, setContactMissing] = useState(false)
  const users = useUsers()
  const stage = pipeline.stages.find(({ id }) => id === draft.stageId) ?? pipeline.stages[0]
  const create = useCreating(pipeline.id, change, () => {
    forget()
    onClose()
  })

  function submit() {
    if (!draft.contact) return setContactMissing(true)
    create.mutate({ ...draft, stageId: stage?.id ?? '' })
  }
  return (
    <Dialog title={words.create} onClose={onClose}>
      <Form onSubmit={submit} {...formErrors(create.error, fields)}>
        <TextField
          label={words.name}
          name="name"
          placeholder={words.namePlaceholder}
          value={draft.name}
          onChange={(name) => change({ name })}
          isRequired
          autoFocus
        />
        <ContactField
          chosen={draft.contact}
          onChoose={(contact) => {
            change({ contact })
            setContactMissing(false)
          }}
          isMissing={isContactMissing}
        />
        <div className="field-row">
          <MoneyField
            label={words.value}
            name="monetaryValue"
            value={draft.value}
            onChange={(value) => change({ value })}
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
            value={draft.ownerId}
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
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={create.isPending}>
            {words.createIt}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

interface ContactProps {
  chosen: Draft['contact']
  onChoose: (contact: Draft['contact']) => void
  isMissing: boolean
}

/** Finds by name, e-mail or phone; what is not found can be created. */
function ContactField({ chosen, onChoose, isMissing }: ContactProps) {
  const [typed, setTyped] = useState(chosen?.label ?? '')
  const mayCreate = useMay()('contacts.write')
  const found = useContacts(typed, chosen)
  const isNew = mayCreate && typed.trim() !== '' && !found.some(({ label }) => label === typed.trim())
  const options = isNew ? [...found, { id: 'new', label: words.newContact(typed.trim()) }] : found

  function choose(id: string | null) {
    if (id === 'new') {
      onChoose({ id: null, label: typed.trim() })
      return
    }
    const option = options.find((option) => option.id === id)
    onChoose(option ? { id: option.id, label: option.label } : null)
    setTyped(option?.label ?? '')
  }
  return (
    <ComboBox
      label={words.contact}
      name="contactId"
      placeholder={words.contactPlaceholder}
      isSearchedElsewhere
      options={options}
      inputValue={typed}
      onInputChange={setTyped}
      value={chosen ? (chosen.id ?? 'new') : null}
      onChange={choose}
      {...(isMissing && { error: words.contactNeeded })}
    />
  )
}

function useCreating(pipelineId: string, change: (part: Partial<Draft>) => void, done: () => void) {
  const { location } = useSession()
  return useChange<Draft, { opportunity: Row }>({
    run: async ({ name, contact, value, stageId, ownerId, closeDate }) => {
      const contactId = contact?.id ?? (await createContact(contact?.label ?? ''))
      return post('/opportunities/', {
        ...{ locationId: location.id, pipelineId, pipelineStageId: stageId, status: 'open' },
        ...{ name: name.trim(), contactId },
        ...(value !== null && { monetaryValue: value }),
        ...(ownerId !== 'nobody' && { assignedTo: ownerId }),
        ...(closeDate && { forecastExpectedCloseDate: closeDate }),
      })
    },
    says: ({ name }) => words.created(name.trim()),
    done,
  })

  /** If the deal is then refused, the contact is there already, and is not created twice. */
  async function createContact(label: string): Promise<string> {
    const body = { locationId: location.id, ...contactBody(label) }
    const { contact } = await post<{ contact: { id: string } }>('/contacts/', body)
    change({ contact: { id: contact.id, label } })
    return contact.id
  }
}
