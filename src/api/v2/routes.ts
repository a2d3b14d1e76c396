import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { contactRoutes } from './contacts/routes.ts'
import { locationRoutes } from './locations/routes.ts'
import { opportunityRoutes } from './opportunities/routes.ts'
import { pipelineRoutes } from './pipelines/routes.ts'
import { userRoutes } from './users/routes.ts'

/** `Version: 2021-07-28`, by HighLevel's own operation ids. */
export const v2: Dialect = {
  ...pipelineRoutes,
  ...opportunityRoutes,
  ...contactRoutes,
  ...locationRoutes,
  ...userRoutes,
}

export const v2Info: DialectInfo = {
  title: 'v2 · Version 2021-07-28',
  description: "HighLevel's opportunities and contacts API, answered by your own server.",
  versionHeader: '2021-07-28',
}
