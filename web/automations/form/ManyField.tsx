import { X } from 'lucide-react'
import { Button as AriaButton, type PressEvent } from 'react-aria-components'
import { useTags } from '../../api/lookups.ts'
import { Icon } from '../../ui/actions/Icon.tsx'
import type { Option } from '../../ui/choices/options.tsx'
import { choiceNames, nameOf, formWords as words } from '../../words/automationForms.ts'
import { ui } from '../../words/ui.ts'
import { Adder } from './Adder.tsx'
import { useOffers } from './Merge.tsx'
import { useOptions } from './ReferenceField.tsx'
import { helpOf, type SettingProps, textOf } from './Setting.tsx'
import { type Kind, manyOf, mayStandAlone, type Schema } from './schema.ts'

/** Several of something, each with a button that takes it away, and a field that adds one more. */
export function ManyField({ name, schema, value, beside, onChange, error, issues }: SettingProps) {
  const item = manyOf(schema) ?? {}
  const chosen = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(textOf)
  const offered = useOffered(name, item, beside)
  const left = offered.filter(({ id }) => !chosen.includes(id))
  const label = nameOf(name)
  const labelOf = (id: string) => offered.find((one) => one.id === id)?.label ?? (item.refers ? words.gone : id)
  const set = (ids: string[]) => onChange(ids.length === 1 && mayStandAlone(schema) ? ids[0] : ids)
  function remove(id: string, { target }: PressEvent) {
    focusBeside(target.closest('li'))
    set(chosen.filter((one) => one !== id))
  }
  const says = error ?? issues[0]?.says
  return (
    <div className="many-field">
      {chosen.length > 0 && (
        <ul className="many-chosen" aria-label={words.chosen(label)}>
          {chosen.map((id) => (
            <li key={id} className="many-item">
              <span className="one-line">{labelOf(id)}</span>
              <AriaButton aria-label={ui.remove(labelOf(id))} onPress={(event) => remove(id, event)}>
                <Icon icon={X} size={12} />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
      <Adder
        label={label}
        help={helpOf(name, schema)}
        error={says}
        options={left}
        isFree={!item.refers && !item.enum}
        onAdd={(id) => set([...new Set([...chosen, id])])}
      />
    </div>
  )
}

/** What has the focus is about to go: the next one may follow it, and whoever has taken away the last adds another. */
function focusBeside(item: Element | null) {
  const beside = item?.nextElementSibling ?? item?.previousElementSibling
  const next = beside ?? item?.closest('.many-field')
  next?.querySelector<HTMLElement>(beside ? 'button' : 'input')?.focus()
}

/** What there is to choose, or what is likely to be meant. */
function useOffered(name: string, item: Schema, beside: SettingProps['beside']): Option[] {
  const references = useOptions(item.refers ?? ('user' satisfies Kind), beside)
  const tags = useTags()
  const { paths } = useOffers()
  if (item.refers) return references
  if (item.enum) return item.enum.map((id) => ({ id, label: choiceNames[id] ?? id }))
  if (/tag/i.test(name)) return tags.map(({ name }) => ({ id: name, label: name }))
  return name === 'source' ? [] : paths.map((path) => ({ id: path, label: path }))
}
