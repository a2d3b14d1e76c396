import { Plus } from 'lucide-react'
import { Suspense, useMemo } from 'react'
import { useMay } from '../api/session.tsx'
import { useSearchText } from '../filters/useSearchText.ts'
import { useCommands } from '../page/commands.ts'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { useShortcut } from '../page/shortcuts.ts'
import { useOpenNew } from '../page/useOpenNew.ts'
import { Button, IconButton } from '../ui/actions/Button.tsx'
import { SearchField } from '../ui/fields/SearchField.tsx'
import { useColumns } from '../ui/lists/ColumnChooser.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { useMedia } from '../ui/marks/useMedia.ts'
import { contactWords as words } from '../words/contacts.ts'
import { isNarrowed } from './ask.ts'
import { ContactChips } from './ContactChips.tsx'
import { ContactsTable } from './ContactsTable.tsx'
import { useContactColumns } from './columns.tsx'
import { useContacts } from './useContacts.ts'
import { useView } from './useView.ts'
import './contacts.css'

const CreateDialog = later(async () => ({ default: (await import('./CreateDialog.tsx')).CreateDialog }))
const ContactPanel = later(async () => ({ default: (await import('./ContactPanel.tsx')).ContactPanel }))

/** Everybody that deals are about: found, narrowed by tag and owner, opened beside the list. */
export function ContactsPage() {
  const { view, change, openId, open } = useView()
  const found = useContacts(view)
  const [search, setSearch] = useSearchText(view.query, change)
  const [isCreating, setCreating] = useOpenNew()
  const mayWrite = useMay()('contacts.write')
  const isNarrow = useMedia('(width < 640px)')
  const { shown, chooser } = useColumns('contacts', useContactColumns())
  const create = () => setCreating(true)
  useShortcut('n', words.create, create, mayWrite)
  useCommands(
    'contacts',
    useMemo(
      () =>
        mayWrite ? [{ id: 'contacts create', label: words.create, icon: Plus, run: () => setCreating(true) }] : [],
      [mayWrite, setCreating],
    ),
  )
  function step(by: 1 | -1) {
    const next = found.contacts[found.contacts.findIndex(({ id }) => id === openId) + by]
    if (next) open(next.id)
  }
  return (
    <Page
      title={words.title}
      layout="filled"
      heading={<Heading total={found.total} isPart={isNarrowed(view)} />}
      actions={
        <>
          <SearchField label={words.search} value={search} onChange={setSearch} maxLength={75} />
          {!isNarrow && chooser}
          {mayWrite && <CreateButton isNarrow={isNarrow} onPress={create} />}
        </>
      }
      chips={<ContactChips view={view} onChange={change} />}
    >
      <ContactsTable
        view={view}
        found={found}
        columns={isNarrow ? shown.filter(({ id }) => id === 'name' || id === 'company') : shown}
        openId={openId}
        onOpen={open}
        onChange={change}
        {...(mayWrite && { onCreate: create })}
      />
      <Suspense>{isCreating && <CreateDialog onClose={() => setCreating(false)} onOpen={open} />}</Suspense>
      <Suspense>{openId && <ContactPanel id={openId} onClose={() => open(null)} onStep={step} />}</Suspense>
    </Page>
  )
}

/** How many there are, or how many of them were found. */
function Heading({ total, isPart }: { total: number | undefined; isPart: boolean }) {
  const { count } = useFormats()
  return (
    <>
      {words.title}
      {total !== undefined && (
        <span className="contacts-total figures" role="status">
          {isPart ? words.found(count(total)) : count(total)}
        </span>
      )}
    </>
  )
}

/** On a phone the search needs the room. */
function CreateButton({ isNarrow, onPress }: { isNarrow: boolean; onPress: () => void }) {
  if (isNarrow) return <IconButton look="primary" icon={Plus} label={words.create} onPress={onPress} />
  return (
    <Button look="primary" icon={Plus} onPress={onPress}>
      {words.create}
    </Button>
  )
}
