/**
 * Days from one to another, both included; null where there is no bound, and both null where there is no day at all.
 * What is a moment on the server is here one with the clock of its place, `2026-11-01T00:00:00+01:00`, so that it means
 * the same wherever the address is opened; an expected day is a day, `2026-11-01`.
 */
export interface Span {
  from: string | null
  to: string | null
}

const limit = String.raw`\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d))?`
const written = new RegExp(`^(${limit})?\\.\\.(${limit})?$`)

/** `2026-11-01..2026-11-30`, `..2026-11-30`, or `..` for what has none. */
export function readSpan(text: string | null): Span | null {
  const [all, from = null, to = null] = written.exec(text ?? '') ?? []
  return all === undefined ? null : { from, to }
}

export const writeSpan = (span: Span | null): string | null => span && `${span.from ?? ''}..${span.to ?? ''}`

/** The days that it is about, whoever looks: those of the place it was written for. */
export const daysOf = ({ from, to }: Span): Span => ({ from: from?.slice(0, 10) ?? null, to: to?.slice(0, 10) ?? null })
