import { useSearchParams } from 'wouter'
import { Select } from '../../ui/choices/Select.tsx'
import { Chip, Chips } from '../../ui/lists/Chips.tsx'
import { runWords as words } from '../../words/automations.ts'
import { type RunState, runStates } from '../wire.ts'

/** Which runs the URL asks for. */
export function useRunState(): [RunState | null, (state: RunState | null) => void] {
  const [params, setParams] = useSearchParams()
  const asked = params.get('state')
  const state = runStates.find((one) => one === asked) ?? null
  const choose = (state: RunState | null) => setParams(state ? { state } : {}, { replace: true })
  return [state, choose]
}

/** “state is failed”, with how many runs are in each. */
export function RunStateChip({ runs }: { runs: Record<string, number> }) {
  const [state, choose] = useRunState()
  const options = [
    { id: 'every', label: words.every },
    ...runStates.map((id) => ({ id, label: words.states[id], detail: String(runs[id] ?? 0) })),
  ]
  return (
    <Chips label={words.title}>
      <Chip
        label={words.state.toLowerCase()}
        {...(state && { says: words.stateIs(words.states[state]) })}
        onClear={() => choose(null)}
      >
        {(close) => (
          <Select
            label={words.state}
            options={options}
            value={state ?? 'every'}
            onChange={(id) => {
              choose(runStates.find((one) => one === id) ?? null)
              close()
            }}
            autoFocus
          />
        )}
      </Chip>
    </Chips>
  )
}
