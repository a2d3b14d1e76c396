import { ArrowLeft, Blocks, Ellipsis, KeyRound, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useMay } from '../../api/session.tsx'
import { IconButton, LinkButton } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { appWords as words } from '../../words/settings/apps.ts'
import { settingsWords } from '../../words/settings/page.ts'
import { Asked, Part } from '../Part.tsx'
import { DeleteApp, RotateApp } from './AppDialogs.tsx'
import { AppForm } from './AppForm.tsx'
import { AppInstalls } from './AppInstalls.tsx'
import { AppSecret } from './AppSecret.tsx'
import { type App, type Made, useApps } from './app.ts'

export function AppPage({ clientId }: { clientId: string }) {
  const query = useApps()
  return (
    <>
      <LinkButton look="plain" icon={ArrowLeft} href="/settings/apps">
        {words.toAll}
      </LinkButton>
      <Asked query={query} failed={words.failed} rows={6}>
        {(apps) => {
          const app = apps.find((one) => one.clientId === clientId)
          if (app) return <OneApp app={app} />
          return (
            <EmptyState icon={Blocks} title={words.gone}>
              {words.goneHelp}
            </EmptyState>
          )
        }}
      </Asked>
    </>
  )
}

function OneApp({ app }: { app: App }) {
  const isAllowed = useMay()('apps.write')
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<'rotate' | 'delete'>()
  const [made, setMade] = useState<Made>()
  const close = () => setOpen(undefined)
  return (
    <Part title={app.name} action={isAllowed && <AppMenu app={app} onDo={setOpen} />}>
      <div className="settings-row">
        <h3>{words.clientId}</h3>
        <Copy text={app.clientId} label={settingsWords.copy(words.clientId)} />
      </div>
      <AppInstalls app={app} isAllowed={isAllowed} />
      {isAllowed && <AppForm app={app} />}
      {open === 'rotate' && (
        <RotateApp
          app={app}
          onMade={(made) => {
            close()
            setMade(made)
          }}
          onClose={close}
        />
      )}
      {open === 'delete' && <DeleteApp app={app} onDeleted={() => navigate('/settings/apps')} onClose={close} />}
      {made && <AppSecret made={made} onClose={() => setMade(undefined)} />}
    </Part>
  )
}

const AppMenu = ({ app, onDo }: { app: App; onDo: (what: 'rotate' | 'delete') => void }) => (
  <Menu
    label={settingsWords.actionsOf(app.name)}
    groups={[
      { choices: [{ id: 'rotate', label: words.rotate, icon: KeyRound, onAction: () => onDo('rotate') }] },
      {
        choices: [{ id: 'delete', label: words.delete, icon: Trash2, isDanger: true, onAction: () => onDo('delete') }],
      },
    ]}
  >
    <IconButton icon={Ellipsis} label={settingsWords.actionsOf(app.name)} />
  </Menu>
)
