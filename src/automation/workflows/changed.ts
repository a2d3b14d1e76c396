import type { Database } from '../../store/database.ts'
import { revisionOf } from './definition/revision.ts'
import type { Workflow } from './definition/workflow.ts'
import * as workflows from './table.ts'

/** Whether the draft is another than what was published last. */
export async function isChanged(db: Database, { locationId, id, version, draft }: Workflow): Promise<boolean> {
  const published = await workflows.findVersion(db, locationId, id, version)
  return !published || revisionOf(published.definition) !== revisionOf(draft)
}
