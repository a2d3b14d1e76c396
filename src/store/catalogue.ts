import type { Statement } from './database.ts'

/** A table as PostgreSQL's catalogue knows it; of the program's own schema, whoever made it. */
export interface Table {
  name: string
  isUnlogged: 0 | 1
  columns: Column[]
  /** Primary keys and unique indexes. */
  keys: { name: string; columns: string[]; isPrimary: boolean }[]
  /** Names of those that somebody made; the engine's own are not meant. */
  triggers: string[]
  foreignKeys: { name: string; columns: string[]; to: string }[]
  /** Where Citus has put it; null where it has not, or is not there. */
  placed: 'distributed' | 'reference' | null
}

export interface Column {
  name: string
  type: string
  collation: string | null
  isIdentity: boolean
  /** A sequence that a default takes numbers from. */
  sequence: string | null
}

type Ask = { all<Row>(statement: Statement): Promise<Row[]> }

/** Every table of a PostgreSQL database in the schema that the program works in, by name. */
export async function tablesOf(db: Ask): Promise<Table[]> {
  const tables = await db.all<Omit<Table, 'placed'>>(asked(everyTable))
  const [citus] = await db.all(asked(`select 1 where to_regclass('pg_dist_partition') is not null`))
  const placed = citus ? await db.all<{ name: string; method: string; model: string }>(asked(everyPlaced)) : []
  return tables.map((table) => {
    const found = placed.find(({ name }) => name === table.name)
    return { ...table, placed: found ? placementOf(found) : null }
  })
}

/** What Citus writes down: hashed by a column, or on every node; other models are tables of one node. */
function placementOf({ method, model }: { method: string; model: string }): Table['placed'] {
  if (method === 'h') return 'distributed'
  return method === 'n' && model === 't' ? 'reference' : null
}

const asked = (text: string): Statement => ({ sql: text, text, values: [] })

const namesOf = (numbers: string, table: string) => `
  (select coalesce(json_agg(a.attname order by k.at), '[]') from unnest(${numbers}) with ordinality k(number, at)
    join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number)`

const everyTable = `
  select t.relname as "name", t.relpersistence = 'u' as "isUnlogged",
    (select coalesce(json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'collation', l.collname,
        'isIdentity', a.attidentity <> '',
        'sequence', (select s.refobjid::regclass::text from pg_depend s join pg_class q on q.oid = s.refobjid
          where s.classid = 'pg_attrdef'::regclass and s.objid = d.oid and q.relkind = 'S'))
        order by a.attnum), '[]')
      from pg_attribute a left join pg_collation l on l.oid = a.attcollation
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as "columns",
    (select coalesce(json_agg(json_build_object('name', i.indexrelid::regclass::text, 'isPrimary', i.indisprimary,
        'columns', ${namesOf('(i.indkey::int2[])[0:i.indnkeyatts - 1]', 't.oid')}) order by i.indexrelid), '[]')
      from pg_index i where i.indrelid = t.oid and i.indisunique) as "keys",
    (select coalesce(json_agg(g.tgname order by g.tgname), '[]')
      from pg_trigger g where g.tgrelid = t.oid and not g.tgisinternal) as "triggers",
    (select coalesce(json_agg(json_build_object('name', f.conname, 'columns', ${namesOf('f.conkey', 't.oid')},
        'to', (select relname from pg_class where oid = f.confrelid)) order by f.conname), '[]')
      from pg_constraint f where f.conrelid = t.oid and f.contype = 'f') as "foreignKeys"
  from pg_class t
  where t.relkind in ('r', 'p') and not t.relispartition and t.relnamespace = current_schema()::regnamespace
    and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = t.oid and e.deptype = 'e')
  order by t.relname`

const everyPlaced = `
  select c.relname as "name", p.partmethod::text as "method", p.repmodel::text as "model"
  from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
  where c.relnamespace = current_schema()::regnamespace`
