/** What a step was given, or did: by name, with what is deeper as it is on the wire. */
export function Values({ value, empty }: { value: unknown; empty: string }) {
  if (!isObject(value)) return <p className="run-value">{write(value) || <span className="faint">{empty}</span>}</p>
  const entries = Object.entries(value)
  if (entries.length === 0) return <p className="faint">{empty}</p>
  return (
    <dl className="run-values">
      {entries.map(([name, inner]) => (
        <div key={name}>
          <dt className="soft">{name}</dt>
          <dd className="run-value">{write(inner) || <span className="faint">{empty}</span>}</dd>
        </div>
      ))}
    </dl>
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists of plain things with commas, everything deeper as JSON. */
function write(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}
