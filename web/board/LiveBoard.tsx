import { Suspense, useEffect, useMemo } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { askAnew } from '../api/live/askAnew.ts'
import { type Change, useLive } from '../api/live/live.ts'
import { type Pipeline, useUsers } from '../api/lookups.ts'
import { useMay } from '../api/session.tsx'
import { areSet, type Filters, writeFilters } from '../filters/filters.ts'
import { later } from '../page/later.ts'
import { Board } from './Board.tsx'
import { createColumns } from './BoardContext.ts'
import { columnsKey, totalsKey } from './deck/ask.ts'
import type { Deck } from './deck/deck.ts'
import { useForeseenDeals } from './deck/useForeseenDeals.ts'
import { useTotals } from './deck/useTotals.ts'
import { useMoves } from './moving/useMoves.ts'
import { EmptyPipeline, NoMatch } from './nothing.tsx'

const OpportunityPanel = later(() => import('../deals/panel/OpportunityPanel.tsx'))

interface Props {
  pipeline: Pipeline
  filters: Filters
  deck: Deck
  onCreate: (() => void) | undefined
}

/** A board that hears what others do, with the deal of the URL open beside it. */
export function LiveBoard({ pipeline, filters, deck, onCreate }: Props) {
  const isReadonly = !useMay()('opportunities.write')
  const owners = useOwners()
  const columns = useMemo(createColumns, [])
  const moves = useMoves(deck, columns)
  const [params] = useSearchParams()
  const [, navigate] = useLocation()
  const openId = params.get('deal')
  const hrefOf = useHrefs(filters)
  const totals = useTotals(filters)
  const staleDays = totals?.staleDays ?? null
  useEar(deck, filters)
  useForeseenDeals(deck)

  const board = useMemo(
    () => ({ filters, pipeline, deck, owners, hrefOf, openId, isReadonly, columns, staleDays }),
    [filters, pipeline, deck, owners, hrefOf, openId, isReadonly, columns, staleDays],
  )
  const isNothing = totals?.count === 0
  const isEmpty = isNothing && !areSet(filters) && totals.statuses.every(({ count }) => count === 0)

  function step(by: number) {
    const ids = pipeline.stages.flatMap(({ id }) => deck.cards(id).map((card) => card.id))
    const next = ids[ids.indexOf(openId ?? '') + by]
    if (next && openId) navigate(hrefOf(next), { replace: true })
  }
  return (
    <>
      <Board board={board} moves={moves} />
      {isEmpty ? <EmptyPipeline pipeline={pipeline} onCreate={onCreate} /> : isNothing && <NoMatch filters={filters} />}
      <Suspense>
        {openId && <OpportunityPanel id={openId} onClose={() => navigate(hrefOf(null))} onStep={step} />}
      </Suspense>
    </>
  )
}

/** What changed of the deals of this pipeline; of a contact, whose name and company stand on cards, all its deals. */
function useEar(deck: Deck, { pipelineId }: Filters) {
  useEffect(() => deck.enter(), [deck])
  const hear = (changes: Change[]) => {
    const mine = changes.filter((change) => concerns(change, pipelineId) || deck.find(change.recordId))
    deck.look([...new Set(mine.map(({ recordId }) => recordId))])
  }
  useLive('opportunity', hear, deck.forget)
  useLive('contact', (changes) => deck.look(deck.ofContacts(new Set(changes.map(({ recordId }) => recordId)))))
  useLive('pipeline', () => {
    void askAnew({ queryKey: totalsKey(deck.filters) })
    void askAnew({ queryKey: columnsKey(deck.filters) })
  })
}

const concerns = ({ opportunity }: Change, pipelineId: string | null) =>
  !opportunity || opportunity.pipelineId === pipelineId || opportunity.before?.pipelineId === pipelineId

function useOwners(): Map<string, string> {
  const users = useUsers()
  return useMemo(() => new Map(users.map(({ id, name }) => [id, name])), [users])
}

/** The page as it is filtered now, with a deal open or none. */
function useHrefs(filters: Filters): (id: string | null) => string {
  return useMemo(() => {
    const base = writeFilters(filters)
    return (id) => {
      const params = new URLSearchParams(base)
      if (id) params.set('deal', id)
      return `/board?${params}`
    }
  }, [filters])
}
