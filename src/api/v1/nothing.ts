import { Type } from '@sinclair/typebox'

/** What v1 answers where there is nothing to say: the JSON text `""`, for a client that takes no reply for a failure. */
export const Nothing = Type.String({ maxLength: 0, examples: [''] })

export const writeNothing = (_done: unknown): string => '""'
