import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { del } from '../../api/client.ts'
import { useUsers } from '../../api/lookups.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { appWords as words } from '../../words/settings/apps.ts'
import { Row, Rows } from '../Rows.tsx'
import type { App, Install } from './app.ts'

/** Who let the app in here, and how to take it out again. */
export function AppInstalls({ app, isAllowed }: { app: App; isAllowed: boolean }) {
  const users = useUsers()
  const [leaving, setLeaving] = useState<Install>()
  const nameOf = (id: string) => users.find((user) => user.id === id)?.name
  return (
    <section className="app-installs">
      <h3>{words.installsTitle}</h3>
      {app.installs.length === 0 && <p className="soft">{words.noInstalls}</p>}
      {app.installs.length > 0 && (
        <Rows label={words.installsTitle}>
          {app.installs.map((install) => (
            <Row
              key={install.tokenId}
              name={nameOf(install.userId) ? words.by(nameOf(install.userId) as string) : words.bySomebody}
              detail={
                <>
                  <Time at={install.installedAt} />
                  <span title={install.scopes.join('\n')}>{words.scopes(install.scopes.length)}</span>
                  <span>{install.lastUsedAt ? <LastUsed at={install.lastUsedAt} /> : words.unused}</span>
                </>
              }
              end={isAllowed && <Button onPress={() => setLeaving(install)}>{words.remove}</Button>}
            />
          ))}
        </Rows>
      )}
      {app.installedElsewhere > 0 && <p className="soft">{words.elsewhere(app.installedElsewhere)}</p>}
      {leaving && <RemoveInstall app={app} install={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  )
}

const LastUsed = ({ at }: { at: string }) => (
  <>
    {words.used} <Time at={at} />
  </>
)

function RemoveInstall({ app, install, onClose }: { app: App; install: Install; onClose: () => void }) {
  const remove = useChange({
    run: () => del(`/console/apps/${app.clientId}/installs/${install.tokenId}`),
    says: () => words.removed(app.name),
    refetch: [['apps']],
    done: onClose,
  })
  return (
    <Confirm
      title={words.removeTitle(app.name)}
      action={words.remove}
      isDanger
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.removeHelp}</p>
      {remove.error && <Problem>{remove.error.message}</Problem>}
    </Confirm>
  )
}
