import { useChange } from '../../api/change.ts'
import { del } from '../../api/client.ts'
import { Problem } from '../../ui/fields/Form.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { fieldWords as words } from '../../words/settings/fields.ts'
import type { Field } from './field.ts'

export function DeleteField({ field, onClose }: { field: Field; onClose: () => void }) {
  const remove = useChange({
    run: () => del(`/locations/${field.locationId}/customFields/${field.id}`),
    says: () => words.deleted(field.name),
    refetch: [['custom-fields'], ['lookups', 'custom-fields']],
    done: onClose,
  })
  return (
    <Confirm
      title={words.deleteTitle(field.name)}
      action={words.deleteAction}
      isDanger
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.deleteHelp}</p>
      {remove.error && <Problem>{remove.error.message}</Problem>}
    </Confirm>
  )
}
