import { useParams } from 'wouter'
import { WorkflowList } from './WorkflowList.tsx'
import { WorkflowPage } from './WorkflowPage.tsx'
import './automations.css'
import './editor/canvas.css'
import './editor/card.css'
import './editor/editor.css'
import './form/form.css'

/** The list of workflows, or the one of the URL. */
export function AutomationsPage() {
  const { workflowId, part } = useParams<{ workflowId?: string; part?: string }>()
  return workflowId ? <WorkflowPage key={workflowId} id={workflowId} part={part} /> : <WorkflowList />
}
