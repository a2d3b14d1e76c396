import { useFormats } from '../../ui/marks/formats.ts'
import { tokenWords as words } from '../../words/settings/tokens.ts'
import { SecretDialog } from '../SecretDialog.tsx'
import type { Issued } from './token.ts'

interface Props {
  issued: Issued
  /** Made just now, so there is no old one. */
  isNew: boolean
  onClose: () => void
}

export function TokenSecret({ issued: { token, secret }, isNew, onClose }: Props) {
  const { day } = useFormats()
  const { oldSecretEndsAt } = token
  return (
    <SecretDialog
      title={words.secretTitle(token.name)}
      secrets={[{ label: words.secret, text: secret }]}
      onClose={onClose}
    >
      <p>{words.secretHelp}</p>
      {!isNew && <p>{oldSecretEndsAt ? words.rotatedHelp(day(Date.parse(oldSecretEndsAt))) : words.replacedHelp}</p>}
    </SecretDialog>
  )
}
