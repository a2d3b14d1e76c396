import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { importWords as words } from '../../words/list.ts'
import type { readHead } from './file.ts'
import type { Column } from './report.ts'
import type { Mapping } from './useImport.ts'

interface Props {
  head: ReturnType<typeof readHead>
  /** As the server understands them. */
  columns: Column[]
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

const nothing = 'nothing'

/** The columns of the file with what they become, which can be changed. */
export function MappingTable({ head: { headers, first }, columns, mapping, onChange }: Props) {
  const options = useMeanings()
  const understood = new Map(columns.map(({ header, field }) => [header, field]))
  const meaningOf = (header: string) => mapping[header] ?? (header in mapping ? null : (understood.get(header) ?? null))

  /** Each thing is told by one column: whichever told it before is left out. */
  function choose(header: string, id: string) {
    const target = id === nothing ? null : id
    const others = headers.filter((other) => other !== header && target !== null && meaningOf(other) === target)
    onChange({ ...mapping, ...Object.fromEntries(others.map((other) => [other, null])), [header]: target })
  }
  return (
    <section>
      <h3 className="unseen">{words.columns}</h3>
      <table className="import-table mapping">
        <thead>
          <tr>
            <th scope="col">{words.header}</th>
            <th scope="col">{words.example}</th>
            <th scope="col">{words.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {headers.map(
            (header, at) =>
              header !== '' && (
                <tr key={header}>
                  <th scope="row">{header}</th>
                  <td className="soft">
                    <span title={first[at]}>{first[at] || '–'}</span>
                  </td>
                  <td>
                    <Select
                      label={words.meaningOf(header)}
                      isLabelHidden
                      options={options}
                      value={meaningOf(header) ?? nothing}
                      onChange={(id) => choose(header, id)}
                    />
                  </td>
                </tr>
              ),
          )}
        </tbody>
      </table>
    </section>
  )
}

/** What a column can become: a field of a deal or of its contact, or one that the location made. */
function useMeanings() {
  const { location, scopes } = useSession()
  const { data } = useQuery({
    queryKey: ['lookups', 'custom-fields', 'opportunity'],
    queryFn: ({ signal }) =>
      get<{ customFields: { fieldKey: string; name: string }[] }>(
        `/locations/${location.id}/customFields`,
        { model: 'opportunity' },
        signal,
      ),
    enabled: scopes.includes('locations/customFields.readonly'),
  })
  return [
    { id: nothing, label: words.nothing },
    ...Object.entries(words.fields).map(([id, label]) => ({ id, label })),
    ...(data?.customFields ?? []).map(({ fieldKey, name }) => ({ id: fieldKey, label: name })),
  ]
}
