import type { TokenKind } from '../domain/tokens/tokens.ts'
import type { WireError } from './errors.ts'

/** How a dialect is entered, and how it words what went wrong. */
export interface Door {
  name: 'v1' | 'v2' | 'v3' | 'oauth' | 'console'
  /** What the router tells it by beside the path: the Version header's dialect. Absent where the path is enough. */
  constraint?: 'v2' | 'v3'
  /** Refuses a wrong Version header; absent where none is needed. */
  checkVersion?: (header: string | undefined) => void
  kinds: ReadonlySet<TokenKind>
  /** Whether the web app comes in here too, by its users' sessions. */
  takesSessions?: boolean
  writeError: (error: unknown) => WireError
  /** Whether replies end with `traceId`; where they do not, a row may answer any JSON, such as `""`. */
  isTraced: boolean
  /** Whether every location that a request names must be the token's own (contract 1.3). */
  checksLocation: boolean
  /** Sent with every reply. */
  headers?: Readonly<Record<string, string>>
}
