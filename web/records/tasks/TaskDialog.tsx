import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post, put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { recordWords as words } from '../../words/records.ts'
import { ui } from '../../words/ui.ts'
import { type Task, tasksKey } from '../beside.ts'
import { dayAt } from '../days.ts'
import { usePeople } from '../usePeople.tsx'

interface Props {
  contactId: string
  /** Absent for a new one. */
  task?: Task
  onClose: () => void
}

const nobody = ' '

/** A task is due in the course of a day: at five in the afternoon, unless it had an hour of its own. */
export function TaskDialog({ contactId, task, onClose }: Props) {
  const { user } = useSession()
  const [initial] = useState(() => ({
    title: task?.title ?? '',
    day: dayOf(task ? Date.parse(task.dueDate) : Date.now() + 86_400_000),
    assignedTo: task ? task.assignedTo : user.id,
    body: task?.body ?? '',
  }))
  const [{ title, day, assignedTo, body }, change, forget, discard] = useDraft(
    `task.${contactId}.${task?.id ?? 'new'}`,
    initial,
  )
  const people = usePeople(assignedTo)
  const save = useChange({
    run: () => {
      const sent = { title: title.trim(), dueDate: dueOn(day, task), assignedTo, body: body.trim() }
      const path = `/contacts/${contactId}/tasks`
      return task ? put(`${path}/${task.id}`, sent) : post(path, { ...sent, completed: false })
    },
    isAlone: true,
    refetch: [tasksKey(contactId)],
    done: () => {
      forget()
      onClose()
    },
  })
  return (
    <Dialog title={task ? words.editTask : words.newTask} onClose={onClose}>
      <Form
        onSubmit={() => save.mutate()}
        onDiscard={discard}
        {...formErrors(save.error, ['title', 'dueDate', 'assignedTo', 'body'])}
      >
        <TextField
          label={words.taskTitle}
          name="title"
          placeholder={words.taskPlaceholder}
          value={title}
          onChange={(title) => change({ title })}
          isRequired
          autoFocus
        />
        <div className="field-row">
          <DateField
            label={words.taskDue}
            name="dueDate"
            value={day}
            onChange={(day) => change({ day: day ?? '' })}
            isRequired
          />
          <Select
            label={words.taskOwner}
            name="assignedTo"
            options={[{ id: nobody, label: words.nobody }, ...people]}
            value={assignedTo ?? nobody}
            onChange={(id) => change({ assignedTo: id === nobody ? null : id })}
          />
        </div>
        <TextField label={words.taskBody} name="body" lines={2} value={body} onChange={(body) => change({ body })} />
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {task ? words.save : words.createTask}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

/** The day where this person is. */
const dayOf = (moment: number) => new Date(dayAt(moment)).toISOString().slice(0, 10)

function dueOn(day: string, task: Task | undefined): string {
  const before = task && new Date(task.dueDate)
  const due = new Date(`${day}T17:00`)
  if (before) due.setHours(before.getHours(), before.getMinutes())
  return due.toISOString()
}
