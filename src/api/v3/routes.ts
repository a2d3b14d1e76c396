import { type TObject, Type } from '@sinclair/typebox'
import { aggregateStages } from '../../domain/opportunities/queries.ts'
import { type Dialect, type Endpoint, endpoint } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { contactRoutesIn } from '../v2/contacts/routes.ts'
import { opportunityRoutesIn } from '../v2/opportunities/routes.ts'
import { readSearchBody } from '../v2/opportunities/searchWire.ts'
import { v2 } from '../v2/routes.ts'
import { writeContact } from './contactWire.ts'
import * as wire from './opportunityWire.ts'
import * as search from './searchWire.ts'

/** Every opportunity tells how its forecast slipped, and searches are asked in camelCase. */
const opportunityRoutes = opportunityRoutesIn({
  write: wire.writeOpportunity,
  replies: wire.replies,
  spelling: search.spelling,
})

/** The channels of a contact are named in camelCase. */
const contactRoutes = contactRoutesIn(writeContact)

const advancedSearch = opportunityRoutes['search-opportunities-advanced'] as Endpoint
const leaveCampaigns = v2['remove-contact-from-every-campaign'] as Endpoint

/** `Version: v3`: v2, and what differs. */
export const v3: Dialect = {
  ...v2,
  ...opportunityRoutes,
  ...contactRoutes,

  // Pages count from 0, and the stages of a pipeline are summed up.
  'search-opportunities-advanced': endpoint({
    ...advancedSearch,
    body: search.SearchBody,
    run: async (ctx, input) => {
      const body = search.readSearchBody(input.body)
      const page = await advancedSearch.run(ctx, { ...input, body })
      const stageAggregations = await aggregateStages(ctx, readSearchBody(body))
      return { ...(page as object), ...(stageAggregations && { stageAggregations }) }
    },
  }),

  // The one path of ours that v3 writes with a hyphen; the old one stays.
  'remove-contact-from-every-campaign': { ...leaveCampaigns, path: '/contacts/:contactId/campaigns/remove-all' },
  'remove-contact-from-every-campaign-v2': leaveCampaigns,

  // `succeeded` stands wherever v2 has `succeded` alone.
  'delete-user': succeeding(v2['delete-user']),
  'create-association': succeeding(v2['create-association']),
}

function succeeding(row: Endpoint | undefined): Endpoint {
  const { reply, run, ...same } = row as Endpoint
  return {
    ...same,
    reply: Type.Object({ ...(reply as TObject).properties, succeeded: Type.Boolean() }),
    run: async (ctx, input) => Object.assign(await run(ctx, input), { succeeded: true }),
  }
}

export const v3Info: DialectInfo = {
  title: 'Pipewright API v3',
  description:
    "HighLevel's opportunities and contacts API (`Version: v3`), answered by your own server. It is v2 with camelCase " +
    'names in searches, forecasts with their slippage, sums for each stage of a pipeline, and paths with hyphens; ' +
    'the paths of v2 answer too. To try it here, press Authorize and paste a token that begins with `pit-`.',
  versionHeader: 'v3',
}
