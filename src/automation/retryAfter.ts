const second = 1000

/** What a receiver asks for is heard, up to here: a day. */
const longest = 24 * 60 * 60 * second

/** How long a receiver wants to be left alone, in ms: on the wire it is seconds or a date. 0 where it does not say. */
export function readRetryAfter(header: string | null, now: number): number {
  if (!header) return 0
  const text = header.trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text) * second, longest)
  return httpDate.test(text) ? Math.min(Math.max(Date.parse(text) - now, 0), longest) : 0
}

/** `Date.parse` would make a date of nearly anything. */
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
