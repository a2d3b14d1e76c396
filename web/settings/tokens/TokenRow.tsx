import type { MenuGroup } from '../../ui/actions/Menu.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Time } from '../../ui/marks/Time.tsx'
import { tokenWords as words } from '../../words/settings/tokens.ts'
import { Row } from '../Rows.tsx'
import type { Token } from './token.ts'

export function TokenRow({ token, actions }: { token: Token; actions: MenuGroup[] }) {
  const { name, kind, hint, scopes, description, rotatedAt, createdAt, lastUsedAt } = token
  return (
    <Row
      name={name}
      badges={
        <>
          {kind === 'v1' && <Badge>{words.key}</Badge>}
          <Ends {...token} />
        </>
      }
      detail={
        <>
          <code>…{hint}</code>
          <span title={scopes.join('\n')}>{kind === 'v1' ? words.everything : words.scopes(scopes.length)}</span>
          <span>
            {rotatedAt ? words.rotated : words.created} <Time at={rotatedAt ?? createdAt} />
          </span>
          {description && <span className="one-line">{description}</span>}
        </>
      }
      aside={lastUsedAt ? <LastUsed at={lastUsedAt} /> : words.unused}
      actions={actions}
    />
  )
}

const LastUsed = ({ at }: { at: string }) => (
  <>
    {words.used} <Time at={at} />
  </>
)

/** Of a token that ends, or of the secret before it. */
function Ends({ expiresAt, oldSecretEndsAt }: Token) {
  const { day } = useFormats()
  const now = Date.now()
  const end = expiresAt ? Date.parse(expiresAt) : undefined
  const oldEnd = oldSecretEndsAt ? Date.parse(oldSecretEndsAt) : 0
  return (
    <>
      {end !== undefined && end <= now && <Badge tone="lost">{words.ended(day(end))}</Badge>}
      {end !== undefined && end > now && <Badge>{words.until(day(end))}</Badge>}
      {oldEnd > now && <Badge tone="stale">{words.oldUntil(day(oldEnd))}</Badge>}
    </>
  )
}
