import { ArrowDown, ArrowUp, ChartPie, Ellipsis, Filter, GripVertical, Trash2 } from 'lucide-react'
import type { DOMAttributes } from 'react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Menu, type MenuGroup } from '../../ui/actions/Menu.tsx'
import { NumberField } from '../../ui/fields/NumberField.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { ColorChoice } from './ColorChoice.tsx'
import type { StageDraft } from './draft.ts'

interface Props {
  stage: StageDraft
  /** `sentAt` is its place among those that stay, by which the server names it. */
  place: { at: number; count: number; sentAt: number }
  isLifted: boolean
  /** It was just added: whoever did so names it next. */
  isFresh: boolean
  /** A pipeline keeps one stage. */
  isLast: boolean
  goesTo: { name: string; count: number | undefined }
  handle: DOMAttributes<HTMLButtonElement>
  onChange: (part: Partial<StageDraft>) => void
  onMove: (to: number) => void
  onRemove: () => void
}

export function StageRow(props: Props) {
  const { stage, place, isLifted, isFresh, handle, onChange } = props
  if (stage.isGoing) return <GoingRow {...props} />
  const called = stage.name || words.unnamed
  return (
    <li className="stage" data-lifted={isLifted || undefined}>
      <button type="button" className="handle" aria-label={words.move(called, place.at + 1, place.count)} {...handle}>
        <Icon icon={GripVertical} />
      </button>
      <ColorChoice label={words.colorOf(called)} color={stage.color} onChange={(color) => onChange({ color })} />
      <TextField
        label={words.stageName(place.at + 1)}
        isLabelHidden
        name={`stages.${place.sentAt}.name`}
        placeholder={words.stage}
        value={stage.name}
        onChange={(name) => onChange({ name })}
        maxLength={255}
        isRequired
        autoFocus={isFresh}
      />
      <NumberField
        label={words.chanceOf(called)}
        isLabelHidden
        unit="%"
        minValue={0}
        maxValue={100}
        value={stage.chance ?? Number.NaN}
        onChange={(chance) => onChange({ chance: Number.isNaN(chance) ? null : chance })}
      />
      <Menu label={words.more(called)} groups={choicesFor(props)}>
        <IconButton icon={Ellipsis} label={words.more(called)} />
      </Menu>
    </li>
  )
}

function choicesFor({ stage, place, isLast, onChange, onMove, onRemove }: Props): MenuGroup[] {
  const { at, count } = place
  const { showInFunnel, showInPieChart } = stage
  return [
    {
      choices: [
        { id: 'up', label: words.moveUp, icon: ArrowUp, isDisabled: at === 0, onAction: () => onMove(at - 1) },
        {
          id: 'down',
          label: words.moveDown,
          icon: ArrowDown,
          isDisabled: at === count - 1,
          onAction: () => onMove(at + 1),
        },
      ],
    },
    {
      choices: [
        {
          id: 'funnel',
          label: words.showInFunnel,
          icon: Filter,
          isChosen: showInFunnel,
          onAction: () => onChange({ showInFunnel: !showInFunnel }),
        },
        {
          id: 'pie',
          label: words.showInPieChart,
          icon: ChartPie,
          isChosen: showInPieChart,
          onAction: () => onChange({ showInPieChart: !showInPieChart }),
        },
      ],
    },
    {
      choices: [
        {
          id: 'delete',
          label: words.deleteStage,
          icon: Trash2,
          isDanger: true,
          isDisabled: isLast,
          onAction: onRemove,
        },
      ],
    },
  ]
}

/** One that is taken away: what becomes of its deals, and the way back. */
function GoingRow({ stage, goesTo, onChange }: Props) {
  const { count } = useFormats()
  return (
    <li className="stage going">
      <span className="color-dot" style={{ background: stage.color }} />
      <div className="stage-going">
        <s className="one-line">{stage.name}</s>
        <span className="soft small">
          {goesTo.count ? words.goesWith(count(goesTo.count), goesTo.name) : words.goes}
        </span>
      </div>
      <Button look="plain" onPress={() => onChange({ isGoing: false })}>
        {words.keepStage}
      </Button>
    </li>
  )
}
