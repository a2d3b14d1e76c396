/** A number as people type it, with either mark for the decimals. Null for nothing, undefined for what is no number. */
export function readDecimal(typed: string, locale: string): number | null | undefined {
  const bare = typed.replace(/[\s'’_]/g, '').replace('−', '-')
  if (bare === '') return null
  const plain = isGrouped(bare, locale) ? bare.replaceAll(groupOf(locale), '') : bare
  const [, number] = /^([-+]?(?:\d+[.,]?\d*|[.,]\d+))$/.exec(plain) ?? []
  return number === undefined ? undefined : Number(number.replace(',', '.'))
}

/** All of its digits, not grouped, so that reading it again gives the same number. */
export const writeDecimal = (number: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping: false }).format(number)

/** `1,234` in English, `1.234,5` in German; where a space groups, neither mark does. */
function isGrouped(bare: string, locale: string): boolean {
  const group = groupOf(locale)
  if (group !== '.' && group !== ',') return false
  const other = group === '.' ? ',' : '.'
  return new RegExp(`^[-+]?\\d{1,3}(\\${group}\\d{3})+(\\${other}\\d+)?$`).test(bare)
}

const groupOf = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(12_345).find(({ type }) => type === 'group')?.value ?? ','
