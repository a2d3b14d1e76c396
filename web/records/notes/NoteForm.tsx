import { useState } from 'react'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { recordWords as words } from '../../words/records.ts'
import { ui } from '../../words/ui.ts'

interface Props {
  /** Where what is being written is kept. */
  name: string
  initial?: string
  action: string
  problem: Error | null
  onSave: (text: string) => Promise<unknown>
  /** There where it can be given up. */
  onClose?: () => void
}

/** A note as it is written: kept until it is saved, sent with the button or with Ctrl/Cmd Enter. */
export function NoteForm({ name, initial = '', action, problem, onSave, onClose }: Props) {
  const [empty] = useState({ body: initial })
  const [{ body }, change, forget, discard] = useDraft(name, empty)
  const [isSaving, setSaving] = useState(false)
  const isEmpty = body.trim() === ''

  async function save() {
    if (isEmpty || isSaving) return
    setSaving(true)
    try {
      await onSave(body)
      forget()
      onClose?.()
    } catch {
      // The mutation keeps the reason, which stands below; the text stays.
    } finally {
      setSaving(false)
    }
  }
  return (
    <Form
      className="note-form no-print"
      onSubmit={() => void save()}
      onDiscard={discard}
      {...(problem && { problem: problem.message })}
    >
      <TextField
        label={initial ? words.editNote : words.notePlaceholder}
        isLabelHidden
        placeholder={words.notePlaceholder}
        lines={1}
        value={body}
        onChange={(body) => change({ body })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
          else event.continuePropagation()
        }}
        autoFocus={Boolean(onClose)}
      />
      {(!isEmpty || onClose) && (
        <div className="note-buttons">
          {onClose && (
            <Button
              onPress={() => {
                forget()
                onClose()
              }}
            >
              {ui.cancel}
            </Button>
          )}
          <Button type="submit" look={onClose ? 'primary' : 'quiet'} isPending={isSaving} isDisabled={isEmpty}>
            {action}
          </Button>
        </div>
      )}
    </Form>
  )
}
