import { ArrowLeft, ArrowRight, RotateCw } from 'lucide-react'
import { Link } from 'react-aria-components'
import { isRefusal } from '../../api/errors.ts'
import { useMay } from '../../api/session.tsx'
import { useShortcut } from '../../page/shortcuts.ts'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Buttons } from '../../ui/overlays/Dialog.tsx'
import { Panel } from '../../ui/overlays/Panel.tsx'
import { deliveryWords as words } from '../../words/deliveries.ts'
import { PanelSkeleton } from '../skeletons.tsx'
import { Attempts } from './Attempts.tsx'
import { recordName, StateBadge } from './columns.tsx'
import { type Story, useRedelivery, useStory } from './useDeliveries.ts'

interface Props {
  webhookId: string
  id: string
  /** Of the list beside it, in its order. */
  ids: string[]
  onStep: (id: string) => void
  onClose: () => void
}

export function DeliveryPanel({ webhookId, id, ids, onStep, onClose }: Props) {
  const { data: story, error, refetch } = useStory(webhookId, id)
  const again = useRedelivery()
  const mayChange = useMay()('webhooks.write')
  return (
    <Panel
      label={story?.type ?? words.title}
      title={<span className="one-line">{story?.type ?? words.title}</span>}
      actions={<Steps id={id} ids={ids} onStep={onStep} />}
      onClose={onClose}
      footer={
        story &&
        mayChange && (
          <Buttons>
            <Button icon={RotateCw} isPending={again.isPending} onPress={() => again.mutate(story)}>
              {story.state === 'waiting' ? words.now : words.again}
            </Button>
          </Buttons>
        )
      }
    >
      {story ? (
        <Told story={story} />
      ) : !error ? (
        <PanelSkeleton />
      ) : isRefusal(error, 404) ? (
        <ErrorState title={words.panelFailed}>{words.panelGone}</ErrorState>
      ) : (
        <ErrorState title={words.panelFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      )}
    </Panel>
  )
}

function Steps({ id, ids, onStep }: Pick<Props, 'id' | 'ids' | 'onStep'>) {
  const at = ids.indexOf(id)
  const [newer, older] = at < 0 ? [] : [ids[at - 1], ids[at + 1]]
  useShortcut('ArrowLeft', words.previous, () => newer && onStep(newer))
  useShortcut('ArrowRight', words.next, () => older && onStep(older))
  return (
    <>
      <IconButton
        icon={ArrowLeft}
        label={words.previous}
        shortcut="ArrowLeft"
        isDisabled={!newer}
        onPress={() => newer && onStep(newer)}
      />
      <IconButton
        icon={ArrowRight}
        label={words.next}
        shortcut="ArrowRight"
        isDisabled={!older}
        onPress={() => older && onStep(older)}
      />
    </>
  )
}

const Told = ({ story }: { story: Story }) => (
  <div className="delivery">
    <Facts story={story} />
    <section className="delivery-part">
      <h3>{words.attempts}</h3>
      <Attempts attempts={story.attemptLog} />
    </section>
    <section className="delivery-part">
      <h3>{words.payload}</h3>
      <Copy text={JSON.stringify(story.payload, null, 2)} label={words.copyPayload} isBlock />
    </section>
  </div>
)

function Facts({ story }: { story: Story }) {
  const { moment } = useFormats()
  const { id, state, record, recordId, createdAt, settledAt, nextAttemptAt } = story
  const at = (time: string) => <time dateTime={time}>{moment(Date.parse(time))}</time>
  return (
    <dl className="webhook-facts">
      <dt>{words.columns.state}</dt>
      <dd>
        <StateBadge state={state} />
      </dd>
      <dt>{words.columns.record}</dt>
      <dd>
        <RecordLink record={record} recordId={recordId} />
      </dd>
      <dt>{words.happened}</dt>
      <dd>{at(createdAt)}</dd>
      {settledAt && state !== 'waiting' && (
        <>
          <dt>{words.settled[state]}</dt>
          <dd>{at(settledAt)}</dd>
        </>
      )}
      {state === 'waiting' && (
        <>
          <dt>{words.due}</dt>
          <dd>{nextAttemptAt ? at(nextAttemptAt) : words.behind}</dd>
        </>
      )}
      <dt>{words.id}</dt>
      <dd>
        <Copy text={id} />
      </dd>
    </dl>
  )
}

const pages: Record<string, string> = { opportunity: '/opportunities', contact: '/contacts' }

function RecordLink({ record, recordId }: Pick<Story, 'record' | 'recordId'>) {
  const page = pages[record]
  const id = <code>{recordId}</code>
  return (
    <>
      {recordName(record)} {page ? <Link href={`${page}/${recordId}`}>{id}</Link> : id}
    </>
  )
}
