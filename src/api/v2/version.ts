import { DomainError } from '../../domain/errors.ts'

/** Contract 1.2: the dated values, all of which mean v2; `2023-02-21` is the official SDK's own default. */
const dated = new Set(['2021-07-28', '2021-04-15', '2023-02-21', 'legacy'])

/** Refuses a request without a version, or with one that does not exist. */
export function checkVersion(header: string | undefined): void {
  if (header === undefined || header === '') throw new DomainError('unauthorized', 'version header was not found.')
  if (!dated.has(header.trim())) throw new DomainError('unauthorized', 'version header is invalid')
}
