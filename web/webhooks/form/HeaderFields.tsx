import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { webhookFormWords as words } from '../../words/webhooks.ts'
import type { Header } from './draft.ts'

interface Props {
  /** Of the webhook as it is: their values are never shown again. */
  names: string[]
  /** Null while those there are stay. */
  headers: Header[] | null
  onChange: (headers: Header[] | null) => void
}

const mostHeaders = 20

export function HeaderFields({ names, headers, onChange }: Props) {
  if (!headers) {
    return (
      <fieldset className="webhook-headers">
        <legend className="field-label">{words.headers}</legend>
        <p className="field-help">{words.kept(names)}</p>
        <Button onPress={() => onChange([newHeader([])])}>{words.replace}</Button>
      </fieldset>
    )
  }
  const change = (key: number, part: Partial<Header>) =>
    onChange(headers.map((header) => (header.key === key ? { ...header, ...part } : header)))
  return (
    <fieldset className="webhook-headers">
      <legend className="field-label">{words.headers}</legend>
      <p className="field-help">{names.length > 0 ? words.replacing : words.headersHelp}</p>
      {headers.map((header, at) => (
        <HeaderRow
          key={header.key}
          header={header}
          at={at + 1}
          onChange={(part) => change(header.key, part)}
          onRemove={() => onChange(headers.filter(({ key }) => key !== header.key))}
        />
      ))}
      <div className="webhook-header-buttons">
        {headers.length < mostHeaders && (
          <Button icon={Plus} onPress={() => onChange([...headers, newHeader(headers)])}>
            {words.addHeader}
          </Button>
        )}
        {names.length > 0 && (
          <Button look="plain" onPress={() => onChange(null)}>
            {words.keep}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

interface RowProps {
  header: Header
  at: number
  onChange: (part: Partial<Header>) => void
  onRemove: () => void
}

const HeaderRow = ({ header: { name, value }, at, onChange, onRemove }: RowProps) => (
  <div className="webhook-header">
    <TextField
      label={words.headerAt(at)}
      isLabelHidden
      placeholder={words.header}
      value={name}
      onChange={(name) => onChange({ name })}
      autoComplete="off"
      autoFocus={name === ''}
    />
    <TextField
      label={words.valueAt(at)}
      isLabelHidden
      placeholder={words.value}
      value={value}
      onChange={(value) => onChange({ value })}
      autoComplete="off"
    />
    <IconButton icon={X} label={words.removeHeader(name || String(at))} onPress={onRemove} />
  </div>
)

const newHeader = (headers: Header[]): Header => ({
  key: Math.max(0, ...headers.map(({ key }) => key)) + 1,
  name: '',
  value: '',
})
