import { Kanban } from 'lucide-react'
import { useLocation, useParams } from 'wouter'
import { DealMenu } from '../deals/panel/DealMenu.tsx'
import { DealView } from '../deals/panel/DealView.tsx'
import { useDeal } from '../deals/useDeal.ts'
import { useStage } from '../deals/useStage.ts'
import { Page } from '../page/Page.tsx'
import { LinkButton } from '../ui/actions/Button.tsx'
import { dealWords as words } from '../words/deals.ts'

/** A deal on a page of its own: its address can be shared, and there is room for two columns. */
export function OpportunityPage() {
  const { id = '' } = useParams<{ id: string }>()
  const [, navigate] = useLocation()
  const { data: deal } = useDeal(id)
  const { pipeline } = useStage(deal?.pipelineId ?? '', deal?.pipelineStageId ?? '')
  const board = pipeline ? `/board?pipeline=${pipeline.id}` : '/board'
  return (
    <Page
      title={deal?.name ?? words.page}
      heading={
        <>
          <span className="unseen">{deal?.name ?? words.page}</span>
          <span className="deal-pipeline soft" aria-hidden>
            {pipeline?.name}
          </span>
        </>
      }
      actions={
        <>
          <LinkButton href={board} icon={Kanban}>
            {words.toBoard}
          </LinkButton>
          {deal && <DealMenu deal={deal} onDeleted={() => navigate(board)} />}
        </>
      }
    >
      <DealView key={id} id={id} />
    </Page>
  )
}
