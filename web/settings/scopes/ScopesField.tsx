import { useId } from 'react'
import { Button } from '../../ui/actions/Button.tsx'
import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { scopeWords as words } from '../../words/settings/scopes.ts'
import { grouped, type Scope, seeing, useScopes, usual } from './scopes.ts'
import './scopes.css'

interface Props {
  value: string[]
  onChange: (scopes: string[]) => void
  /** An app may have the usual ones alone. */
  isForApp?: boolean
}

/** What a program may do: a box to tick for each, by what it is about. */
export function ScopesField({ value, onChange, isForApp = false }: Props) {
  const { data, error } = useScopes()
  const id = useId()
  if (error) return <Problem>{`${words.failed}. ${error.message}`}</Problem>
  if (!data) return <Skeleton height={120} />
  const offered = data.filter(({ isUsual }) => isUsual || !isForApp)
  return (
    <div className="field">
      <div className="scopes-head">
        <span id={id} className="field-label">
          {words.label} <span className="soft figures">{words.chosen(value.length, offered.length)}</span>
        </span>
        <Button look="plain" onPress={() => onChange(usual(offered))}>
          {words.all}
        </Button>
        <Button look="plain" onPress={() => onChange(seeing(offered))}>
          {words.see}
        </Button>
        <Button look="plain" onPress={() => onChange([])}>
          {words.none}
        </Button>
      </div>
      <fieldset className="scopes" aria-labelledby={id}>
        {grouped(offered).map(({ group, scopes }) => (
          <ScopesGroup key={group} group={group} scopes={scopes} value={value} onChange={onChange} />
        ))}
      </fieldset>
    </div>
  )
}

interface GroupProps extends Pick<Props, 'value' | 'onChange'> {
  group: string
  scopes: Scope[]
}

const ScopesGroup = ({ group, scopes, value, onChange }: GroupProps) => (
  <fieldset className="scopes-group" aria-label={words.groups[group] ?? group}>
    <span className="scopes-group-title">{words.groups[group] ?? group}</span>
    <div className="scopes-choices">
      {scopes.map(({ name, description, isHeld }) => (
        <Checkbox
          key={name}
          isSelected={value.includes(name)}
          isDisabled={!isHeld && !value.includes(name)}
          onChange={(isChosen) => onChange(isChosen ? [...value, name] : value.filter((one) => one !== name))}
          help={<code>{isHeld ? name : `${name} · ${words.notHeld}`}</code>}
        >
          {description}
        </Checkbox>
      ))}
    </div>
  </fieldset>
)
