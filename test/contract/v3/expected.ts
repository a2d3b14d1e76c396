import type { Crm } from '../../harness.ts'
import * as v2 from '../v2/expected.ts'

/** What v3 has beside v2's scalars, with nothing set (contract 3.1). */
export const noForecast = {
  forecastOriginalCloseDate: null,
  forecastSlippageCount: 0,
  forecastDaysSlipped: 0,
  forecastLastSlippedAt: null,
}

type Contact = Parameters<typeof v2.opportunityOf>[1]

/** An opportunity as v3 answers it, whole. */
export const opportunityOf = (crm: Crm, contact: Contact, fields: object = {}) =>
  v2.opportunityOf(crm, contact, { ...noForecast, ...fields })

/** Midnight of a day, as it is answered. */
export const day = (date: string) => `${date}T00:00:00.000Z`

/** The opportunity as GET one answers it. */
export const read = async (crm: Crm, id: string) => (await crm.v3.get(`/opportunities/${id}`)).body.opportunity
