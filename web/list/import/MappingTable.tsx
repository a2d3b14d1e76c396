import { useCustomFields } from '../../api/lookups.ts'
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
  const custom = useCustomFields('opportunity')
  return [
    { id: nothing, label: words.nothing },
    ...Object.entries(words.fields).map(([id, label]) => ({ id, label })),
    ...custom.map(({ fieldKey, name }) => ({ id: fieldKey, label: name })),
  ]
}
