import { entryWords as words } from '../../words/frame.ts'
import { Entry } from './Entry.tsx'
import { SignInForm } from './SignInForm.tsx'

export const SignInPage = () => (
  <Entry title={words.signInTo}>
    <SignInForm />
    <p className="entry-note">{words.forgotten}</p>
  </Entry>
)
