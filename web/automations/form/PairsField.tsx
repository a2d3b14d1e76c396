import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { WithMerge } from './Merge.tsx'
import { numbered, replaced, without } from './rows.ts'
import { helpOf, type SettingProps } from './Setting.tsx'

type Pair = [name: string, value: string]

/** Names with values, such as headers. A line without a name is kept on the screen and sent nowhere. */
export function PairsField({ name, schema, value, onChange, error, issues }: SettingProps) {
  const [pairs, setPairs] = useState<Pair[]>(() => Object.entries((value ?? {}) as Record<string, string>))
  const help = helpOf(name, schema)
  const says = error ?? issues[0]?.says
  function change(next: Pair[]) {
    setPairs(next)
    const named = next.filter(([name]) => name.trim() !== '')
    onChange(named.length === 0 ? undefined : Object.fromEntries(named))
  }
  return (
    <fieldset className="setting-group">
      <legend className="field-label">{nameOf(name)}</legend>
      {help && <p className="field-help">{help}</p>}
      {numbered(pairs).map(({ id, at, row: [name, value] }) => (
        <div key={id} className="pair">
          <TextField
            label={words.pairName}
            isLabelHidden={at > 0}
            value={name}
            onChange={(next) => change(replaced(pairs, at, [next, value]))}
          />
          <WithMerge value={value} onChange={(next) => change(replaced(pairs, at, [name, next]))}>
            <TextField
              label={words.value}
              isLabelHidden={at > 0}
              value={value}
              onChange={(next) => change(replaced(pairs, at, [name, next]))}
            />
          </WithMerge>
          <IconButton icon={X} label={words.removePair(at + 1)} onPress={() => change(without(pairs, at))} />
        </div>
      ))}
      {says && <p className="setting-error">{says}</p>}
      <Button look="plain" icon={Plus} onPress={() => setPairs([...pairs, ['', '']])}>
        {words.addPair}
      </Button>
    </fieldset>
  )
}
