import { useState } from 'react'
import { TextField } from '../../ui/fields/TextField.tsx'
import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { WithMerge } from './Merge.tsx'
import { isMarkup, noteHtmlOf, noteTextOf } from './noteText.ts'
import type { SettingProps } from './Setting.tsx'

/** Text that travels as HTML. What somebody has put markup into is shown as it is, and stays so while it is typed in. */
export function NoteField({ name, schema, value, onChange, error }: SettingProps) {
  const html = typeof value === 'string' ? value : ''
  const [begunAsMarkup] = useState(() => isMarkup(html))
  const isRaw = begunAsMarkup || isMarkup(html)
  const shown = isRaw ? html : noteTextOf(html)
  const change = (text: string) => onChange(isRaw ? text : noteHtmlOf(text))
  return (
    <WithMerge value={shown} onChange={change}>
      <TextField
        label={nameOf(name)}
        value={shown}
        onChange={change}
        lines={4}
        {...(isRaw && { help: words.isHtml })}
        {...(error && { error })}
        {...(schema.maxLength && { maxLength: schema.maxLength })}
      />
    </WithMerge>
  )
}
