import type { CustomField } from '../../api/lookups.ts'
import { recordWords as words } from '../../words/records.ts'
import { inTurn } from '../turns.ts'
import { ChoiceProperty, DateProperty, MoneyProperty, NumberProperty, TextProperty } from './fields.tsx'
import { ManyProperty } from './ManyProperty.tsx'
import { Fact } from './Property.tsx'

interface Props {
  field: CustomField
  name: string
  value: unknown
  /** Asks the server for the value as it is by now. */
  valueNow: () => Promise<unknown>
  save: (value: unknown) => Promise<unknown>
  isReadOnly: boolean
}

/** The field that fits the type of a custom one. */
export function CustomProperty({ valueNow, field, value, ...rest }: Props) {
  const { name: label, dataType, placeholder } = field
  const props = { ...rest, label, ...(placeholder && { placeholder }) }
  if (typeof value === 'object' && value !== null && !takesObjects(dataType))
    return <Held label={label} value={value} />

  switch (dataType) {
    case 'NUMERICAL':
      return <NumberProperty {...props} value={value as number | null} />
    case 'MONETORY':
      return <MoneyProperty {...props} value={value as number | null} />
    case 'DATE':
      return <DateProperty {...props} value={(value as string | null)?.slice(0, 10) ?? null} />
    case 'SINGLE_OPTIONS':
    case 'RADIO':
      return <ChoiceProperty {...props} {...choicesOf(field, value)} none={words.none} />
    case 'CHECKBOX':
    case 'MULTIPLE_OPTIONS':
      return <ManyProperty {...props} field={field} value={(value as string[] | null) ?? []} />
    case 'TEXTBOX_LIST':
      return <Boxes {...rest} {...{ valueNow, field }} value={(value as Boxed | null) ?? {}} />
    case 'FILE_UPLOAD':
    case 'SIGNATURE':
      return <Held label={label} value={value} />
    default:
      return <TextProperty {...props} {...kinds[dataType]} value={value as string | null} />
  }
}

const kinds: Partial<Record<CustomField['dataType'], { lines?: number; type?: 'email' | 'tel' }>> = {
  LARGE_TEXT: { lines: 1 },
  EMAIL: { type: 'email' },
  PHONE: { type: 'tel' },
}

const objects: CustomField['dataType'][] = ['CHECKBOX', 'MULTIPLE_OPTIONS', 'TEXTBOX_LIST', 'FILE_UPLOAD', 'SIGNATURE']
const takesObjects = (type: CustomField['dataType']) => objects.includes(type)

/** What is chosen stays to be seen, also once it is no option any more. */
function choicesOf({ picklistOptions }: CustomField, value: unknown) {
  const chosen = value === null ? null : String(value)
  const all = chosen === null || picklistOptions.includes(chosen) ? picklistOptions : [...picklistOptions, chosen]
  return { value: chosen, options: all.map((option) => ({ id: option, label: option })) }
}

type Boxed = Record<string, string>

interface BoxesProps extends Omit<Props, 'value'> {
  value: Boxed
}

/**
 * A few texts under one name. The API knows them only together, so that each goes with the others as they are by then:
 * somebody else may be filling those in.
 */
const Boxes = ({ field, name, value, valueNow, save, isReadOnly }: BoxesProps) => (
  <>
    {field.textBoxListOptions.map(({ id = '', label = '', prefillValue = '' }) => (
      <TextProperty
        key={id}
        label={label ? words.box(field.name, label) : field.name}
        name={`${name}.${id}`}
        value={value[id] ?? null}
        placeholder={prefillValue || words.empty}
        save={(text) => inTurn(name, async () => save({ ...((await valueNow()) as Boxed | null), [id]: text ?? '' }))}
        isReadOnly={isReadOnly}
      />
    ))}
  </>
)

/** Files and signatures come from elsewhere and are only shown. */
function Held({ label, value }: { label: string; value: unknown }) {
  const links = addressesIn(value)
  return (
    <Fact label={label}>
      {value === null && <span className="faint">{words.empty}</span>}
      {links.map((link) => (
        <a key={link} href={link} target="_blank" rel="noreferrer" className="one-line">
          {link.split('/').at(-1)}
        </a>
      ))}
      {value !== null && links.length === 0 && <code className="one-line">{JSON.stringify(value)}</code>}
    </Fact>
  )
}

function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(addressesIn)
}
