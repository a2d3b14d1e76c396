import { useMemo } from 'react'
import { useFormats } from '../ui/marks/formats.ts'
import { reports as words } from '../words/reports.ts'
import { ui } from '../words/ui.ts'

/** How the figures of reports are written. */
export function useWriting() {
  const formats = useFormats()
  return useMemo(() => {
    const { locale, currency, money, count } = formats
    const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
    const bareMonth = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
    const cents = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    const whole = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
    const tenths = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
    const percent = (part: number) => (part < 0.1 ? tenths : whole).format(part)
    const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
    return {
      /** In a sentence or alone: nobody counts cents there, nor all the digits of billions. */
      money: (amount: number) => money(Math.round(amount), amount >= 1e10 ? 'short' : 'whole'),
      /** In a column, to the cent, so that the figures stand below each other. */
      exact: (amount: number) => cents.format(amount),
      count,
      deals: (number: number) => words.count(count(number), number === 1),
      short: (amount: number) => money(Math.round(amount), 'short'),
      percent: (part: number | null) => (part === null ? null : percent(part)),
      share: (part: number, whole: number) => (whole === 0 ? null : percent(part / whole)),
      month: (id: string) => month.format(Date.parse(`${id}-01`)),
      /** The year only where it begins. */
      tick: (id: string, isFirst: boolean) =>
        (isFirst || id.endsWith('-01') ? month : bareMonth).format(Date.parse(`${id}-01`)),
      /** Hours below a day, tenths of days below ten. */
      days: (days: number | null) => (days === null ? null : spanOf(days, fine)),
    }
  }, [formats])
}

function spanOf(days: number, fine: Intl.NumberFormat): string {
  if (days === 0) return words.days('0')
  if (days * 24 < 1) return ui.minutes(Math.max(1, Math.round(days * 1440)))
  if (days < 1) return ui.hours(Math.round(days * 24))
  return words.days(fine.format(days < 10 ? days : Math.round(days)))
}
