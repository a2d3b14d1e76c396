import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { contactRoutes } from './contacts/routes.ts'
import { lenient } from './lenient.ts'
import { locationRoutes } from './locations/routes.ts'
import { opportunityRoutes } from './opportunities/routes.ts'
import { pipelineRoutes } from './pipelines/routes.ts'

/** `/v1/…`, with a location's API key and no Version header. */
export const v1: Dialect = lenient({
  ...opportunityRoutes,
  ...pipelineRoutes,
  ...contactRoutes,
  ...locationRoutes,
})

export const v1Info: DialectInfo = {
  title: 'Pipewright API v1',
  description:
    "HighLevel's first opportunities and contacts API (`/v1/…`), answered by your own server for clients that still " +
    "speak it. To try it here, press Authorize and paste a location's API key.",
  bearer: "A location's API key",
  isLenient: true,
  errorProperties: {
    msg: { type: 'string', description: '`message` as one string', examples: ['Opportunity not found'] },
  },
}
