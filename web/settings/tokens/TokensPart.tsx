import { KeyRound, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useMay } from '../../api/session.tsx'
import { useShortcut } from '../../page/shortcuts.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { partNames } from '../../words/settings/page.ts'
import { tokenWords as words } from '../../words/settings/tokens.ts'
import { Asked, Part } from '../Part.tsx'
import { Rows } from '../Rows.tsx'
import { RevokeToken } from './RevokeToken.tsx'
import { RotateToken } from './RotateToken.tsx'
import { TokenDialog } from './TokenDialog.tsx'
import { TokenRow } from './TokenRow.tsx'
import { TokenSecret } from './TokenSecret.tsx'
import { type Issued, type Token, useTokens } from './token.ts'

type Doing =
  | { what: 'create' }
  | { what: 'edit' | 'rotate' | 'revoke'; token: Token }
  | { what: 'secret'; issued: Issued; isNew: boolean }

export function TokensPart() {
  const may = useMay()
  const query = useTokens()
  const [doing, setDoing] = useState<Doing>()
  useShortcut('n', words.create, () => setDoing({ what: 'create' }), may('tokens.write'))
  const create = may('tokens.write') && (
    <Button look="primary" icon={Plus} onPress={() => setDoing({ what: 'create' })}>
      {words.create}
    </Button>
  )
  const choicesFor = (token: Token) => [
    {
      choices: [
        { id: 'edit', label: words.edit, icon: Pencil, onAction: () => setDoing({ what: 'edit', token }) },
        { id: 'rotate', label: words.rotate, icon: RefreshCw, onAction: () => setDoing({ what: 'rotate', token }) },
      ],
    },
    {
      choices: [
        {
          id: 'revoke',
          label: words.revoke,
          icon: Trash2,
          isDanger: true,
          onAction: () => setDoing({ what: 'revoke', token }),
        },
      ],
    },
  ]
  return (
    <Part title={partNames.integrations} intro={words.intro} action={query.data?.length ? create : undefined}>
      <Asked query={query} failed={words.failed}>
        {(tokens) =>
          tokens.length === 0 ? (
            <EmptyState icon={KeyRound} title={words.none} action={create}>
              {words.noneHelp}
            </EmptyState>
          ) : (
            <Rows label={partNames.integrations}>
              {tokens.map((token) => (
                <TokenRow key={token.id} token={token} actions={may('tokens.write') ? choicesFor(token) : []} />
              ))}
            </Rows>
          )
        }
      </Asked>
      {doing && dialogFor(doing, setDoing)}
    </Part>
  )
}

function dialogFor(doing: Doing, next: (doing: Doing | undefined) => void): ReactNode {
  const close = () => next(undefined)
  const show = (isNew: boolean) => (issued: Issued) => next({ what: 'secret', issued, isNew })
  if (doing.what === 'secret') return <TokenSecret {...doing} onClose={close} />
  if (doing.what === 'rotate') return <RotateToken token={doing.token} onIssued={show(false)} onClose={close} />
  if (doing.what === 'revoke') return <RevokeToken token={doing.token} onClose={close} />
  const token = doing.what === 'edit' ? doing.token : undefined
  return <TokenDialog token={token} onIssued={show(true)} onClose={close} />
}
