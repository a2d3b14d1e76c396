import {
  ArrowRightLeft,
  Bell,
  CirclePlay,
  CirclePlus,
  CircleStop,
  ClipboardList,
  Clock,
  type LucideIcon,
  Pencil,
  Search,
  Send,
  Split,
  StickyNote,
  Tag,
  Trash2,
  UserMinus,
  UserPlus,
  Workflow,
  Zap,
} from 'lucide-react'
import type { MenuGroup } from '../../ui/actions/Menu.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import type { ActionType } from '../wire.ts'
import type { Step } from './definition.ts'

const icons: Record<string, LucideIcon> = {
  internal_create_opportunity: CirclePlus,
  create_opportunity: ArrowRightLeft,
  internal_update_opportunity: Pencil,
  find_opportunity: Search,
  remove_opportunity: Trash2,
  'internal-add-opportunity-owner': UserPlus,
  'internal-remove-opportunity-owner': UserMinus,
  add_opportunity_followers: Bell,
  remove_opportunity_followers: Bell,
  add_contact_tag: Tag,
  remove_contact_tag: Tag,
  add_notes: StickyNote,
  add_task: ClipboardList,
  webhook: Send,
  if_else: Split,
  wait: Clock,
  add_to_workflow: Workflow,
  remove_from_workflow: Workflow,
  stop: CircleStop,
}

export const iconOf = (type: string): LucideIcon => icons[type] ?? CirclePlay
export const triggerIcon = Zap

const ofContact = new Set(['add_contact_tag', 'remove_contact_tag', 'add_notes', 'add_task'])
const ofFlow = new Set(['if_else', 'wait', 'add_to_workflow', 'remove_from_workflow', 'stop'])

const groupOf = (type: string): keyof typeof words.groups =>
  ofFlow.has(type) ? 'flow' : ofContact.has(type) ? 'contact' : type === 'webhook' ? 'outside' : 'deal'

/** What can be added, in groups. */
export function actionGroups(actions: ActionType[], onChoose: (action: ActionType) => void): MenuGroup[] {
  return (['deal', 'contact', 'flow', 'outside'] as const).map((group) => ({
    title: words.groups[group],
    choices: actions
      .filter(({ type }) => groupOf(type) === group)
      .map((action) => ({
        id: action.type,
        label: action.title,
        icon: iconOf(action.type),
        onAction: () => onChoose(action),
      })),
  }))
}

export const newStep = ({ type, branches }: ActionType): Step => ({
  type,
  settings: {},
  ...(branches.length > 0 && { branches: Object.fromEntries(branches.map((name) => [name, []])) }),
})

/** The ways on that a step has: of a wait, only one for a condition has any. */
export function branchesOf(step: Step, action: ActionType | undefined): string[] {
  const names = action?.branches ?? Object.keys(step.branches ?? {})
  const isUsed = names.some((name) => (step.branches?.[name]?.length ?? 0) > 0)
  return step.type === 'wait' && step.settings.condition === undefined && !isUsed ? [] : names
}
