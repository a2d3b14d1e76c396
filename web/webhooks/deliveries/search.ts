import { parseDate } from '@internationalized/date'

/** What the log is narrowed to, as it stands in the URL. Days are the viewer's. */
export interface Search {
  state: string
  type: string
  recordId: string
  from: string
  to: string
}

const names = ['state', 'type', 'recordId', 'from', 'to'] as const

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

export function readSearch(params: URLSearchParams): Search {
  const of = (name: string) => params.get(name) ?? ''
  const day = (name: string) => (isDay(of(name)) ? of(name) : '')
  return { state: of('state'), type: of('type'), recordId: of('recordId'), from: day('from'), to: day('to') }
}

/** Other things in the URL stay. */
export function writeSearch(search: Search, before: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(before)
  for (const name of names) {
    if (search[name]) params.set(name, search[name])
    else params.delete(name)
  }
  return params
}

export const isSet = (search: Search) => names.some((name) => search[name] !== '')

/** As the API asks for it: moments, of which the last is not included. */
export const queryOf = ({ from, to, ...same }: Search, zone: string) => ({ ...same, ...spanOf(from, to, zone) })

export const spanOf = (from: string, to: string, zone: string) => ({
  from: from && parseDate(from).toDate(zone).toISOString(),
  to: to && parseDate(to).add({ days: 1 }).toDate(zone).toISOString(),
})

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
