import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { contactRoutes } from './contacts/routes.ts'
import { locationRoutes } from './locations/routes.ts'
import { opportunityRoutes } from './opportunities/routes.ts'
import { pipelineRoutes } from './pipelines/routes.ts'
import { userRoutes } from './users/routes.ts'

/** `Version: 2021-07-28`, by HighLevel's own operation ids. */
export const v2: Dialect = {
  ...opportunityRoutes,
  ...pipelineRoutes,
  ...contactRoutes,
  ...locationRoutes,
  ...userRoutes,
}

export const v2Info: DialectInfo = {
  title: 'Pipewright API v2',
  description:
    "HighLevel's opportunities and contacts API (`Version: 2021-07-28`), answered by your own server. " +
    'To try it here, press Authorize and paste a token that begins with `pit-`.',
  versionHeader: '2021-07-28',
}
