import { Plus } from 'lucide-react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import type { ActionType } from '../wire.ts'
import { actionGroups } from './actions.ts'

interface Props {
  actions: ActionType[]
  onAdd: (action: ActionType) => void
  /** Said in words where nothing else stands there. */
  isFirst?: boolean
}

/** Between two cards, and behind the last one. */
export const AddStep = ({ actions, onAdd, isFirst = false }: Props) => (
  <div className="add-step">
    <Menu label={words.addStep} placement="bottom" groups={actionGroups(actions, onAdd)}>
      {isFirst ? (
        <Button icon={Plus}>{words.addFirst}</Button>
      ) : (
        <IconButton icon={Plus} label={words.addStep} look="quiet" />
      )}
    </Menu>
  </div>
)
