import { ArrowLeft, ArrowRight, Maximize2 } from 'lucide-react'
import { useLocation } from 'wouter'
import { usePipelines } from '../../api/lookups.ts'
import { useShortcut } from '../../page/shortcuts.ts'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Panel } from '../../ui/overlays/Panel.tsx'
import { dealWords as words } from '../../words/deals.ts'
import { useDeal } from '../useDeal.ts'
import { DealMenu } from './DealMenu.tsx'
import { DealView } from './DealView.tsx'

interface Props {
  id: string
  onClose: () => void
  /** Leads to the deal before or after it, in the order of the page that opened the panel. */
  onStep?: (by: 1 | -1) => void
}

/** A deal over the page one came from. That page keeps in its URL which one is open. */
export default function OpportunityPanel({ id, onClose, onStep }: Props) {
  const [, navigate] = useLocation()
  const { data: deal } = useDeal(id)
  const { data: pipelines } = usePipelines()
  const pipeline = pipelines?.find(({ id }) => id === deal?.pipelineId)
  useShortcut('ArrowLeft', words.previous, () => onStep?.(-1), Boolean(onStep))
  useShortcut('ArrowRight', words.next, () => onStep?.(1), Boolean(onStep))

  return (
    <Panel
      title={<span className="soft deal-pipeline">{pipeline?.name ?? ''}</span>}
      label={deal ? words.panel(deal.name) : words.page}
      onClose={onClose}
      actions={
        <>
          {onStep && (
            <>
              <IconButton icon={ArrowLeft} label={words.previous} shortcut="ArrowLeft" onPress={() => onStep(-1)} />
              <IconButton icon={ArrowRight} label={words.next} shortcut="ArrowRight" onPress={() => onStep(1)} />
            </>
          )}
          <IconButton icon={Maximize2} label={words.openPage} onPress={() => navigate(`/opportunities/${id}`)} />
          {deal && <DealMenu deal={deal} onDeleted={onClose} />}
        </>
      }
    >
      <DealView key={id} id={id} />
    </Panel>
  )
}
