import { Pencil, ThumbsDown, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useRefetch } from '../../api/live/live.ts'
import { type Named, useLostReasons } from '../../api/lookups.ts'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { partNames } from '../../words/settings/page.ts'
import { reasonWords as words } from '../../words/settings/reasons.ts'
import { Asked, Part } from '../Part.tsx'
import { Row, Rows } from '../Rows.tsx'
import { AddReason } from './AddReason.tsx'
import { DeleteReason, RenameReason } from './ReasonDialogs.tsx'

export function LostReasonsPart() {
  const query = useLostReasons()
  const [doing, setDoing] = useState<{ what: 'rename' | 'delete'; reason: Named }>()
  useRefetch('lost_reason', ['lookups', 'lost-reasons'])
  const close = () => setDoing(undefined)
  const rowOf = (reason: Named) => (
    <Row
      key={reason.id}
      name={reason.name}
      actions={[
        {
          choices: [
            { id: 'rename', label: words.rename, icon: Pencil, onAction: () => setDoing({ what: 'rename', reason }) },
            {
              id: 'delete',
              label: words.delete,
              icon: Trash2,
              isDanger: true,
              onAction: () => setDoing({ what: 'delete', reason }),
            },
          ],
        },
      ]}
    />
  )
  return (
    <Part title={partNames.lostReasons} intro={words.intro}>
      <AddReason />
      <Asked query={query} failed={words.failed}>
        {(reasons) =>
          reasons.length === 0 ? (
            <EmptyState icon={ThumbsDown} title={words.none}>
              {words.noneHelp}
            </EmptyState>
          ) : (
            <Rows label={partNames.lostReasons}>{reasons.map(rowOf)}</Rows>
          )
        }
      </Asked>
      {doing?.what === 'rename' && <RenameReason reason={doing.reason} onClose={close} />}
      {doing?.what === 'delete' && <DeleteReason reason={doing.reason} onClose={close} />}
    </Part>
  )
}
