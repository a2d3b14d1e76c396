import { createHash } from 'node:crypto'
import { type Definition, isRecord } from './workflow.ts'

/** By which two drafts are told apart: whoever saves says on which one that is based. */
export const revisionOf = (draft: Definition): string =>
  createHash('sha256').update(JSON.stringify(draft, sorted)).digest('base64url').slice(0, 20)

/** In which order something was written makes no other draft of it. */
const sorted = (_: string, value: unknown) =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value
