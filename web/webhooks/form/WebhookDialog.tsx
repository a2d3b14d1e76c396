import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post, put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { ui } from '../../words/ui.ts'
import { webhookFormWords as words } from '../../words/webhooks.ts'
import type { Issued, Webhook } from '../useWebhooks.ts'
import { Advanced } from './Advanced.tsx'
import { blank, bodyOf, draftOf, type Header, looksInside, twiceIn } from './draft.ts'
import { EventPicker } from './EventPicker.tsx'
import { IssuedDialog } from './IssuedDialog.tsx'
import './form.css'

interface Props {
  /** Absent for a new one. */
  webhook?: Webhook
  onClose: () => void
}

/** Makes a webhook and then shows its secret, or changes one. */
export function WebhookDialog({ webhook, onClose }: Props) {
  const [initial] = useState(() => (webhook ? draftOf(webhook) : blank))
  const [draft, change, forget, discard] = useDraft(`webhook.${webhook?.id ?? 'new'}`, initial)
  const names = webhook?.headerNames ?? []
  const [headers, setHeaders] = useState<Header[] | null>(names.length > 0 ? null : [])
  const [hint, setHint] = useState<string>()
  const [issued, setIssued] = useState<Issued>()
  const save = useSave(webhook, (reply) => {
    forget()
    if ('secret' in reply) setIssued(reply)
    else onClose()
  })
  if (issued) return <IssuedDialog issued={issued} onClose={onClose} />

  const submit = () => {
    const twice = twiceIn(headers)
    const wrong = !draft.isEvery && draft.types.length === 0 ? words.noEvents : twice && words.twice(twice)
    setHint(wrong)
    if (!wrong) save.mutate(bodyOf(draft, headers))
  }
  const { errors, problem } = formErrors(save.error, ['url', 'name', 'appId'])
  return (
    <Dialog title={webhook ? words.editTitle(webhook.name) : words.createTitle} size="middle" onClose={onClose}>
      <Form
        className="form webhook-form"
        onSubmit={submit}
        onDiscard={discard}
        errors={errors}
        problem={hint ?? problem}
      >
        <TextField
          name="url"
          label={words.url}
          help={looksInside(draft.url) ? words.urlInside : words.urlHelp}
          placeholder={words.urlPlaceholder}
          value={draft.url}
          onChange={(url) => change({ url })}
          inputMode="url"
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          name="name"
          label={words.name}
          help={words.nameHelp}
          value={draft.name}
          onChange={(name) => change({ name })}
          maxLength={255}
        />
        <EventPicker draft={draft} onChange={change} />
        <Advanced
          draft={draft}
          onChange={change}
          names={names}
          headers={headers}
          onHeaders={setHeaders}
          isOpen={names.length > 0}
        />
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {webhook ? words.save : words.create}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

type Saved = Issued | Pick<Issued, 'webhook'>

const useSave = (webhook: Webhook | undefined, done: (reply: Saved) => void) =>
  useChange<ReturnType<typeof bodyOf>, Saved>({
    run: (body) =>
      webhook ? put<Saved>(`/console/webhooks/${webhook.id}`, body) : post<Saved>('/console/webhooks', body),
    isAlone: true,
    ...(webhook && { says: (_body, reply) => words.saved(reply.webhook.name) }),
    done,
    refetch: [['webhooks']],
  })
