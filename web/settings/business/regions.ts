import type { Option } from '../../ui/choices/options.tsx'

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Codes that stand for no country: unions, test codes, an unknown place. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'QO', 'ZZ'])

/** Every country by its two letters, in the order of the names; retired codes are left out. */
export function countries(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !notCountries.has(code) && new Intl.Locale(`und-${code}`).region === code)
    .flatMap((code) => named(code, names.of(code)))
    .sort(byLabel(locale))
}

export function currencies(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return Intl.supportedValuesOf('currency')
    .map((code) => ({ id: code, label: `${names.of(code) ?? code} (${code})` }))
    .sort(byLabel(locale))
}

/** `America/New_York` is found by typing “new york”. */
export const timezones = (ids: string[]): Option[] => ids.map((id) => ({ id, label: id.replaceAll('_', ' ') }))

/** The choices with the one that holds, even where the list does not know it. */
export const withOwn = (options: Option[], id: string): Option[] =>
  !id || options.some((option) => option.id === id) ? options : [{ id, label: id }, ...options]

const named = (id: string, label: string | undefined): Option[] => (label ? [{ id, label }] : [])

const byLabel = (locale: string) => (a: Option, b: Option) => a.label.localeCompare(b.label, locale)
