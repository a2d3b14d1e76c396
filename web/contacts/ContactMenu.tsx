import { useQuery } from '@tanstack/react-query'
import { EllipsisVertical, Link, Mail, Phone, Printer, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { del, post } from '../api/client.ts'
import { useMay, useSession } from '../api/session.tsx'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu } from '../ui/actions/Menu.tsx'
import { tell } from '../ui/feedback/toast.ts'
import { Problem } from '../ui/fields/Form.tsx'
import { Confirm } from '../ui/overlays/Dialog.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { type Contact, nameOf } from './contact.ts'

interface Props {
  contact: Contact
  onDeleted: () => void
}

export function ContactMenu({ contact, onDeleted }: Props) {
  const { id, email, phone } = contact
  const mayWrite = useMay()('contacts.write')
  const [isDeleting, setDeleting] = useState(false)
  const go = (address: string) => () => location.assign(address)
  const copyLink = () =>
    navigator.clipboard.writeText(new URL(`/app/contacts/${id}`, location.href).href).then(() => tell(words.linkCopied))
  return (
    <>
      <Menu
        label={words.actions}
        groups={[
          {
            choices: [
              ...(email
                ? [{ id: 'write', label: words.write(email), icon: Mail, onAction: go(`mailto:${email}`) }]
                : []),
              ...(phone ? [{ id: 'call', label: words.call(phone), icon: Phone, onAction: go(`tel:${phone}`) }] : []),
              { id: 'link', label: words.copyLink, icon: Link, onAction: () => void copyLink() },
              { id: 'print', label: words.print, icon: Printer, onAction: () => setTimeout(print) },
            ],
          },
          {
            choices: mayWrite
              ? [
                  {
                    id: 'delete',
                    label: words.delete,
                    icon: Trash2,
                    isDanger: true,
                    onAction: () => setDeleting(true),
                  },
                ]
              : [],
          },
        ]}
      >
        <IconButton icon={EllipsisVertical} label={words.actions} />
      </Menu>
      {isDeleting && <DeleteConfirm contact={contact} onDeleted={onDeleted} onClose={() => setDeleting(false)} />}
    </>
  )
}

/** Says first what goes with it. */
function DeleteConfirm({ contact, onDeleted, onClose }: Props & { onClose: () => void }) {
  const { location } = useSession()
  const { data: deals = 0 } = useQuery({
    queryKey: ['deals', 'count', contact.id],
    queryFn: async ({ signal }) => {
      const filters = [{ field: 'contact_id', operator: 'eq', value: contact.id }]
      const body = { locationId: location.id, limit: 1, filters }
      return (await post<{ total: number }>('/opportunities/search', body, signal)).total
    },
    staleTime: 0,
  })
  const name = nameOf(contact)
  const remove = useChange({
    run: () => del(`/contacts/${contact.id}`),
    says: () => words.deleted(name),
    refetch: [['contacts']],
    done: onDeleted,
  })
  return (
    <Confirm
      title={words.deleteTitle(name)}
      action={words.deleteIt}
      isDanger
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.deleteHelp(deals)}</p>
      {remove.error && <Problem>{remove.error.message}</Problem>}
    </Confirm>
  )
}
