import { useMemo, useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post, put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { tokenWords as words } from '../../words/settings/tokens.ts'
import { ui } from '../../words/ui.ts'
import { ScopesField } from '../scopes/ScopesField.tsx'
import {
  blankToken,
  endOf,
  type Issued,
  newTokenBody,
  type Token,
  type TokenDraft,
  tokenChangeBody,
  tokenDraftOf,
} from './token.ts'

interface Props {
  /** Absent: a new one. */
  token: Token | undefined
  onIssued: (issued: Issued) => void
  onClose: () => void
}

export function TokenDialog({ token, onIssued, onClose }: Props) {
  const initial = useMemo(() => (token ? tokenDraftOf(token) : blankToken), [token])
  const [draft, change, forget, discard] = useDraft(`token.${token?.id ?? 'new'}`, initial)
  const [missing, setMissing] = useState('')
  const save = useChange<TokenDraft, { token: Token } | Issued>({
    run: (wanted) =>
      token
        ? put(`/console/tokens/${token.id}`, tokenChangeBody(wanted))
        : post('/console/tokens', newTokenBody(wanted)),
    isAlone: true,
    ...(token && { says: ({ name }: TokenDraft) => words.saved(name) }),
    refetch: [['tokens']],
    done: (reply) => {
      forget()
      if ('secret' in reply) onIssued(reply)
      else onClose()
    },
  })
  const submit = () => {
    const problem = problemIn(draft)
    setMissing(problem)
    if (!problem) save.mutate(draft)
  }
  const cancel = () => {
    forget()
    onClose()
  }
  return (
    <Dialog title={token ? words.editTitle(token.name) : words.newTitle} size="middle" onClose={onClose}>
      <Form
        onSubmit={submit}
        onDiscard={discard}
        {...(missing ? { problem: missing } : formErrors(save.error, ['name', 'description']))}
      >
        <TokenFields draft={draft} change={change} isNew={!token} />
        {draft.kind === 'pit' && <ScopesField value={draft.scopes} onChange={(scopes) => change({ scopes })} />}
        <Buttons>
          <Button onPress={cancel}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {token ? words.save : words.create}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

function problemIn({ kind, scopes, end }: TokenDraft): string {
  if (kind === 'pit' && scopes.length === 0) return words.noScopes
  return end && endOf(end).getTime() < Date.now() ? words.inPast : ''
}

interface FieldsProps {
  draft: TokenDraft
  change: (part: Partial<TokenDraft>) => void
  isNew: boolean
}

const TokenFields = ({ draft, change, isNew }: FieldsProps) => (
  <>
    <TextField
      label={words.name}
      help={words.nameHelp}
      name="name"
      placeholder={words.namePlaceholder}
      value={draft.name}
      onChange={(name) => change({ name })}
      maxLength={255}
      isRequired
      autoFocus
    />
    <TextField
      label={words.description}
      name="description"
      value={draft.description}
      onChange={(description) => change({ description })}
      maxLength={1000}
    />
    {isNew && (
      <div className="field-row">
        <Select
          label={words.kind}
          {...(draft.kind === 'v1' && { help: words.kindHelp })}
          options={(['pit', 'v1'] as const).map((id) => ({ id, label: words.kinds[id] }))}
          value={draft.kind}
          onChange={(id) => change({ kind: id as TokenDraft['kind'] })}
        />
        <DateField label={words.end} help={words.endHelp} value={draft.end} onChange={(end) => change({ end })} />
      </div>
    )}
  </>
)
