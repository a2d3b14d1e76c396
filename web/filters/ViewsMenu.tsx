import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import { Bookmark, BookmarkPlus, RefreshCw, Trash2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { ViewsReply } from '../../src/api/console/viewWire.ts'
import { useChange } from '../api/change.ts'
import { del, get, put } from '../api/client.ts'
import { useRefetch } from '../api/live/live.ts'
import { later } from '../page/later.ts'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu, type MenuChoice } from '../ui/actions/Menu.tsx'
import { filterWords as words } from '../words/filters.ts'
import { type Filters, readFilters, writeFilters } from './filters.ts'
import type { ChangeFilters } from './useFilters.ts'

const SaveViewDialog = later(async () => ({ default: (await import('./SaveViewDialog.tsx')).SaveViewDialog }))

export type View = Static<typeof ViewsReply>['views'][number]

interface Props {
  filters: Filters
  onChange: ChangeFilters
}

/** Filters under a name: one's own and those that others share. The board and the list have them in common. */
export function ViewsMenu({ filters, onChange }: Props) {
  const [isSaving, setSaving] = useState(false)
  useRefetch('view', ['views'])
  const { data } = useQuery({
    queryKey: ['views'],
    queryFn: ({ signal }) => get<Static<typeof ViewsReply>>('/console/views', { page: 'board' }, signal),
  })
  const views = data?.views ?? []
  const chosen = views.find((view) => textOf(settingsOf(view)) === textOf(filters))
  const changes = useViewChanges(filters)
  const choice = (view: View): MenuChoice => ({
    id: view.id,
    label: view.name,
    icon: Bookmark,
    isChosen: view === chosen,
    onAction: () => onChange(settingsOf(view)),
  })
  const own = views.filter(({ isOwn }) => isOwn)

  return (
    <>
      <Menu
        label={words.views}
        groups={[
          { title: words.ownViews, choices: own.map(choice) },
          { title: words.sharedViews, choices: views.filter(({ isOwn }) => !isOwn).map(choice) },
          {
            choices: [
              { id: 'save', label: words.saveView, icon: BookmarkPlus, onAction: () => setSaving(true) },
              ...(chosen ? [] : own.map((view) => changes.update(view))),
              ...(chosen?.isOwn ? [changes.remove(chosen)] : []),
            ],
          },
        ]}
      >
        <IconButton icon={Bookmark} label={words.views} look="quiet" />
      </Menu>
      <Suspense>{isSaving && <SaveViewDialog filters={filters} onClose={() => setSaving(false)} />}</Suspense>
    </>
  )
}

function useViewChanges(filters: Filters) {
  const update = useChange<View>({
    run: ({ id }) => put(`/console/views/${id}`, { settings: writeSettings(filters) }),
    says: ({ name }) => words.updated(name),
    refused: ({ name }) => words.notUpdated(name),
    refetch: [['views']],
  })
  const remove = useChange<View>({
    run: ({ id }) => del(`/console/views/${id}`),
    says: ({ name }) => words.deleted(name),
    refused: ({ name }) => words.notDeleted(name),
    refetch: [['views']],
  })
  return {
    update: (view: View): MenuChoice => ({
      id: `update ${view.id}`,
      label: words.updateView(view.name),
      icon: RefreshCw,
      onAction: () => update.mutate(view),
    }),
    remove: (view: View): MenuChoice => ({
      id: 'delete',
      label: words.deleteView(view.name),
      icon: Trash2,
      isDanger: true,
      onAction: () => remove.mutate(view),
    }),
  }
}

/** A view keeps what the URL would say, so that it can be read for as long as an old link can. */
export const writeSettings = (filters: Filters) => ({ filters: textOf(filters) })
const settingsOf = ({ settings }: View): Filters => readFilters(new URLSearchParams(String(settings.filters ?? '')))
const textOf = (filters: Filters) => String(writeFilters(filters))
