import { type WireError, writeError as write } from '../errors.ts'

/** Contract 4.1: the envelopes of all dialects, with `msg` for older clients. */
export function writeError(error: unknown): WireError {
  const { status, body } = write(error)
  return { status, body: { ...body, msg: [body.message].flat().join(', ') } }
}
