import type { Crm } from '../../harness.ts'

/** Every report, about all there is and narrowed in each way. */
export async function askForReports(crm: Crm): Promise<void> {
  const { pipeline } = crm
  const narrowed = [{}, { from: '2026-01-01' }, { to: '2100-01-01' }, { assignedTo: 'nobody' }]
  for (const by of narrowed) {
    for (const report of ['funnel', 'time-in-stage', 'forecast', 'outcomes']) {
      const reply = await crm.v3.get(`/console/reports/${report}?${ofPipeline(pipeline.id, by)}`)
      // A forecast of so many months is refused.
      if (reply.status !== 200 && !('to' in by)) throw new Error(reply.text)
    }
  }
  for (const report of ['forecast', 'outcomes']) await crm.v3.get(`/console/reports/${report}`)
}

const ofPipeline = (pipelineId: string, by: object) => new URLSearchParams({ pipelineId, ...by })
