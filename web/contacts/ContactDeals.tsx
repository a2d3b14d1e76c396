import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-aria-components'
import { post } from '../api/client.ts'
import { useRefetch } from '../api/live/live.ts'
import { usePipelines } from '../api/lookups.ts'
import { useMay, useSession } from '../api/session.tsx'
import type { Deal } from '../deals/deal.ts'
import { statusIcons } from '../deals/statusIcons.ts'
import { Part } from '../records/Part.tsx'
import { LinkButton } from '../ui/actions/Button.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Badge } from '../ui/marks/Badge.tsx'
import { Money } from '../ui/marks/Money.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { dealWords } from '../words/deals.ts'

const most = 20

/** What this contact could buy, and has bought. */
export function ContactDeals({ contactId }: { contactId: string }) {
  const { data, error, refetch } = useDealsOf(contactId)
  if (!useMay()('opportunities.readonly')) return null
  return (
    <Part title={words.deals} {...(data && { count: data.total })}>
      {error ? (
        <ErrorState title={words.dealsFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : data ? (
        <>
          {data.total === 0 && <p className="soft">{words.noDeals}</p>}
          <ul className="contact-deals">
            {data.opportunities.map((deal) => (
              <DealRow key={deal.id} deal={deal} />
            ))}
          </ul>
          {data.total > most && (
            <LinkButton href={`/list?status=all&q=${encodeURIComponent(data.opportunities[0]?.contact.email ?? '')}`}>
              {words.moreDeals(data.total - most)}
            </LinkButton>
          )}
        </>
      ) : (
        <Loading>
          <Skeleton height={40} />
        </Loading>
      )}
    </Part>
  )
}

function DealRow({ deal: { id, name, monetaryValue, status, pipelineId, pipelineStageId } }: { deal: Deal }) {
  const { data: pipelines } = usePipelines()
  const stages = pipelines?.find((pipeline) => pipeline.id === pipelineId)?.stages
  const stage = stages?.find((stage) => stage.id === pipelineStageId)
  return (
    <li>
      <Link href={`/opportunities/${id}`} className="contact-deal">
        <span className="contact-deal-name one-line">{name}</span>
        {status === 'open' ? (
          <Badge>
            <span className="one-line">{stage?.name ?? dealWords.statuses.open}</span>
          </Badge>
        ) : (
          <Badge tone={status} icon={statusIcons[status]}>
            {dealWords.statuses[status]}
          </Badge>
        )}
        <Money amount={monetaryValue} />
      </Link>
    </li>
  )
}

function useDealsOf(contactId: string) {
  const { location } = useSession()
  const isAllowed = useMay()('opportunities.readonly')
  const queryKey = ['deals', 'contact', contactId]
  useRefetch('opportunity', queryKey)
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      post<{ opportunities: Deal[]; total: number }>(
        '/opportunities/search',
        {
          locationId: location.id,
          limit: most,
          filters: [{ field: 'contact_id', operator: 'eq', value: contactId }],
          sort: [{ field: 'date_added', direction: 'desc' }],
        },
        signal,
      ),
    enabled: isAllowed,
  })
}
