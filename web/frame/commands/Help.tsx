import { Fragment } from 'react'
import { useShortcuts } from '../../page/shortcuts.ts'
import { Keys } from '../../ui/actions/Keys.tsx'
import { Dialog } from '../../ui/overlays/Dialog.tsx'
import { frameWords, commandWords as words } from '../../words/frame.ts'
import './commands.css'

const always = [
  { keys: 'Mod+z', says: words.undo },
  { keys: 'Escape', says: words.close },
]

/** All keys that work on this page. */
export function Help({ onClose }: { onClose: () => void }) {
  const shortcuts = [...useShortcuts(), ...always]
  return (
    <Dialog title={frameWords.keyboard} onClose={onClose}>
      <dl className="shortcuts">
        {shortcuts.map(({ keys, says }) => (
          <Fragment key={keys}>
            <dt>{says}</dt>
            <dd>
              {keys.split(' ').map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && <span className="faint small"> {words.thenKey} </span>}
                  <Keys keys={key} />
                </Fragment>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  )
}
