import { signOut } from '../api/session.tsx'
import { tellFailure } from '../ui/feedback/toast.ts'
import { frameWords as words } from '../words/frame.ts'

/** Signs out, here or in every browser; says so where that could not be done. */
export const leave = (everywhere = false): void =>
  void signOut(everywhere).catch((error: Error) => tellFailure(words.cannotSignOut, error.message))
