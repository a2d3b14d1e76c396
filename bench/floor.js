// The floor that every figure is a ratio to: a bare Fastify, and a bare Fastify that runs the very statement of GET one.
import Sqlite from 'better-sqlite3'
import fastify from 'fastify'
import { viewStatement } from '../dist/domain/opportunities/viewTable.js'

const [file, locationId] = process.argv.slice(2)
const sqlite = new Sqlite(file, { readonly: true })
const statement = sqlite.prepare(viewStatement('', '').sql)
const server = fastify()

server.get('/bare', async () => ({ ok: true }))
server.get('/statement/:id', async (request) => statement.get(locationId, request.params.id))

console.log(await server.listen({ port: 0 }))

process.on('SIGTERM', () => process.exit(0))
