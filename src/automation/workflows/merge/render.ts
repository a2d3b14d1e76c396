import Mustache from 'mustache'
import { invalid } from '../../../domain/errors.ts'
import { htmlOf } from '../../../domain/html.ts'

/** What the texts of one step may come to: a list in a list in a list would keep the server from everything else. */
const most = { signs: 1_000_000, sections: 10_000 }
let left = { ...most }

/** Without a cache: texts are short, and a person changes them again and again. */
const writer = new Mustache.Writer()
const { renderTokens } = writer
Object.assign(writer, {
  templateCache: undefined,
  renderTokens(...all: Parameters<typeof renderTokens>) {
    left.sections--
    const text = left.sections < 0 ? '' : renderTokens.apply(writer, all)
    left.signs -= text.length
    if (left.sections < 0 || left.signs < 0) throw tooLong()
    return text
  },
})

const tooLong = () =>
  invalid(`The merge fields become too long: more than ${most.signs} signs or ${most.sections} parts`)

/**
 * Settings with every text in them filled in: what the view has stands in place of its name, what it lacks is nothing.
 * In those that are `html`, what is filled in stands there as text, unless its name has three braces.
 */
export function render<T>(settings: T, view: object, html: readonly string[] = []): T {
  left = { ...most }
  return fill(settings, view, html)
}

function fill<T>(value: T, view: object, html: readonly string[], write = written): T {
  if (typeof value === 'string') return fillText(value, view, write) as T
  if (Array.isArray(value)) return value.map((item) => fill(item, view, [], write)) as T
  if (typeof value !== 'object' || value === null) return value
  const filled = Object.entries(value).map(([name, inner]) => [
    name,
    fill(inner, view, [], html.includes(name) ? asHtml : write),
  ])
  return Object.fromEntries(filled)
}

/** There is nothing to be included: what is asked for by birth names of every object is not there either. */
const fillText = (text: string, view: object, write: typeof written): string =>
  text.includes('{{') ? writer.render(text, view, Object.create(null), { escape: write }) : text

const asHtml = (value: unknown) => htmlOf(written(value))

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

/** As text; a list is joined as a person would. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return value === null || value === undefined ? '' : String(value)
}
