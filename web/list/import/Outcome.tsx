import { CircleAlert, CircleCheck, CircleEqual, CirclePlus } from 'lucide-react'
import { Badge } from '../../ui/marks/Badge.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { importWords as words } from '../../words/list.ts'
import { type Report, seen } from './report.ts'
import type { Stage } from './useImport.ts'

interface Props {
  report: Report
  stage: Stage
}

/** How far it has come, and what becomes of how many rows. */
export function Outcome({ report, stage }: Props) {
  const { counts, rows } = report
  const { count } = useFormats()
  const says = stage === 'checking' || stage === 'checked' ? words.would : words.did
  const isRunning = stage === 'checking' || stage === 'importing'
  const done = seen(report)
  if (stage === 'checked' && rows === 0) return <p className="soft">{words.noRows}</p>
  const badge = (name: keyof typeof looks) =>
    counts[name] > 0 && <Badge {...looks[name]}>{says[name](count(counts[name]))}</Badge>
  return (
    <div className="import-outcome" role="status">
      {badge('created')}
      {badge('updated')}
      {badge('unchanged')}
      {badge('refused')}
      {isRunning && (
        <span className="import-progress">
          <progress value={done} max={rows || 1} aria-hidden />
          <span className="soft figures">
            {rows === 0
              ? words.reading
              : (stage === 'checking' ? words.checking : words.importing)(count(done), count(rows))}
          </span>
        </span>
      )}
      {stage === 'stopping' && <span className="soft">{words.stopping}</span>}
      {stage === 'stopped' && <span className="soft">{words.stopped}</span>}
    </div>
  )
}

const looks = {
  created: { tone: 'won', icon: CirclePlus },
  updated: { tone: 'accent', icon: CircleCheck },
  unchanged: { tone: 'neutral', icon: CircleEqual },
  refused: { tone: 'lost', icon: CircleAlert },
} as const

/** What is wrong with which row. */
export function Problems({ refused, counts }: Pick<Report, 'refused' | 'counts'>) {
  const { count } = useFormats()
  const rest = counts.refused - refused.length
  if (refused.length === 0) return null
  return (
    <section>
      <h3>{words.problems}</h3>
      <p className="soft">{words.problemsHelp}</p>
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col" className="end">
              {words.row}
            </th>
            <th scope="col">{words.deal}</th>
            <th scope="col">{words.problem}</th>
          </tr>
        </thead>
        <tbody>
          {refused.map(({ row, name, problems }) => (
            <tr key={row}>
              <td className="end figures">{count(row)}</td>
              <td>{name ?? <span className="faint">{words.unnamed}</span>}</td>
              <td>
                {problems.map(({ column, message }) => (
                  <span key={`${column} ${message}`} className="import-problem">
                    {column && <strong>{column} </strong>}
                    {message}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="soft">{words.andMore(count(rest))}</p>}
    </section>
  )
}
