import { CirclePause, CirclePlay, Hourglass, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { MenuGroup } from '../ui/actions/Menu.tsx'
import { automationWords as words } from '../words/automations.ts'
import { underWay } from './states.tsx'
import { type Move, useMove } from './useMoves.ts'
import { type Question, WorkflowQuestion } from './WorkflowQuestions.tsx'
import type { State } from './wire.ts'

export interface Subject {
  workflow: { id: string; name: string; state: State; revision: string }
  runs: Record<string, number>
}

/** What can be done about a workflow as a whole: moves at once, and asks first where runs would end. */
export function useWorkflowActions(onDeleted?: () => void) {
  const [question, setQuestion] = useState<Question | null>(null)
  const change = useMove(undefined, ({ id, name }) =>
    setQuestion({ about: 'overtaken', workflow: { id, name }, runs: {} }),
  )

  function move(to: Move, { workflow, runs }: Subject) {
    if (to === 'unpublish' && underWay(runs) > 0) return setQuestion({ about: to, workflow, runs })
    const { id, name, revision } = workflow
    change.mutate({ id, name, move: to, ...(to === 'publish' && { basedOn: revision }) })
  }
  const groups = (subject: Subject): MenuGroup[] => [
    { choices: movesFrom(subject.workflow.state).map((to) => choice(to, () => move(to, subject))) },
    {
      choices: [
        {
          id: 'delete',
          label: words.delete,
          icon: Trash2,
          isDanger: true,
          onAction: () => setQuestion({ about: 'delete', ...subject }),
        },
      ],
    },
  ]
  const questions = question && (
    <WorkflowQuestion {...question} onClose={() => setQuestion(null)} {...(onDeleted && { onDeleted })} />
  )
  return { move, groups, questions, pendingId: change.isPending ? change.variables.id : null }
}

/** Besides publishing, which has its own switch. */
function movesFrom(state: State): Exclude<Move, 'publish'>[] {
  if (state === 'draft') return []
  if (state === 'published') return ['pause', 'drain', 'unpublish']
  return state === 'paused' ? ['resume', 'drain', 'unpublish'] : ['resume', 'pause', 'unpublish']
}

const icons = { pause: CirclePause, drain: Hourglass, resume: CirclePlay, unpublish: Undo2 }
const hints: Partial<Record<Move, string>> = { pause: words.pauseHint, drain: words.drainHint }

function choice(move: Exclude<Move, 'publish'>, onAction: () => void) {
  const hint = hints[move]
  return { id: move, label: words[move], icon: icons[move], onAction, ...(hint && { hint }) }
}
