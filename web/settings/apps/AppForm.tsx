import { useMemo, useState } from 'react'
import { useChange } from '../../api/change.ts'
import { put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { queryClient } from '../../api/queries.ts'
import { useNewest } from '../../api/useNewest.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { appWords as words } from '../../words/settings/apps.ts'
import { AppFields, appFieldNames } from './AppFields.tsx'
import { type App, type AppDraft, appBody, appDraftOf } from './app.ts'

export function AppForm({ app: told }: { app: App }) {
  const [app, setNewest] = useNewest(told)
  const { clientId } = app
  const initial = useMemo(() => appDraftOf(app), [app])
  const [draft, change, forget, discard, keep] = useDraft(`app.${clientId}`, initial)
  const [missing, setMissing] = useState('')
  const save = useChange<AppDraft, { app: App }>({
    run: (wanted) => put(`/console/apps/${clientId}`, appBody(wanted)),
    says: ({ name }) => words.saved(name),
    refetch: [['apps']],
    done: ({ app }, wanted) => {
      show(app)
      setNewest(app)
      keep(wanted)
    },
  })
  const submit = () => {
    setMissing(draft.scopes.length ? '' : words.noScopes)
    if (draft.scopes.length) save.mutate(draft)
  }
  const isChanged = JSON.stringify(draft) !== JSON.stringify(initial)
  return (
    <Form
      onSubmit={submit}
      onDiscard={discard}
      {...(missing ? { problem: missing } : formErrors(save.error, appFieldNames))}
    >
      <AppFields draft={draft} change={change} isNew={false} />
      {isChanged && (
        <div className="save-bar">
          {!discard && <Button onPress={forget}>{words.discard}</Button>}
          <Button look="primary" type="submit" isPending={save.isPending}>
            {words.save}
          </Button>
        </div>
      )}
    </Form>
  )
}

const show = (app: App) =>
  queryClient.setQueryData<App[]>(['apps'], (apps = []) =>
    apps.map((one) => (one.clientId === app.clientId ? app : one)),
  )
