import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { ui } from '../../words/ui.ts'
import { webhookFormWords as words } from '../../words/webhooks.ts'
import type { Issued, Webhook } from '../useWebhooks.ts'
import { IssuedDialog } from './IssuedDialog.tsx'
import './form.css'

/** A new secret, and what becomes of the old one. */
export function RotateDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [isNow, setNow] = useState(false)
  const [issued, setIssued] = useState<Issued>()
  const rotate = useChange<{ now: boolean }, Issued>({
    run: (body) => post(`/console/webhooks/${webhook.id}/rotate-secret`, body),
    isAlone: true,
    done: setIssued,
    refetch: [['webhooks']],
  })
  if (issued) return <IssuedDialog issued={issued} onClose={onClose} />
  return (
    <Dialog title={words.rotateTitle(webhook.name)} onClose={onClose}>
      <Form onSubmit={() => rotate.mutate({ now: isNow })} problem={rotate.error?.message}>
        <RadioGroup
          className="webhook-radios"
          aria-label={words.rotateHelp}
          value={isNow ? 'now' : 'later'}
          onChange={(value) => setNow(value === 'now')}
        >
          <p className="soft">{words.rotateHelp}</p>
          <Choice value="later" label={words.rotateLater} help={words.rotateLaterHelp} />
          <Choice value="now" label={words.rotateNow} help={words.rotateNowHelp} />
        </RadioGroup>
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={rotate.isPending}>
            {words.rotate}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

const Choice = ({ value, label, help }: { value: string; label: string; help: string }) => (
  <Radio value={value} className="webhook-radio">
    <span className="webhook-radio-mark" />
    <span className="choice-words">
      {label}
      <span className="field-help">{help}</span>
    </span>
  </Radio>
)
