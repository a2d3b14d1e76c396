const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '<br>',
}

/**
 * What somebody typed as the API takes it: a note's `body` is HTML, and its `bodyText` is the very same text again. Blanks
 * around HTML are no part of it, unless they are written by their numbers.
 */
export function noteHtml(text: string): string {
  const inner = text.trim()
  const start = text.length - text.trimStart().length
  const around = (blanks: string) => blanks.replace(/./gsu, (blank) => `&#${blank.codePointAt(0)};`)
  const words = inner.replace(/[&<>"'\n]/g, (sign) => marks[sign] as string)
  return around(text.slice(0, start)) + words + around(text.slice(start + inner.length))
}
