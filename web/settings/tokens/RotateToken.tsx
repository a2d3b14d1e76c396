import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { Segments } from '../../ui/choices/Segments.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { tokenWords as words } from '../../words/settings/tokens.ts'
import type { Issued, Token } from './token.ts'

interface Props {
  token: Token
  onIssued: (issued: Issued) => void
  onClose: () => void
}

/** A new secret: planned, with a week in which the old one works beside it, or at once. */
export function RotateToken({ token: { id, name }, onIssued, onClose }: Props) {
  const [when, setWhen] = useState<'later' | 'now'>('later')
  const rotate = useChange<void, Issued>({
    run: () => post(`/console/tokens/${id}/rotate`, { now: when === 'now' }),
    isAlone: true,
    refetch: [['tokens']],
    done: onIssued,
  })
  return (
    <Confirm
      title={words.rotateTitle(name)}
      action={words.rotateAction}
      isDanger={when === 'now'}
      isPending={rotate.isPending}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>{words.rotateHelp}</p>
      <div>
        <Segments
          label={words.rotateLabel}
          value={when}
          onChange={(id) => setWhen(id as typeof when)}
          options={[
            { id: 'later', label: words.later },
            { id: 'now', label: words.now },
          ]}
        />
      </div>
      <p>{when === 'now' ? words.nowHelp : words.laterHelp}</p>
      {rotate.error && <Problem>{rotate.error.message}</Problem>}
    </Confirm>
  )
}
