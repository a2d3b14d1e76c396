import { SearchX, Send } from 'lucide-react'
import { useSearchParams } from 'wouter'
import { moreOf } from '../../api/more.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../../ui/feedback/Skeleton.tsx'
import { Table } from '../../ui/lists/Table.tsx'
import { deliveryWords as words } from '../../words/deliveries.ts'
import type { Webhook } from '../useWebhooks.ts'
import { useDeliveryColumns } from './columns.tsx'
import { DeliveryChips, noSearch } from './DeliveryChips.tsx'
import { DeliveryPanel } from './DeliveryPanel.tsx'
import { isSet, readSearch, type Search, writeSearch } from './search.ts'
import { type Delivery, useDeliveries } from './useDeliveries.ts'
import './deliveries.css'

const idOf = ({ id }: Delivery) => id

/** The log of a webhook. Its filters and the delivery that is open stand in the URL. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const [params, setParams] = useSearchParams()
  const search = readSearch(params)
  const columns = useDeliveryColumns()
  const found = useDeliveries(webhook, search)
  const { deliveries, error, refetch } = found
  const opened = params.get('delivery')

  const change = (part: Partial<Search>) =>
    setParams((before) => writeSearch({ ...readSearch(before), ...part }, before))
  const open = (id: string | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (id) after.set('delivery', id)
        else after.delete('delivery')
        return after
      },
      { replace: opened !== null && id !== null },
    )

  return (
    <div className="deliveries">
      <div className="page-chips">
        <DeliveryChips search={search} onChange={change} />
      </div>
      {deliveries ? (
        <Table
          label={words.title}
          columns={columns}
          rows={deliveries}
          rowId={idOf}
          onOpen={({ id }) => open(id)}
          more={moreOf(found)}
          empty={isSet(search) ? <NothingFound onClear={() => change(noSearch)} /> : <Nothing />}
        />
      ) : error ? (
        <ErrorState title={words.failed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <SkeletonRows />
      )}
      {opened && (
        <DeliveryPanel
          webhookId={webhook.id}
          id={opened}
          ids={deliveries?.map(idOf) ?? []}
          onStep={open}
          onClose={() => open(null)}
        />
      )}
    </div>
  )
}

const Nothing = () => (
  <EmptyState icon={Send} title={words.none}>
    {words.noneHelp}
  </EmptyState>
)

const NothingFound = ({ onClear }: { onClear: () => void }) => (
  <EmptyState icon={SearchX} title={words.noneFound} action={<Button onPress={onClear}>{words.clear}</Button>}>
    {words.noneFoundHelp}
  </EmptyState>
)
