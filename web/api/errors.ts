/** A refusal in the envelope that all dialects share, or no answer at all (`status` 0). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string | undefined
  /** What is wrong with which field of the body: “name” → “name should not be empty”. */
  readonly fields: Record<string, string>
  readonly meta: Record<string, unknown>
  /** By which the server's log knows the request. */
  readonly traceId: string | undefined
  /** In ms, where the server says when to come again. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: Envelope, retryAfter?: number) {
    super(sentenceOf(body))
    this.status = status
    this.code = body.code
    this.meta = body.meta ?? {}
    this.traceId = body.traceId
    this.fields = Array.isArray(body.message) ? fieldsOf(body.message) : {}
    this.retryAfter = retryAfter
  }
}

export interface Envelope {
  message?: string | string[]
  code?: string
  meta?: Record<string, unknown>
  traceId?: string
}

export const isRefusal = (error: unknown, status: number) => error instanceof ApiError && error.status === status

function sentenceOf({ message = '' }: Envelope): string {
  return Array.isArray(message) ? message.join('. ') : message
}

/** The field stands first in each (contract 1.4): the first that is said of a field is kept. */
function fieldsOf(messages: string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const message of messages) {
    const [, field] = /^(?:property )?([\w$]+(?:\.[\w$]+)*) /.exec(message) ?? []
    if (field) fields[field] ??= message
  }
  return fields
}

/** For a Form: what goes to a field that it has, and in one sentence what is left. */
export function formErrors(error: unknown, names: string[]): { errors?: Record<string, string>; problem?: string } {
  if (!error) return {}
  if (!(error instanceof ApiError)) return { problem: String((error as Error).message) }
  const own = Object.entries(error.fields).filter(([field]) => names.includes(field))
  const errors = Object.fromEntries(own.map(([field, message]) => [field, withoutField(message, field)]))
  if (Object.keys(errors).length === 0) return { problem: error.message }
  const rest = Object.entries(error.fields).filter(([field]) => !names.includes(field))
  return { errors, ...(rest.length && { problem: rest.map(([, message]) => message).join('. ') }) }
}

/** Below a field nobody needs to be told its name, as programs know it. */
function withoutField(message: string, field: string): string {
  const rest = message.slice(message.indexOf(field) + field.length + 1)
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
