import { Kanban, Pencil, Plus, Trash2, Workflow } from 'lucide-react'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { type Pipeline, usePipelines } from '../../api/lookups.ts'
import { useMay } from '../../api/session.tsx'
import { useShortcut } from '../../page/shortcuts.ts'
import { LinkButton } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { partNames } from '../../words/settings/page.ts'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { Asked, Part } from '../Part.tsx'
import { Row, Rows } from '../Rows.tsx'
import { DeletePipeline } from './DeletePipeline.tsx'
import { PipelineEditor } from './PipelineEditor.tsx'
import './pipelines.css'

/** All of them, or the one that the address names. */
export function PipelinesPart() {
  const { '*': chosen } = useParams<{ '*'?: string }>()
  return chosen ? <PipelineEditor key={chosen} id={chosen} /> : <PipelineList />
}

function PipelineList() {
  const may = useMay()
  const query = usePipelines()
  const [deleting, setDeleting] = useState<Pipeline>()
  const [, navigate] = useLocation()
  useShortcut('n', words.create, () => navigate('/settings/pipelines/new'), may('pipelines.create'))
  const create = may('pipelines.create') && (
    <LinkButton look="primary" icon={Plus} href="/settings/pipelines/new">
      {words.create}
    </LinkButton>
  )
  return (
    <Part title={partNames.pipelines} intro={words.intro} action={query.data?.length ? create : undefined}>
      <Asked query={query} failed={words.failed}>
        {(pipelines) =>
          pipelines.length === 0 ? (
            <EmptyState icon={Workflow} title={words.none} action={create}>
              {words.noneHelp}
            </EmptyState>
          ) : (
            <Rows label={partNames.pipelines}>
              {pipelines.map((pipeline) => (
                <PipelineRow key={pipeline.id} pipeline={pipeline} onDelete={() => setDeleting(pipeline)} />
              ))}
            </Rows>
          )
        }
      </Asked>
      {deleting && <DeletePipeline pipeline={deleting} onClose={() => setDeleting(undefined)} />}
    </Part>
  )
}

function PipelineRow({ pipeline, onDelete }: { pipeline: Pipeline; onDelete: () => void }) {
  const { id, name, stages } = pipeline
  const href = `/settings/pipelines/${id}`
  return (
    <Row
      name={name}
      href={href}
      detail={<span className="one-line">{stages.map((stage) => stage.name).join(' → ')}</span>}
      aside={words.stages(stages.length)}
      actions={[
        {
          choices: [
            { id: 'edit', label: words.edit, icon: Pencil, href },
            { id: 'board', label: words.openBoard, icon: Kanban, href: `/board?pipeline=${id}` },
          ],
        },
        { choices: [{ id: 'delete', label: words.delete, icon: Trash2, isDanger: true, onAction: onDelete }] },
      ]}
    />
  )
}
