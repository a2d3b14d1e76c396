import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { post } from '../api/client.ts'
import { formErrors } from '../api/errors.ts'
import { usePipelines } from '../api/lookups.ts'
import { Button } from '../ui/actions/Button.tsx'
import { Select } from '../ui/choices/Select.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { TextField } from '../ui/fields/TextField.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { automationWords as words } from '../words/automations.ts'
import { ui } from '../words/ui.ts'
import { useTemplates } from './ask.ts'
import type { OneReply } from './wire.ts'

interface Props {
  onClose: () => void
  onCreated: (id: string) => void
}

const empty = 'empty'

/** A draft with nothing in it, or one that is ready but for the pipeline it is for. */
export function CreateDialog({ onClose, onCreated }: Props) {
  const [name, setName] = useState('')
  const [template, setTemplate] = useState(empty)
  const [pipeline, setPipeline] = useState<string | null>(null)
  const { data: templates = [] } = useTemplates()
  const { data: pipelines = [] } = usePipelines()
  const pipelineId = pipeline ?? pipelines[0]?.id ?? null
  const create = useChange<string, OneReply>({
    run: (name) =>
      template === empty
        ? post<OneReply>('/console/workflows', { name })
        : post<OneReply>('/console/workflows/templates', { template, pipelineId, name }),
    isAlone: true,
    refetch: [['workflows']],
    done: ({ workflow }) => onCreated(workflow.id),
  })
  function choose(id: string) {
    const titles = templates.map(({ title }) => title)
    const title = templates.find((one) => one.id === id)?.title
    if (name === '' || titles.includes(name)) setName(title ?? '')
    setTemplate(id)
  }
  return (
    <Dialog title={words.create} onClose={onClose}>
      <Form onSubmit={() => create.mutate(name.trim())} {...formErrors(create.error, ['name'])}>
        <Select
          label={words.beginWith}
          options={[
            { id: empty, label: words.empty },
            ...templates.map(({ id, title, about }) => ({ id, label: title, detail: about })),
          ]}
          value={template}
          onChange={choose}
          {...(template !== empty && { help: templates.find(({ id }) => id === template)?.about })}
        />
        {template !== empty && (
          <Select
            label={words.pipeline}
            options={pipelines.map(({ id, name }) => ({ id, label: name }))}
            value={pipelineId}
            onChange={setPipeline}
          />
        )}
        <TextField
          label={words.name}
          name="name"
          value={name}
          onChange={setName}
          placeholder={words.namePlaceholder}
          help={words.createHelp}
          maxLength={255}
          isRequired
          autoFocus
        />
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={create.isPending}>
            {words.create}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
