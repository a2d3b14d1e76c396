import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { webhookRoutes } from './webhookRoutes.ts'
import { workflowRoutes } from './workflowRoutes.ts'

/** What the web app and the command line need, and no dialect of HighLevel's has. */
export const consoleRoutes: Dialect = { ...webhookRoutes, ...workflowRoutes }

export const consoleInfo: DialectInfo = {
  title: 'Pipewright console',
  description:
    'Webhooks, workflows and their runs: what the web app and the command line need, and no API of HighLevel has. To try ' +
    'it here, press Authorize and paste a token that begins with `pit-`.',
}
