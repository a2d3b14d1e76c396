import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { FieldsReply } from '../../src/api/v2/locations/customFieldWire.ts'
import { get } from '../api/client.ts'
import { useRefetch } from '../api/live/live.ts'
import { useMay, useSession } from '../api/session.tsx'
import { recordWords as words } from '../words/records.ts'
import { CustomProperty } from './CustomProperty.tsx'
import { Properties } from './Property.tsx'

export type CustomField = Static<typeof FieldsReply>['customFields'][number]

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
            save={(value) => save(field.id, value)}
            isReadOnly={isReadOnly}
          />
        ))}
      </Properties>
    </section>
  )
}

const none: CustomField[] = []

function useCustomFields(model: Props['model']): CustomField[] {
  const { location } = useSession()
  const isAllowed = useMay()('locations/customFields.readonly')
  useRefetch('custom_field', ['lookups', 'custom-fields'])
  const { data } = useQuery({
    queryKey: ['lookups', 'custom-fields', model],
    queryFn: async ({ signal }) => {
      const reply = await get<Static<typeof FieldsReply>>(`/locations/${location.id}/customFields`, { model }, signal)
      return reply.customFields.toSorted((a, b) => a.position - b.position)
    },
    staleTime: 5 * 60_000,
    enabled: isAllowed,
  })
  return data ?? none
}
