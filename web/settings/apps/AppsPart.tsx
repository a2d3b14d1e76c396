import { Blocks, Plus } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'wouter'
import { useMay } from '../../api/session.tsx'
import { useShortcut } from '../../page/shortcuts.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { appWords as words } from '../../words/settings/apps.ts'
import { partNames } from '../../words/settings/page.ts'
import { Asked, Part } from '../Part.tsx'
import { Row, Rows } from '../Rows.tsx'
import { AppDialog } from './AppDialog.tsx'
import { AppPage } from './AppPage.tsx'
import { AppSecret } from './AppSecret.tsx'
import { type App, type Made, useApps } from './app.ts'

/** All of them, or the one that the address names. */
export function AppsPart() {
  const { '*': chosen } = useParams<{ '*'?: string }>()
  return chosen ? <AppPage key={chosen} clientId={chosen} /> : <AppList />
}

function AppList() {
  const may = useMay()
  const query = useApps()
  const [isCreating, setCreating] = useState(false)
  const [made, setMade] = useState<Made>()
  useShortcut('n', words.create, () => setCreating(true), may('apps.write'))
  const create = may('apps.write') && (
    <Button look="primary" icon={Plus} onPress={() => setCreating(true)}>
      {words.create}
    </Button>
  )
  return (
    <Part title={partNames.apps} intro={words.intro} action={query.data?.length ? create : undefined}>
      <Asked query={query} failed={words.failed}>
        {(apps) =>
          apps.length === 0 ? (
            <EmptyState icon={Blocks} title={words.none} action={create}>
              {words.noneHelp}
            </EmptyState>
          ) : (
            <Rows label={partNames.apps}>
              {apps.map((app) => (
                <AppRow key={app.clientId} app={app} />
              ))}
            </Rows>
          )
        }
      </Asked>
      {made && <AppSecret made={made} onClose={() => setMade(undefined)} />}
      {isCreating && (
        <AppDialog
          onMade={(made) => {
            setCreating(false)
            setMade(made)
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Part>
  )
}

const AppRow = ({ app }: { app: App }) => (
  <Row
    name={app.name}
    href={`/settings/apps/${app.clientId}`}
    detail={
      <>
        <code className="one-line">{app.clientId}</code>
        <span>{words.scopes(app.scopes.length)}</span>
      </>
    }
    aside={words.installs(app.installs.length)}
  />
)
