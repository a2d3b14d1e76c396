export type Code =
  | 'invalid' // a field is missing or wrong
  | 'mismatch' // fields that do not fit each other, such as a stage of another pipeline
  | 'not_found'
  | 'unauthorized' // who are you?
  | 'forbidden' // not yours
  | 'conflict' // against a rule of the location, such as a duplicate
  | 'outdated' // meant for what has been changed since
  | 'in_use' // cannot go, for something still hangs on it
  | 'rate_limited'

interface Details {
  /** A name for programs, such as `OPPORTUNITY_NOT_FOUND`. */
  name?: string
  /** One sentence for each thing that is wrong, the field first. */
  issues?: string[]
  /** What helps to mend it, such as the id of the record that is in the way. */
  meta?: Record<string, unknown>
}

/** The only error that is somebody else's doing. Thrown where it is known, caught once, where a dialect words it. */
export class DomainError extends Error {
  readonly code: Code
  readonly details: Details

  constructor(code: Code, message: string, details: Details = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

/** Not this either, but nobody's mistake: the data cannot be reached now. */
export { Doubtful, Unavailable } from '../store/database.ts'

/** `notFound('Lost reason')` reads "Lost reason not found", `LOST_REASON_NOT_FOUND`. */
export function notFound(noun: string): DomainError {
  const name = `${noun.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`
  return new DomainError('not_found', `${noun} not found`, { name })
}

/** One or more fields are missing or wrong; each issue is a sentence that begins with the field. */
export function invalid(...issues: string[]): DomainError {
  return new DomainError('invalid', issues.join('; '), { issues })
}

/** A stage that does not belong to the pipeline. */
export function stageMismatch(): DomainError {
  return new DomainError('mismatch', 'The pipeline stage id is invalid.', { name: 'PIPELINE_STAGE_NOT_FOUND' })
}

/** A pipeline named in a body that does not exist. */
export function pipelineMismatch(): DomainError {
  return new DomainError('mismatch', 'The pipeline id is invalid.', { name: 'PIPELINE_NOT_FOUND' })
}
