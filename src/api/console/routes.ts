import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { appRoutes } from './appRoutes.ts'
import { binRoutes } from './binRoutes.ts'
import { boardRoutes } from './boardRoutes.ts'
import { bulkRoutes } from './bulkRoutes.ts'
import { csvRoutes } from './csvRoutes.ts'
import { historyRoutes } from './historyRoutes.ts'
import { pipelineRoutes } from './pipelineRoutes.ts'
import { reportRoutes } from './reportRoutes.ts'
import { requestRoutes } from './requestRoutes.ts'
import { sessionRoutes } from './sessionRoutes.ts'
import { tokenRoutes } from './tokenRoutes.ts'
import { viewRoutes } from './viewRoutes.ts'
import { webhookRoutes } from './webhookRoutes.ts'
import { workflowRoutes } from './workflowRoutes.ts'

/** What the web app and the command line need, and no dialect of HighLevel's has. */
export const consoleRoutes: Dialect = {
  ...sessionRoutes,
  ...boardRoutes,
  ...viewRoutes,
  ...historyRoutes,
  ...binRoutes,
  ...webhookRoutes,
  ...workflowRoutes,
  ...reportRoutes,
  ...tokenRoutes,
  ...appRoutes,
  ...pipelineRoutes,
  ...bulkRoutes,
  ...csvRoutes,
  ...requestRoutes,
}

export const consoleInfo: DialectInfo = {
  title: 'Pipewright console',
  description:
    'Webhooks, workflows and their runs: what the web app and the command line need, and no API of HighLevel has. To try ' +
    'it here, press Authorize and paste a token that begins with `pit-`.',
}
