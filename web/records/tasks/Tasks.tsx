import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useMay } from '../../api/session.tsx'
import { useCommands } from '../../page/commands.ts'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { recordWords as words } from '../../words/records.ts'
import { useTasks } from '../beside.ts'
import { Part } from '../Part.tsx'
import { TaskDialog } from './TaskDialog.tsx'
import { TaskItem } from './TaskItem.tsx'

/** What is to be done about a contact; what is done stays out of the way. */
export function Tasks({ contactId }: { contactId: string }) {
  const { data: tasks, error, refetch } = useTasks(contactId)
  const [isAdding, setAdding] = useState(false)
  const [isDoneShown, setDoneShown] = useState(false)
  const may = useMay()
  const mayAdd = may('contacts.readonly') && may('contacts.write')
  useCommands(
    'tasks',
    useMemo(
      () => (mayAdd ? [{ id: 'tasks add', label: words.addTask, icon: Plus, run: () => setAdding(true) }] : []),
      [mayAdd],
    ),
  )
  if (!may('contacts.readonly')) return null

  const open = tasks?.filter(({ completed }) => !completed) ?? []
  const done = tasks?.filter(({ completed }) => completed) ?? []
  return (
    <Part
      title={words.tasks}
      count={open.length}
      action={mayAdd && <IconButton icon={Plus} label={words.addTask} onPress={() => setAdding(true)} />}
    >
      {error ? (
        <ErrorState title={words.tasksFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : tasks ? (
        <>
          {open.length === 0 && <p className="soft">{words.noTasks}</p>}
          <ul className="tasks">
            {[...open, ...(isDoneShown ? done : [])].map((task) => (
              <TaskItem key={task.id} task={task} />
            ))}
          </ul>
          {done.length > 0 && (
            <Button look="plain" onPress={() => setDoneShown(!isDoneShown)} aria-expanded={isDoneShown}>
              {isDoneShown ? words.hideDone : words.showDone(done.length)}
            </Button>
          )}
        </>
      ) : (
        <Loading>
          <Skeleton height={32} />
        </Loading>
      )}
      {isAdding && <TaskDialog contactId={contactId} onClose={() => setAdding(false)} />}
    </Part>
  )
}
