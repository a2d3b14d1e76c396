import Mustache from 'mustache'

/** Without a cache: texts are short, and a person changes them again and again. */
const writer = new Mustache.Writer()
Object.assign(writer, { templateCache: undefined })

/** What stands between `{{` and `}}` is replaced by what the view has there; what it does not have is nothing. */
export const renderText = (text: string, view: object): string =>
  text.includes('{{') ? writer.render(text, view, {}, { escape: written }) : text

/** Settings with every text in them rendered. */
export function render<T>(value: T, view: object): T {
  if (typeof value === 'string') return renderText(value, view) as T
  if (Array.isArray(value)) return value.map((item) => render(item, view)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, render(inner, view)])) as T
}

export const hasMergeFields = (value: unknown): boolean => JSON.stringify(value ?? null).includes('{{')

/** The merge fields that a text names, such as `contact.email`; throws where a brace does not close. */
export function namesIn(text: string): string[] {
  if (!text.includes('{{')) return []
  return named(writer.parse(text) as Token[])
}

type Token = [kind: string, value: string, start: number, end: number, inner?: Token[]]

const named = (tokens: Token[]): string[] =>
  tokens.flatMap(([kind, value, , , inner]) => [
    ...(['name', '&', '#', '^'].includes(kind) ? [value] : []),
    ...(Array.isArray(inner) ? named(inner) : []),
  ])

/** No HTML comes of it, so nothing is escaped; a list is joined as a person would. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return value === null || value === undefined ? '' : String(value)
}
