/*
 * A note travels as HTML; what a person types is its text. Merge fields stand in both as they are: the server fills them in
 * as text.
 */

const mergeField = '\\{\\{[\\s\\S]*?\\}\\}\\}?'
const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br>' }
const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** The HTML of a text. Blanks around HTML are no part of it, unless they are written by their numbers. */
export function noteHtmlOf(text: string): string {
  const begin = text.length - text.trimStart().length
  const end = text.trimEnd().length
  return text.replace(new RegExp(`${mergeField}|[&<>\n]|\\s`, 'gu'), (part, at: number) => {
    const isAround = at < begin || at >= end
    return isAround ? `&#${part.codePointAt(0)};` : (marks[part] ?? part)
  })
}

/** The text of HTML in which nothing but text is, such as `noteHtmlOf` makes. */
export const noteTextOf = (html: string): string =>
  html.replace(new RegExp(`${mergeField}|${lineEnd}|${entity}`, 'gi'), (part, number?: string, name?: string) => {
    if (number) return String.fromCodePoint(Number(number))
    if (name) return signs[name.toLowerCase()] ?? part
    return part.startsWith('<') ? '\n' : part
  })

/** Whether HTML has more in it than its text shows, such as somebody wrote through the API: tags, or signs by other names. */
export function isMarkup(html: string): boolean {
  const rest = html.replace(new RegExp(`${mergeField}|${lineEnd}|${entity}`, 'gi'), '')
  return /<\/?[a-z!][^<>]*>|&(#|[a-z]\w{1,7};)/i.test(rest)
}

const lineEnd = '<br\\s*/?>'
const entity = '&(?:#(\\d{1,6})|(amp|lt|gt|quot|nbsp));'
