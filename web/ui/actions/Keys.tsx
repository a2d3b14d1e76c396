import './actions.css'

const isApple = /Mac|iP(hone|ad)/.test(navigator.platform)
const names: Record<string, string> = {
  Mod: isApple ? '⌘' : 'Ctrl',
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** `Mod+k` as this machine's keys are called: a letter large, any other as it stands on the key. */
export const Keys = ({ keys }: { keys: string }) => (
  <span className="keys">
    {keys.split('+').map((key) => (
      <kbd key={key}>{names[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>
    ))}
  </span>
)
