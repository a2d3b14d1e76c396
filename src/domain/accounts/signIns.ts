import type { Database } from '../../store/database.ts'
import { verifyPassword } from './password.ts'
import type { SignIn } from './userTable.ts'
import * as users from './userTable.ts'

/** As costly as a real one, and nobody's password. */
const nobody = `scrypt:32768:8:3:${'A'.repeat(22)}:${'A'.repeat(43)}`

/** Whose e-mail address and password these are. Undefined for a wrong password and an unknown address alike, after the same time. */
export async function checkSignIn(db: Database, email: string, password: string): Promise<SignIn | undefined> {
  const found = await users.findSignIn(db, email.trim().toLowerCase())
  const isTheirs = await verifyPassword(password, found?.passwordHash ?? nobody)
  return isTheirs ? found : undefined
}
