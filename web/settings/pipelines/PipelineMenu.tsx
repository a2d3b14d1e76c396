import { Ellipsis, Kanban, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { settingsWords } from '../../words/settings/page.ts'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { DeletePipeline } from './DeletePipeline.tsx'

/** What else can be done with a pipeline that is being edited. */
export function PipelineMenu({ id, name }: { id: string; name: string }) {
  const [isDeleting, setDeleting] = useState(false)
  const [, navigate] = useLocation()
  return (
    <>
      <Menu
        label={settingsWords.actionsOf(name)}
        groups={[
          { choices: [{ id: 'board', label: words.openBoard, icon: Kanban, href: `/board?pipeline=${id}` }] },
          {
            choices: [
              { id: 'delete', label: words.delete, icon: Trash2, isDanger: true, onAction: () => setDeleting(true) },
            ],
          },
        ]}
      >
        <IconButton icon={Ellipsis} label={settingsWords.actionsOf(name)} />
      </Menu>
      {isDeleting && (
        <DeletePipeline
          pipeline={{ id, name }}
          onDeleted={() => navigate('/settings/pipelines')}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
