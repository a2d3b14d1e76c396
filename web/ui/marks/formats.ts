import { createContext, useContext } from 'react'

/** How numbers and moments are written for this person: made once from the location's currency. */
export interface Formats {
  locale: string
  currency: string
  currencySign: string
  /** `short` is 1.2 m, for the head of a column; `bare` is without the currency, for a field. */
  money: (amount: number, form?: 'whole' | 'short' | 'bare') => string
  count: (count: number) => string
  percent: (part: number) => string
  /** The exact moment, in the viewer's zone. */
  moment: (at: number) => string
  /** The day of a moment, in the viewer's zone. */
  day: (at: number) => string
  /** A day that is the same for everybody, told as midnight in UTC: no zone moves it. */
  calendarDay: (at: number) => string
}

const FormatsContext = createContext<Formats>(formatsFor('USD'))
export const FormatsProvider = FormatsContext.Provider
export const useFormats = () => useContext(FormatsContext)

export function formatsFor(currency: string, locale = navigator.language): Formats {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  const whole = new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: 0 })
  const exact = new Intl.NumberFormat(locale, style)
  const short = new Intl.NumberFormat(locale, { ...style, notation: 'compact', maximumSignificantDigits: 3 })
  const bare = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const bareCents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const count = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const
  const day = new Intl.DateTimeFormat(locale, date)
  const calendarDay = new Intl.DateTimeFormat(locale, { ...date, timeZone: 'UTC' })

  return {
    locale,
    currency,
    currencySign: exact.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency,
    money(amount, form = 'whole') {
      const isWhole = Number.isInteger(amount)
      if (form === 'short' && Math.abs(amount) >= 10_000) return short.format(amount)
      if (form === 'bare') return (isWhole ? bare : bareCents).format(amount)
      return (isWhole || form === 'short' ? whole : exact).format(amount)
    },
    count: (number) => count.format(number),
    percent: (part) => percent.format(part),
    moment: (at) => moment.format(at),
    day: (at) => day.format(at),
    calendarDay: (at) => calendarDay.format(at),
  }
}
