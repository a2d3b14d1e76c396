import { useFormats } from '../../ui/marks/formats.ts'
import { Money } from '../../ui/marks/Money.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import type { Deletion } from './deletion.ts'

/** How many deals are in each stage that goes; empty stages are left out. */
export function DeletionTable({ stages }: { stages: Deletion['stages'] }) {
  const { count } = useFormats()
  return (
    <table className="deletion">
      <thead>
        <tr>
          <th scope="col">{words.column.stage}</th>
          <th scope="col">{words.column.deals}</th>
          <th scope="col">{words.column.open}</th>
          <th scope="col">{words.column.value}</th>
        </tr>
      </thead>
      <tbody>
        {stages
          .filter((stage) => stage.count > 0)
          .map((stage) => (
            <tr key={stage.id}>
              <th scope="row">
                <span className="deletion-name">{stage.name}</span>
              </th>
              <td className="figures">{count(stage.count)}</td>
              <td className="figures">{count(stage.openCount)}</td>
              <td className="figures">
                <Money amount={stage.value} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
