import { appWords as words } from '../../words/settings/apps.ts'
import { SecretDialog } from '../SecretDialog.tsx'
import type { Made } from './app.ts'

export const AppSecret = ({ made: { app, clientSecret }, onClose }: { made: Made; onClose: () => void }) => (
  <SecretDialog
    title={words.secretTitle(app.name)}
    secrets={[
      { label: words.clientId, text: app.clientId },
      { label: words.clientSecret, text: clientSecret },
    ]}
    onClose={onClose}
  >
    <p>{words.secretHelp}</p>
  </SecretDialog>
)
