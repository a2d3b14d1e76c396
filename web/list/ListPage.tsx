import { Download, Ellipsis, Plus, Upload } from 'lucide-react'
import { Suspense, useCallback, useMemo, useState } from 'react'
import { type Pipeline, usePipelines } from '../api/lookups.ts'
import { useMay } from '../api/session.tsx'
import { FilterChips } from '../filters/FilterChips.tsx'
import type { Filters } from '../filters/filters.ts'
import { useSearchText } from '../filters/useSearchText.ts'
import { ViewsMenu } from '../filters/ViewsMenu.tsx'
import { type Command, useCommands } from '../page/commands.ts'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { useShortcut } from '../page/shortcuts.ts'
import { Button, IconButton } from '../ui/actions/Button.tsx'
import { Menu, type MenuChoice } from '../ui/actions/Menu.tsx'
import { SearchField } from '../ui/fields/SearchField.tsx'
import { useColumns } from '../ui/lists/ColumnChooser.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { useMedia } from '../ui/marks/useMedia.ts'
import { filterWords } from '../words/filters.ts'
import { listWords as words } from '../words/list.ts'
import { newDealWords } from '../words/newDeal.ts'
import { csvHref, type View } from './ask.ts'
import { useDealColumns } from './columns.tsx'
import { Deals } from './Deals.tsx'
import { PlaceChips } from './PlaceChips.tsx'
import { useDeals } from './useDeals.ts'
import { useView } from './useView.ts'
import './list.css'

const CreateDialog = later(async () => ({ default: (await import('../deals/create/CreateDialog.tsx')).CreateDialog }))
const ImportDialog = later(() => import('./import/ImportDialog.tsx'))

/** Every deal in a table: found, sorted, changed by the hundred, taken out to a spreadsheet and brought in from one. */
export function ListPage() {
  const { view, changeFilters, changeSort } = useView()
  const { filters } = view
  const found = useDeals(view)
  const [search, setSearch] = useSearchText(filters.query, changeFilters)
  const [open, setOpen] = useState<'create' | 'import' | null>(null)
  const pipeline = usePipelineFor(filters)
  const may = useMay()
  const mayWrite = may('opportunities.write')
  const canCreate = mayWrite && pipeline !== undefined
  const canImport = mayWrite && may('contacts.write')
  const isNarrow = useMedia('(width < 640px)')
  const { shown, chooser } = useColumns('list', useDealColumns())
  const bring = useCallback(() => setOpen('import'), [])
  const files = useFiles(view, canImport ? bring : undefined)
  const close = () => setOpen(null)
  const create = () => setOpen('create')
  useShortcut('n', newDealWords.create, create, canCreate)
  useCommands('list', files)

  return (
    <Page
      title={words.title}
      layout="filled"
      heading={<Heading total={found.total} />}
      actions={
        <>
          <SearchField label={filterWords.search} value={search} onChange={setSearch} maxLength={75} />
          <ViewsMenu filters={filters} onChange={changeFilters} />
          {!isNarrow && chooser}
          <Menu label={words.more} groups={[{ choices: files }]}>
            <IconButton icon={Ellipsis} label={words.more} look="quiet" />
          </Menu>
          {canCreate && <CreateButton isNarrow={isNarrow} onPress={create} />}
        </>
      }
      chips={
        <FilterChips filters={filters} onChange={changeFilters}>
          <PlaceChips filters={filters} onChange={changeFilters} />
        </FilterChips>
      }
    >
      <Deals
        view={view}
        found={found}
        columns={shown}
        onSort={changeSort}
        onFilter={changeFilters}
        onImport={canImport ? bring : undefined}
      />
      <Suspense>
        {open === 'create' && pipeline && <CreateDialog pipeline={pipeline} onClose={close} />}
        {open === 'import' && <ImportDialog onClose={close} />}
      </Suspense>
    </Page>
  )
}

function Heading({ total }: { total: number | undefined }) {
  const { count } = useFormats()
  return (
    <>
      {words.title}
      {total !== undefined && (
        <span className="list-total figures" role="status">
          {total === 1 ? words.foundOne : words.found(count(total))}
        </span>
      )}
    </>
  )
}

/** On a phone the search and the menus need the room. */
function CreateButton({ isNarrow, onPress }: { isNarrow: boolean; onPress: () => void }) {
  if (isNarrow) return <IconButton look="primary" icon={Plus} label={newDealWords.create} onPress={onPress} />
  return (
    <Button look="primary" icon={Plus} onPress={onPress}>
      {newDealWords.create}
    </Button>
  )
}

/** Where a new deal begins: in the pipeline that is looked at, or else in the first. */
function usePipelineFor({ pipelineId }: Filters): Pipeline | undefined {
  const { data: pipelines } = usePipelines()
  return pipelines?.find(({ id }) => id === pipelineId) ?? pipelines?.[0]
}

/** In the menu of the page and in the command menu alike. */
function useFiles(view: View, onImport: (() => void) | undefined): (MenuChoice & Command)[] {
  return useMemo(() => {
    const save = () => download(csvHref(view))
    const fetchFile = { id: 'list export', label: words.export, icon: Download, run: save, onAction: save }
    if (!onImport) return [fetchFile]
    return [fetchFile, { id: 'list import', label: words.import, icon: Upload, run: onImport, onAction: onImport }]
  }, [view, onImport])
}

/** By the browser itself, which writes the file as it comes, however long it is. */
function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
