import { useChange } from '../../api/change.ts'
import { put } from '../../api/client.ts'
import { queryClient } from '../../api/queries.ts'
import { Switch } from '../../ui/choices/Switch.tsx'
import { businessWords as words } from '../../words/settings/business.ts'
import type { Location } from './location.ts'

type Setting = 'allowDuplicateContact' | 'allowDuplicateOpportunity'

interface Wanted {
  setting: Setting
  isOn: boolean
}

const labels: Record<Setting, string> = {
  allowDuplicateContact: words.contacts,
  allowDuplicateOpportunity: words.deals,
}

/** What takes effect at once. */
export function DuplicateSettings({ location, isReadonly }: { location: Location; isReadonly: boolean }) {
  const change = useChange<Wanted>({
    run: ({ setting, isOn }) => put(`/locations/${location.id}`, { settings: { [setting]: isOn } }),
    foresee,
    says: ({ setting, isOn }) => (isOn ? words.allowed : words.refused)(labels[setting]),
    refused: () => words.notSaved,
    refetch: [['location']],
  })
  const switchOf = (setting: Setting, help: string) => (
    <Switch
      isSelected={location.settings[setting] ?? false}
      onChange={(isOn) => change.mutate({ setting, isOn })}
      isDisabled={isReadonly}
      help={help}
    >
      {labels[setting]}
    </Switch>
  )
  return (
    <section className="settings-fields">
      <fieldset>
        <legend>{words.duplicates}</legend>
        {switchOf('allowDuplicateContact', words.contactsHelp)}
        {switchOf('allowDuplicateOpportunity', words.dealsHelp)}
      </fieldset>
    </section>
  )
}

function foresee({ setting, isOn }: Wanted): () => void {
  const before = queryClient.getQueryData<Location>(['location'])
  if (before)
    queryClient.setQueryData<Location>(['location'], { ...before, settings: { ...before.settings, [setting]: isOn } })
  return () => queryClient.setQueryData(['location'], before)
}
