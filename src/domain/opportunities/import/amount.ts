/**
 * An amount as people and spreadsheets write it: `4,997.50`, `4.997,50`, `$ 4 997.50`, `(250)` for less than nothing.
 * Undefined where it is none, or could be two: `1.234` is a thousand to some and one and a bit to others.
 */
export function readAmount(text: string): number | undefined {
  const bare = text.replace(/[\s\u00a0\u202f'’]|\p{Sc}|\b[A-Z]{3}\b/gu, '')
  const inBrackets = /^\((.+)\)$/.exec(bare)?.[1]
  const [, sign = '', digits = ''] = /^([-+−]?)([\d.,]+)$/.exec(inBrackets ?? bare) ?? []
  const size = readDigits(digits)
  if (size === undefined) return undefined
  return inBrackets !== undefined || (sign !== '' && sign !== '+') ? -size : size
}

const plain = /^\d+$/
const american = /^\d{1,3}(,\d{3})+(\.\d*)?$/
const european = /^\d{1,3}(\.\d{3})+,\d*$|^\d{1,3}(\.\d{3}){2,}$/
const point = /^\d*\.\d+$|^\d+\.$/
const comma = /^\d+,\d{1,2}$/

function readDigits(digits: string): number | undefined {
  if (isAmbiguous(digits)) return undefined
  if (plain.test(digits) || point.test(digits)) return Number(digits)
  if (american.test(digits)) return Number(digits.replaceAll(',', ''))
  if (european.test(digits)) return Number(digits.replaceAll('.', '').replace(',', '.'))
  return comma.test(digits) ? Number(digits.replace(',', '.')) : undefined
}

/** One point before exactly three digits. What begins with 0 groups nothing. */
const isAmbiguous = (digits: string) => /^[1-9]\d{0,2}\.\d{3}$/.test(digits)

/** A number so that `readAmount` reads it back. */
export const writeAmount = (amount: number): string =>
  isAmbiguous(String(Math.abs(amount))) ? amount.toFixed(4) : String(amount)
