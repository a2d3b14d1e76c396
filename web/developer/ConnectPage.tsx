import { type ReactNode, useState } from 'react'
import { Link } from 'react-aria-components'
import { useMay, useSession } from '../api/session.tsx'
import { Page } from '../page/Page.tsx'
import { Segments } from '../ui/choices/Segments.tsx'
import { Copy } from '../ui/marks/Copy.tsx'
import { developerWords as words } from '../words/developer.ts'
import { pageNames } from '../words/pages.ts'
import { authorizeAddress, mcpSnippets, snippets } from './snippets.ts'

/** Addresses, and lines to paste: everything that a program needs but its token. */
export function ConnectPage({ parts }: { parts: ReactNode }) {
  const { location: business } = useSession()
  const { origin } = location
  return (
    <Page title={pageNames.developer} actions={parts} layout="narrow">
      <div className="connect">
        <Part title={words.base} help={words.baseHelp}>
          <dl className="developer-facts">
            <Fact label={words.apiBase} text={origin} />
            <Fact label={words.locationId} text={business.id} />
            {(['v2', 'v3', 'v1'] as const).map((dialect) => (
              <Fact
                key={dialect}
                label={words.dialects[dialect]}
                text={dialect === 'v1' ? `${origin}/v1` : words.dialectHelp[dialect]}
                {...(dialect === 'v1' && { help: words.dialectHelp.v1 })}
              />
            ))}
          </dl>
        </Part>
        <Part title={words.tryIt} help={words.tryHelp}>
          <Place scope="tokens.readonly" says={words.tokens} to="/settings/integrations" name={words.tokensLink} />
          <Snippets label={words.snippet} snippets={snippets(origin, business.id)} />
        </Part>
        <Part title={words.assistants} help={words.assistantsHelp}>
          <dl className="developer-facts">
            <Fact label={words.mcp} text={`${origin}/mcp`} />
          </dl>
          <Snippets label={words.client} snippets={mcpSnippets(origin)} />
        </Part>
        <Part title={words.oauth} help={words.oauthHelp}>
          <Place scope="apps.readonly" says={words.apps} to="/settings/apps" name={words.appsLink} />
          <dl className="developer-facts">
            <Fact label={words.authorize} text={authorizeAddress(origin)} />
            <Fact label={words.token} text={`${origin}/oauth/token`} />
            <Fact label={words.jwks} text={`${origin}/oauth/jwks.json`} />
            <Fact label={words.webhookKeys} text={`${origin}/.well-known/pipewright-webhook-keys`} />
          </dl>
        </Part>
      </div>
    </Page>
  )
}

const Part = ({ title, help, children }: { title: string; help: string; children: ReactNode }) => (
  <section className="connect-part">
    <h2>{title}</h2>
    <p className="soft">{help}</p>
    {children}
  </section>
)

const Fact = ({ label, text, help }: { label: string; text: string; help?: string }) => (
  <>
    <dt>{label}</dt>
    <dd>
      <Copy text={text} />
      {help && <span className="soft"> {help}</span>}
    </dd>
  </>
)

/** Where what is needed is made, for those who may make it. */
function Place({ scope, says, to, name }: { scope: string; says: string; to: string; name: string }) {
  const may = useMay()
  return (
    may(scope) && (
      <p className="soft">
        {says} <Link href={to}>{name}</Link>.
      </p>
    )
  )
}

function Snippets({ label, snippets }: { label: string; snippets: { id: string; label: string; text: string }[] }) {
  const [chosen, choose] = useState(snippets[0]?.id ?? '')
  const text = snippets.find(({ id }) => id === chosen)?.text ?? ''
  return (
    <>
      <div className="connect-segments">
        <Segments label={label} options={snippets} value={chosen} onChange={choose} />
      </div>
      <Copy text={text} isBlock />
    </>
  )
}
