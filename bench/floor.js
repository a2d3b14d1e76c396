// The floor that every figure is a ratio to: a bare Fastify, and a bare Fastify that runs the very statement of GET one.
import fastify from 'fastify'
import { viewStatement } from '../dist/domain/opportunities/viewTable.js'

const [db, locationId] = process.argv.slice(2)
const find = /^postgres/.test(db) ? await onPostgres() : await onSqlite()
const server = fastify()

server.get('/bare', async () => ({ ok: true }))
server.get('/statement/:id', async (request) => find(request.params.id))

console.log(await server.listen({ port: 0 }))

process.on('SIGTERM', () => process.exit(0))

async function onSqlite() {
  const { default: Sqlite } = await import('better-sqlite3')
  const statement = new Sqlite(db, { readonly: true }).prepare(viewStatement('', '').sql)
  return (id) => statement.get(locationId, id)
}

async function onPostgres() {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: db, max: 12 })
  const { text } = viewStatement('', '')
  return async (id) => (await pool.query({ name: 'view', text, values: [locationId, id] })).rows[0]
}
