import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { KeysReply } from '../../../src/api/console/webhookKeysWire.ts'
import { get } from '../../api/client.ts'
import { Page } from '../../page/Page.tsx'
import { Segments } from '../../ui/choices/Segments.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { verifyWords as words } from '../../words/deliveries.ts'
import { Up } from '../Up.tsx'
import { PublicKey } from './PublicKey.tsx'
import { keySnippets, secretSnippets } from './snippets.ts'
import './verify.css'

export type Key = Static<typeof KeysReply>['keys'][number]

/** How a receiver tells our deliveries from others', ready to paste. */
export function VerifyPage() {
  const { data: keys, error, refetch } = useKeys()
  const key = keys?.find(({ algorithm, isActive }) => algorithm === 'ed25519' && isActive)
  return (
    <Page title={words.title} heading={<Heading />} layout="narrow">
      <div className="verify">
        <p className="soft">{words.intro}</p>
        <Part title={words.withSecret} help={words.withSecretHelp}>
          <Snippets label={words.withSecret} snippets={secretSnippets} />
        </Part>
        <Part title={words.withKey} help={words.withKeyHelp}>
          <Snippets label={words.withKey} snippets={keySnippets(key?.pem.trim() ?? '-----BEGIN PUBLIC KEY-----…')} />
        </Part>
        <Part title={words.keys} help={words.keysHelp}>
          <Copy text={`${location.origin}/.well-known/pipewright-webhook-keys`} />
          {keys ? (
            <Keys keys={keys} />
          ) : error ? (
            <ErrorState title={words.keysFailed} onRetry={() => void refetch()}>
              {error.message}
            </ErrorState>
          ) : (
            <Loading className="verify-key">
              <Skeleton width={160} />
              <Skeleton height={64} />
            </Loading>
          )}
        </Part>
      </div>
    </Page>
  )
}

const useKeys = () =>
  useQuery({
    queryKey: ['webhook-keys'],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof KeysReply>>('/.well-known/pipewright-webhook-keys', {}, signal)).keys,
  })

const Heading = () => (
  <span className="webhook-heading">
    <Up />
    <span className="one-line">{words.title}</span>
  </span>
)

const Part = ({ title, help, children }: { title: string; help: string; children: ReactNode }) => (
  <section className="verify-part">
    <h2>{title}</h2>
    <p className="soft">{help}</p>
    {children}
  </section>
)

interface Snippet {
  id: string
  label: string
  text: string
}

function Snippets({ label, snippets }: { label: string; snippets: Snippet[] }) {
  const [chosen, choose] = useState('node')
  const { text } = snippets.find(({ id }) => id === chosen) ?? (snippets[0] as Snippet)
  return (
    <>
      <Segments label={`${label}: ${words.language}`} options={snippets} value={chosen} onChange={choose} />
      <Copy text={text} isBlock />
    </>
  )
}

/** The usual kind first, of each kind the newest. */
const sorted = (keys: Key[]) => keys.toReversed().sort((a, b) => a.algorithm.localeCompare(b.algorithm))

const Keys = ({ keys }: { keys: Key[] }) =>
  keys.length === 0 ? (
    <EmptyState icon={KeyRound} title={words.noKeys}>
      {words.noKeysHelp}
    </EmptyState>
  ) : (
    <ul className="verify-keys">
      {sorted(keys).map((key) => (
        <PublicKey key={key.id} publicKey={key} />
      ))}
    </ul>
  )
