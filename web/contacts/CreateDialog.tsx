import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { post } from '../api/client.ts'
import { ApiError, formErrors } from '../api/errors.ts'
import { useSession } from '../api/session.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Form, Problem } from '../ui/fields/Form.tsx'
import { TextField } from '../ui/fields/TextField.tsx'
import { useDraft } from '../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { ui } from '../words/ui.ts'
import { nameOf, type Reply } from './contact.ts'

interface Props {
  onClose: () => void
  onOpen: (id: string) => void
}

const empty = { firstName: '', lastName: '', companyName: '', email: '', phone: '' }
const fields = Object.keys(empty) as (keyof typeof empty)[]

/** What is typed is kept if the dialog is closed by accident. One that is there already is shown the way to. */
export function CreateDialog({ onClose, onOpen }: Props) {
  const { location } = useSession()
  const [draft, change, forget, discard] = useDraft('contact', empty)
  const [isNobody, setNobody] = useState(false)
  const create = useChange<typeof empty, Reply>({
    run: (draft) => post('/contacts/', { locationId: location.id, ...filled(draft) }),
    isAlone: true,
    says: (_, { contact }) => words.created(nameOf(contact)),
    refetch: [['contacts']],
    done: ({ contact }) => {
      forget()
      onClose()
      onOpen(contact.id)
    },
  })
  function submit() {
    const isEmpty = fields.every((field) => draft[field].trim() === '')
    setNobody(isEmpty)
    if (!isEmpty) create.mutate(draft)
  }
  const { errors, problem } = isNobody ? { problem: words.identity } : refusedBy(create.error)
  const text = (name: keyof typeof empty, label: string, type: 'text' | 'email' | 'tel' = 'text') => (
    <TextField
      label={label}
      name={name}
      type={type}
      value={draft[name]}
      onChange={(typed) => change({ [name]: typed })}
      autoFocus={name === 'firstName'}
      autoComplete="off"
    />
  )
  return (
    <Dialog title={words.create} onClose={onClose}>
      <Form onSubmit={submit} onDiscard={discard} {...(errors && { errors })}>
        <div className="field-row">
          {text('firstName', words.firstName)}
          {text('lastName', words.lastName)}
        </div>
        {text('companyName', words.company)}
        {text('email', words.email, 'email')}
        {text('phone', words.phone, 'tel')}
        {problem && <Problem>{problem}</Problem>}
        <Existing error={create.error} onOpen={onOpen} onClose={onClose} />
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

const filled = (draft: typeof empty) =>
  Object.fromEntries(fields.map((field) => [field, draft[field].trim()]).filter(([, value]) => value !== ''))

/** Of a duplicate the server tells which field it is that somebody else has. */
function refusedBy(error: unknown): ReturnType<typeof formErrors> {
  const field = error instanceof ApiError ? error.meta.matchingField : undefined
  if (typeof field !== 'string') return formErrors(error, fields)
  return { errors: { [field]: (error as ApiError).message } }
}

/** A refusal as a duplicate names the one that is in the way. */
function Existing({ error, onOpen, onClose }: Props & { error: unknown }) {
  const { contactId, contactName } = error instanceof ApiError ? error.meta : {}
  if (typeof contactId !== 'string') return null
  return (
    <div>
      <Button
        onPress={() => {
          onClose()
          onOpen(contactId)
        }}
      >
        {words.openExisting(typeof contactName === 'string' ? contactName : words.existing)}
      </Button>
    </div>
  )
}
