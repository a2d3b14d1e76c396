import { useCustomFields } from '../../api/lookups.ts'
import { recordWords as words } from '../../words/records.ts'
import { CustomProperty } from './CustomProperty.tsx'
import { Properties } from './Property.tsx'
import { valueNow } from './valueNow.ts'

interface Props {
  model: 'opportunity' | 'contact'
  recordId: string
  values: { id: string; value: unknown }[]
  save: (fieldId: string, value: unknown) => Promise<unknown>
  isReadOnly: boolean
}

/** What this location asks about such records beyond what everybody asks, each in the form of its type. */
export function CustomFields({ model, recordId, values, save, isReadOnly }: Props) {
  const fields = useCustomFields(model)
  if (fields.length === 0) return null
  return (
    <section className="record-part">
      <header className="record-part-header">
        <h3>{words.customFields}</h3>
      </header>
      <Properties label={words.customFields}>
        {fields.map((field) => (
          <CustomProperty
            key={field.id}
            field={field}
            name={`${model}.${recordId}.${field.id}`}
            value={values.find(({ id }) => id === field.id)?.value ?? null}
            valueNow={() => valueNow(model, recordId, field.id)}
            save={(value) => save(field.id, value)}
            isReadOnly={isReadOnly}
          />
        ))}
      </Properties>
    </section>
  )
}
