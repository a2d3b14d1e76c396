import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  CirclePlay,
  CircleStop,
  Clock,
  Hourglass,
  type LucideIcon,
  RotateCw,
  Send,
} from 'lucide-react'
import { Badge, type Tone } from '../ui/marks/Badge.tsx'
import { automationWords, runWords } from '../words/automations.ts'
import type { Run, RunState, State, StepEntry } from './wire.ts'

type Look = { tone: Tone; icon: LucideIcon }

const states: Record<State, Look> = {
  draft: { tone: 'neutral', icon: CircleDashed },
  published: { tone: 'won', icon: CirclePlay },
  draining: { tone: 'stale', icon: Hourglass },
  paused: { tone: 'stale', icon: CirclePause },
}

export const StateBadge = ({ state }: { state: State }) => (
  <Badge {...states[state]}>{automationWords.states[state]}</Badge>
)

const runStates: Record<RunState, Look> = {
  failed: { tone: 'lost', icon: CircleAlert },
  retrying: { tone: 'stale', icon: RotateCw },
  running: { tone: 'neutral', icon: CirclePlay },
  waiting: { tone: 'neutral', icon: Clock },
  sending: { tone: 'neutral', icon: Send },
  done: { tone: 'won', icon: CircleCheck },
  stopped: { tone: 'abandoned', icon: CircleStop },
}

/** Of a run that stands still with its workflow, that is what there is to know. */
export const RunBadge = ({ run: { state, isPaused } }: { run: Pick<Run, 'state' | 'isPaused'> }) =>
  isPaused ? (
    <Badge {...states.paused}>{runWords.isPaused}</Badge>
  ) : (
    <Badge {...runStates[state]}>{runWords.states[state]}</Badge>
  )

const entries: Record<StepEntry['state'], Look> = {
  done: { tone: 'won', icon: CircleCheck },
  skipped: { tone: 'neutral', icon: CircleMinus },
  failed: { tone: 'lost', icon: CircleAlert },
}

/** What a step did, or the way on that it found. */
export const EntryBadge = ({ entry: { state, result } }: { entry: Pick<StepEntry, 'state' | 'result'> }) => {
  const branch = (result as { branch?: string } | null)?.branch
  return <Badge {...entries[state]}>{runWords.branches[branch ?? ''] ?? runWords.entries[state]}</Badge>
}

/** Everything that is not over. */
export const underWay = (runs: Record<string, number>): number =>
  Object.entries(runs).reduce((sum, [state, count]) => sum + (isOver(state) ? 0 : count), 0)

export const all = (runs: Record<string, number>): number => Object.values(runs).reduce((sum, count) => sum + count, 0)

const isOver = (state: string) => state === 'done' || state === 'stopped'
