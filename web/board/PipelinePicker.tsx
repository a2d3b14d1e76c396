import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { Pipeline } from '../api/lookups.ts'
import { Icon } from '../ui/actions/Icon.tsx'
import { Menu } from '../ui/actions/Menu.tsx'
import { Skeleton } from '../ui/feedback/Skeleton.tsx'
import { boardWords as words } from '../words/board.ts'

interface Props {
  pipelines: Pipeline[] | undefined
  chosen: Pipeline | undefined
  isPending: boolean
  onChoose: (id: string) => void
}

/** The title of the board is the pipeline; where there are several it is a menu of them. */
export function PipelinePicker({ pipelines = [], chosen, isPending, onChoose }: Props) {
  if (pipelines.length < 2 && chosen) return chosen.name
  if (isPending) return <Awaited />
  if (pipelines.length === 0) return words.title
  return (
    <Menu
      label={words.pipelines}
      placement="bottom start"
      groups={[
        {
          choices: pipelines.map(({ id, name }) => ({
            id,
            label: name,
            isChosen: id === chosen?.id,
            onAction: () => onChoose(id),
          })),
        },
      ]}
    >
      <Button className="pipeline-picker">
        <span className="one-line">{chosen?.name ?? words.pipeline}</span>
        <Icon icon={ChevronDown} />
      </Button>
    </Menu>
  )
}

const Awaited = () => (
  <span className="pipeline-awaited">
    <span className="unseen">{words.title}</span>
    <Skeleton width={136} height={18} />
  </span>
)

const place = 'pipewright.pipeline'
export const remembered = () => localStorage.getItem(place)
export const remember = (id: string) => localStorage.setItem(place, id)
