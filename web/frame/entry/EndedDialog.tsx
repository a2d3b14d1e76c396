import { useEffect } from 'react'
import { lookAgain, useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Dialog } from '../../ui/overlays/Dialog.tsx'
import { entryWords as words } from '../../words/frame.ts'
import { SignInForm } from './SignInForm.tsx'
import './entry.css'

/** Over the page, which stays as it is, unseen: what was being done goes on once the same person has signed in. */
export function EndedDialog() {
  const { user } = useSession()
  useEffect(() => {
    const look = () => void lookAgain()
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [])
  return (
    <Dialog title={words.ended} isOpaque>
      <p className="soft">{words.endedHelp}</p>
      <SignInForm email={user.email} />
      <Button look="plain" onPress={() => location.assign('/app')}>
        {words.signInAsOther}
      </Button>
    </Dialog>
  )
}
