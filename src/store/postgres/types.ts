import pg from 'pg'

/** PostgreSQL's numbers for its types: what we compute fits a JavaScript number, and flags are 0 or 1 on every store. */
const readers: Record<number, (text: string) => unknown> = {
  16: (text) => (text === 't' ? 1 : 0), // boolean
  20: Number, // bigint
  1700: Number, // numeric, what `sum` makes of bigint
}

export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    readers[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}
