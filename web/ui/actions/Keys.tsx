import './actions.css'

const isApple = /Mac|iP(hone|ad)/.test(navigator.platform)
const names: Record<string, string> = {
  Mod: isApple ? '⌘' : 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** `Mod+k` as this machine's keys are called. */
export const Keys = ({ keys }: { keys: string }) => (
  <span className="keys">
    {keys.split('+').map((key) => (
      <kbd key={key}>{names[key] ?? key.toUpperCase()}</kbd>
    ))}
  </span>
)
