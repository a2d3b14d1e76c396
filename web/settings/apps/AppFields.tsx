import { Select } from '../../ui/choices/Select.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { appWords as words } from '../../words/settings/apps.ts'
import { ScopesField } from '../scopes/ScopesField.tsx'
import { type App, type AppDraft, distributions } from './app.ts'

interface Props {
  draft: AppDraft
  change: (part: Partial<AppDraft>) => void
  isNew: boolean
}

export const appFieldNames = ['name', 'redirectUris']

export const AppFields = ({ draft, change, isNew }: Props) => (
  <>
    <TextField
      label={words.name}
      help={words.nameHelp}
      name="name"
      placeholder={words.namePlaceholder}
      value={draft.name}
      onChange={(name) => change({ name })}
      maxLength={255}
      isRequired
      autoFocus={isNew}
    />
    <TextField
      label={words.redirectUris}
      help={words.redirectHelp}
      name="redirectUris"
      placeholder={words.redirectPlaceholder}
      lines={2}
      value={draft.redirectUris}
      onChange={(redirectUris) => change({ redirectUris })}
      isRequired
    />
    <Select
      label={words.distribution}
      options={distributions.map((id) => ({ id, label: words.distributions[id] }))}
      value={draft.distribution}
      onChange={(id) => change({ distribution: id as App['distribution'] })}
    />
    <ScopesField value={draft.scopes} onChange={(scopes) => change({ scopes })} isForApp />
  </>
)
