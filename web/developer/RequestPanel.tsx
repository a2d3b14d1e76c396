import { ArrowLeft, ArrowRight } from 'lucide-react'
import { isRefusal } from '../api/errors.ts'
import { useShortcut } from '../page/shortcuts.ts'
import { IconButton } from '../ui/actions/Button.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Copy } from '../ui/marks/Copy.tsx'
import { Panel } from '../ui/overlays/Panel.tsx'
import { developerWords as words } from '../words/developer.ts'
import { Method } from './columns.tsx'
import { RequestFacts } from './RequestFacts.tsx'
import { type AskedWhole, useRequest } from './useRequests.ts'

interface Props {
  traceId: string
  /** Of the list beside it, in its order. */
  ids: string[]
  onStep: (traceId: string) => void
  onClose: () => void
}

export function RequestPanel({ traceId, ids, onStep, onClose }: Props) {
  const { data: asked, error, refetch } = useRequest(traceId)
  return (
    <Panel
      label={asked ? `${asked.method} ${asked.path}` : words.requests}
      title={asked && <Title asked={asked} />}
      actions={<Steps traceId={traceId} ids={ids} onStep={onStep} />}
      onClose={onClose}
    >
      {asked ? (
        <Told asked={asked} />
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

const Title = ({ asked }: { asked: AskedWhole }) => (
  <span className="request-title">
    <Method {...asked} />
    <code className="one-line" title={asked.path}>
      {asked.path}
    </code>
  </span>
)

function Steps({ traceId, ids, onStep }: Pick<Props, 'traceId' | 'ids' | 'onStep'>) {
  const at = ids.indexOf(traceId)
  const [newer, older] = at < 0 ? [] : [ids[at - 1], ids[at + 1]]
  const toNewer = () => newer && onStep(newer)
  const toOlder = () => older && onStep(older)
  useShortcut('ArrowLeft', words.previous, toNewer)
  useShortcut('ArrowRight', words.next, toOlder)
  return (
    <>
      <IconButton icon={ArrowLeft} label={words.previous} shortcut="ArrowLeft" isDisabled={!newer} onPress={toNewer} />
      <IconButton icon={ArrowRight} label={words.next} shortcut="ArrowRight" isDisabled={!older} onPress={toOlder} />
    </>
  )
}

const Told = ({ asked }: { asked: AskedWhole }) => (
  <div className="request">
    <RequestFacts asked={asked} />
    {asked.query && (
      <section className="request-part">
        <h3>{words.query}</h3>
        <Copy text={asked.query} isBlock />
      </section>
    )}
    <Body
      title={words.sent}
      body={asked.requestBody}
      copy={words.copySent}
      none={isUnread(asked) ? words.notRead : words.noBody}
    />
    <Body
      title={words.answered}
      body={asked.responseBody}
      copy={words.copyAnswered}
      none={asked.status === 204 ? words.noBody : words.notKept}
    />
    <p className="faint small">{words.hidden}</p>
  </div>
)

const Body = ({ title, body, copy, none }: { title: string; body: string | null; copy: string; none: string }) => (
  <section className="request-part">
    <h3>{title}</h3>
    {body ? <Copy text={pretty(body)} label={copy} isBlock /> : <p className="soft">{none}</p>}
  </section>
)

/** Who is not let in is not listened to. */
const isUnread = ({ method, auth }: AskedWhole) =>
  (auth.outcome === 'refused' || auth.outcome === 'limited') && !/^(GET|HEAD|DELETE)$/.test(method)

/** A body may be cut off, or be no JSON at all: then it is shown as it came. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const PanelSkeleton = () => (
  <Loading className="request">
    <Skeleton width="50%" />
    <Skeleton width="62%" />
    <Skeleton width="45%" />
    <Skeleton height={160} />
    <Skeleton height={200} />
  </Loading>
)
