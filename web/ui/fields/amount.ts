/**
 * Money as people type it: "4,997.50", "4.997,50", "$ 4997.5", "4 997", "12k". Null for nothing, undefined for what is
 * not an amount. The last of `.` and `,` parts the cents, unless exactly three digits follow it and it is the mark
 * that groups thousands in this locale, or it stands more than once. "4.997" is read as nothing where the point parts
 * cents: whoever types it means thousands, or more than cents.
 */
export function readAmount(text: string, locale: string): number | null | undefined {
  const bare = text
    .trim()
    .replace(/^\p{Sc}|\p{Sc}$/gu, '')
    .replace(/[\s'’_]/g, '')
  if (bare === '') return text.trim() === '' ? null : undefined
  const [, sign = '', digits = '', unit = ''] =
    /^([-−]?)([\d.,]*\d[\d.,]*)([km]?)$/i.exec(bare.replace(/^[-−]\p{Sc}/u, '-')) ?? []
  if (digits === '' || (unit === '' && isUnclear(digits, decimalOf(locale)))) return undefined
  const plain = withPoint(digits, decimalOf(locale))
  if (!/^\d*(\.\d*)?$/.test(plain)) return undefined
  const amount = Math.round(Number(plain) * (thousands[unit.toLowerCase()] ?? 1) * 100) / 100
  return sign && amount ? -amount : amount
}

/** Whether what stands behind the mark that parts the cents here could as well be a group of thousands. */
const isUnclear = (digits: string, decimal: string) => new RegExp(`^[1-9]\\d{0,2}\\${decimal}\\d{3}$`).test(digits)

const thousands: Record<string, number> = { k: 1_000, m: 1_000_000 }

function withPoint(digits: string, decimal: string): string {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return digits
  const mark = digits[last] ?? ''
  const isOnly = digits.indexOf(mark) === last
  const groups = mark !== decimal && digits.length - last - 1 === 3
  if (!isOnly || groups) return digits.replaceAll(mark, '').replace(',', '.')
  return `${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`
}

function decimalOf(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.'
}
