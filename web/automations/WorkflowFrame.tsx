import { ArrowLeft, Ellipsis, Pencil, UserPlus } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { Link } from 'react-aria-components'
import { useLocation } from 'wouter'
import { useMay } from '../api/session.tsx'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu, type MenuChoice } from '../ui/actions/Menu.tsx'
import { editorWords, enrolWords } from '../words/automationEditor.ts'
import { automationWords as words } from '../words/automations.ts'
import { StateBadge } from './states.tsx'
import { useWorkflowActions } from './useWorkflowActions.tsx'
import type { Whole, Workflow } from './wire.ts'

const RenameDialog = later(async () => ({ default: (await import('./RenameDialog.tsx')).RenameDialog }))
const EnrolDialog = later(async () => ({ default: (await import('./EnrolDialog.tsx')).EnrolDialog }))

export type PartName = 'steps' | 'runs' | 'versions'

interface Props {
  whole: Whole
  part: PartName
  /** What a part has of its own in the header. */
  actions?: ReactNode
  /** What it has first in the menu, where the header has no room for it. */
  choices?: MenuChoice[]
  /** Beside the names of the parts. */
  chips?: ReactNode
  children: ReactNode
}

/** What every part of a workflow has around it: its name, its state, what can be done with it, and the other parts. */
export function WorkflowFrame({ whole: { workflow, runs }, part, actions, choices = [], chips, children }: Props) {
  const [, navigate] = useLocation()
  const may = useMay()
  const { groups, questions } = useWorkflowActions(() => navigate('/automations'))
  const [open, setOpen] = useState<'rename' | 'enrol' | null>(null)
  const close = () => setOpen(null)
  const own = [
    ...choices,
    { id: 'rename', label: editorWords.rename, icon: Pencil, onAction: () => setOpen('rename') },
    ...(workflow.state === 'published' && may('contacts.write')
      ? [{ id: 'enrol', label: enrolWords.open, icon: UserPlus, onAction: () => setOpen('enrol') }]
      : []),
  ]
  return (
    <Page
      title={workflow.name}
      layout="filled"
      heading={<Heading workflow={workflow} onBack={() => navigate('/automations')} />}
      actions={
        <>
          {may('workflows.write') && (
            <Menu label={words.actionsOf(workflow.name)} groups={[{ choices: own }, ...groups({ workflow, runs })]}>
              <IconButton icon={Ellipsis} label={words.actionsOf(workflow.name)} look="quiet" />
            </Menu>
          )}
          {actions}
        </>
      }
      chips={
        <div className="workflow-parts">
          <PartLinks workflow={workflow} part={part} />
          <StateBadge state={workflow.state} />
          {chips}
        </div>
      }
    >
      {children}
      {questions}
      <Suspense>
        {open === 'rename' && <RenameDialog workflow={workflow} onClose={close} />}
        {open === 'enrol' && <EnrolDialog workflow={workflow} onClose={close} />}
      </Suspense>
    </Page>
  )
}

const Heading = ({ workflow: { name, state }, onBack }: { workflow: Workflow; onBack: () => void }) => (
  <span className="automation-heading">
    <IconButton icon={ArrowLeft} label={words.toAll} onPress={onBack} />
    <span className="one-line" title={name}>
      {name}
    </span>
    <StateBadge state={state} />
  </span>
)

const parts: { name: PartName; href: string }[] = [
  { name: 'steps', href: '' },
  { name: 'runs', href: '/runs' },
  { name: 'versions', href: '/versions' },
]

const PartLinks = ({ workflow: { id }, part }: { workflow: Workflow; part: PartName }) => (
  <nav className="part-links" aria-label={editorWords.partsLabel}>
    {parts.map(({ name, href }) => (
      <Link
        key={name}
        href={`/automations/${id}${href}`}
        className="part-link"
        {...(name === part && { 'aria-current': 'page' as const })}
      >
        {editorWords.parts[name]}
      </Link>
    ))}
  </nav>
)
