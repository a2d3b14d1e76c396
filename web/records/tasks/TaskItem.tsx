import { EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { del, post, put } from '../../api/client.ts'
import { useUsers } from '../../api/lookups.ts'
import { queryClient } from '../../api/queries.ts'
import { useMay } from '../../api/session.tsx'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { useMinute } from '../../ui/marks/useMinute.ts'
import { recordWords as words } from '../../words/records.ts'
import { type Task, tasksKey } from '../beside.ts'
import { TaskDialog } from './TaskDialog.tsx'

export function TaskItem({ task }: { task: Task }) {
  const { title, body, assignedTo, dueDate, completed } = task
  const mayWrite = useMay()('contacts.write')
  const owner = useUsers().find(({ id }) => id === assignedTo)?.name ?? words.someone
  const now = useMinute()
  const isOverdue = !completed && Date.parse(dueDate) < now
  const complete = useCompletion(task)
  return (
    <li className="task" data-completed={completed || undefined}>
      <Checkbox
        aria-label={words.complete(title)}
        isSelected={completed}
        isReadOnly={!mayWrite}
        onChange={(completed) => complete.mutate(completed)}
      />
      <div className="task-words">
        <p className="task-title">{title}</p>
        {body && <p className="soft small">{body}</p>}
        <p className={`small ${isOverdue ? 'task-overdue' : 'faint'}`}>
          <Time at={dueDate} />
          {isOverdue && ` · ${words.overdue}`}
        </p>
      </div>
      {assignedTo && <Avatar id={assignedTo} name={owner} />}
      {mayWrite && <TaskMenu task={task} />}
    </li>
  )
}

/** Done at once on the screen; Undo opens it again. */
function useCompletion({ id, contactId, title }: Task) {
  const key = tasksKey(contactId)
  const complete = useChange<boolean>({
    run: (completed) => put(`/contacts/${contactId}/tasks/${id}/completed`, { completed }),
    foresee(completed) {
      const before = queryClient.getQueryData<Task[]>(key)
      queryClient.setQueryData<Task[]>(key, (tasks) =>
        tasks?.map((task) => (task.id === id ? { ...task, completed } : task)),
      )
      return () => queryClient.setQueryData(key, before)
    },
    says: (completed) => (completed ? words.taskDone(title) : words.taskOpen(title)),
    undo: (completed) => complete.mutate(!completed),
    refused: () => words.taskNotChanged(title),
    refetch: [key],
  })
  return complete
}

function TaskMenu({ task }: { task: Task }) {
  const { id, contactId, title, body, assignedTo, dueDate, completed } = task
  const [isEditing, setEditing] = useState(false)
  const path = `/contacts/${contactId}/tasks`
  const refetch = [tasksKey(contactId)]
  const addAgain = useChange({
    run: () => post(path, { title, body, assignedTo, dueDate, completed }),
    refused: () => words.taskNotChanged(title),
    refetch,
  })
  const remove = useChange({
    run: () => del(`${path}/${id}`),
    says: () => words.taskDeleted(title),
    undo: () => addAgain.mutate(),
    refused: () => words.taskNotDeleted(title),
    refetch,
  })
  return (
    <>
      <Menu
        label={words.actionsOfTask(title)}
        groups={[
          { choices: [{ id: 'edit', label: words.editTask, icon: Pencil, onAction: () => setEditing(true) }] },
          {
            choices: [
              { id: 'delete', label: words.deleteTask, icon: Trash2, isDanger: true, onAction: () => remove.mutate() },
            ],
          },
        ]}
      >
        <IconButton icon={EllipsisVertical} label={words.actionsOfTask(title)} />
      </Menu>
      {isEditing && <TaskDialog contactId={contactId} task={task} onClose={() => setEditing(false)} />}
    </>
  )
}
