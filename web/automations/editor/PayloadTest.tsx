import { useState } from 'react'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { testWords as words } from '../../words/automationEditor.ts'
import { useSamples, useTemplates } from '../ask.ts'
import type { TestProps } from './TestPanel.tsx'

/** With what was sent last, or with an example of what may be; either can be changed before. */
export function PayloadTest({ workflowId, problem, isPending, onTest }: TestProps) {
  const offered = useOffered(workflowId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [written, setWritten] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const begin = offered.find(({ id }) => id === chosen) ?? offered[0]
  const text = written ?? (begin ? JSON.stringify(begin.payload, null, 2) : '{}')
  function submit() {
    const payload = read(text)
    setWrong(payload === undefined)
    if (payload !== undefined) onTest({ data: { payload } })
  }
  return (
    <Form
      className="form payload-test"
      onSubmit={submit}
      {...problem}
      {...(isWrong && { errors: { payload: words.notJson } })}
    >
      <p className="soft">{words.aboutPayload}</p>
      {begin && (
        <Select
          label={words.begin}
          options={offered.map(({ id, label }) => ({ id, label }))}
          value={begin.id}
          onChange={(id) => {
            setChosen(id)
            setWritten(null)
          }}
        />
      )}
      <TextField
        label={words.payload}
        name="payload"
        help={words.payloadHelp}
        value={text}
        onChange={(next) => {
          setWritten(next)
          setWrong(false)
        }}
        lines={12}
        isRequired
      />
      <Button look="primary" type="submit" isPending={isPending}>
        {words.run}
      </Button>
    </Form>
  )
}

function useOffered(workflowId: string): { id: string; label: string; payload: unknown }[] {
  const { data: samples = [] } = useSamples(workflowId, true)
  const { data: templates = [] } = useTemplates()
  const examples = templates.flatMap(({ examples }) => examples)
  return [
    ...samples.slice(0, 1).map(({ payload }) => ({ id: 'sample', label: words.sample, payload })),
    ...examples.map(({ name, payload }) => ({ id: name, label: words.example(name), payload })),
  ]
}

function read(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
