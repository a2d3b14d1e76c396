import { ArrowDown, ArrowUp, Copy, Ellipsis, Trash2 } from 'lucide-react'
import type { ButtonProps } from 'react-aria-components'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Menu, type MenuGroup } from '../../ui/actions/Menu.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { readable } from '../form/schema.ts'
import { iconOf } from './actions.ts'
import { Card } from './Card.tsx'
import { indexOf, type Path, type Step } from './definition.ts'
import { type Desk, useDesk } from './EditorContext.ts'
import { focusBeside } from './focus.ts'
import { stepIdOf } from './stepIds.ts'
import { summaryOf } from './summary.ts'

interface Props {
  step: Step
  path: Path
  isLast: boolean
}

/** A step, with all that can be done to it: by its menu, and by keys while it has the focus. */
export function StepCard({ step, path, isLast }: Props) {
  const desk = useDesk()
  const action = desk.actions.find(({ type }) => type === step.type)
  const title = step.name || action?.title || step.type
  return (
    <Card
      path={path}
      icon={iconOf(step.type)}
      title={title}
      lines={summaryOf(readable(step.settings, action?.settings), desk.names)}
      faults={desk.issues.filter(({ card }) => card === path).length}
      runs={desk.runsAt.get(stepIdOf(step) ?? '')}
      isOpen={desk.openCard === path}
      onOpen={() => desk.open(path)}
      onKeyDown={keysFor(desk, path)}
    >
      {desk.mayChange && (
        <Menu label={words.more(title)} groups={choicesFor(desk, path, isLast)}>
          <IconButton icon={Ellipsis} label={words.more(title)} />
        </Menu>
      )}
    </Card>
  )
}

function choicesFor({ move, duplicate, remove }: Desk, path: Path, isLast: boolean): MenuGroup[] {
  return [
    {
      choices: [
        { id: 'up', label: words.up, icon: ArrowUp, isDisabled: indexOf(path) === 0, onAction: () => move(path, -1) },
        { id: 'down', label: words.down, icon: ArrowDown, isDisabled: isLast, onAction: () => move(path, 1) },
        { id: 'duplicate', label: words.duplicate, icon: Copy, onAction: () => duplicate(path) },
      ],
    },
    {
      choices: [{ id: 'remove', label: words.remove, icon: Trash2, isDanger: true, onAction: () => remove(path) }],
    },
  ]
}

type KeyHandler = NonNullable<ButtonProps['onKeyDown']>

/** Arrows go from card to card; the rest changes the one that has the focus. */
export function keysFor({ mayChange, move, duplicate, remove }: Desk, path: Path): KeyHandler {
  return (event) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const isStep = path !== 'trigger' && mayChange
    if (by !== 0 && !event.altKey) focusBeside(path, by)
    else if (by !== 0 && isStep) move(path, by)
    else if (isStep && event.key === 'd' && (event.ctrlKey || event.metaKey)) duplicate(path)
    else if (isStep && (event.key === 'Delete' || event.key === 'Backspace')) remove(path)
    else return event.continuePropagation()
    event.preventDefault()
  }
}
