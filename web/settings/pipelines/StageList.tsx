import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../ui/actions/Button.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { added, changed, moved, removed, type StageDraft, spread, staying } from './draft.ts'
import { StageRow } from './StageRow.tsx'
import { useReorder } from './useReorder.ts'

interface Props {
  stages: StageDraft[]
  /** How many deals are in a stage that goes, once that is known. */
  counts: ReadonlyMap<string, number>
  /** Where they move. */
  goal: StageDraft | undefined
  onChange: (stages: StageDraft[]) => void
}

/** The stages of a pipeline, in the order in which a deal goes through them. */
export function StageList({ stages, counts, goal, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const [said, say] = useState('')
  const [fresh, setFresh] = useState<string>()
  const left = staying(stages)

  const move = (key: string, to: number) => {
    const next = moved(stages, key, to)
    onChange(next)
    const at = next.findIndex((stage) => stage.key === key)
    say(words.moved(next[at]?.name || words.unnamed, at + 1, next.length))
  }
  const { lifted, handle } = useReorder({ keys: stages.map(({ key }) => key), move, list })
  const add = () => {
    const next = added(stages)
    onChange(next)
    setFresh(next.at(-1)?.key)
  }

  return (
    <div className="stages">
      <ol ref={list} className="stage-list" aria-label={words.stagesTitle}>
        {stages.map((stage, at) => (
          <StageRow
            key={stage.key}
            stage={stage}
            place={{ at, count: stages.length, sentAt: left.indexOf(stage) }}
            isLifted={stage.key === lifted}
            isFresh={stage.key === fresh}
            isLast={left.length === 1}
            goesTo={{ name: goal?.name || words.unnamed, count: counts.get(stage.key) }}
            handle={handle(stage.key)}
            onChange={(part) => onChange(changed(stages, stage.key, part))}
            onMove={(to) => move(stage.key, to)}
            onRemove={() => onChange(removed(stages, stage.key))}
          />
        ))}
      </ol>
      <div className="stage-actions">
        <Button icon={Plus} onPress={add} isDisabled={stages.length >= 100}>
          {words.addStage}
        </Button>
        <Button look="plain" onPress={() => onChange(spread(stages))}>
          {words.spread}
        </Button>
      </div>
      <p className="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
