import type { TObject, TSchema } from '@sinclair/typebox'
import type { Dialect, Endpoint } from './endpoint.ts'

type Json = Record<string, unknown>

/** What a dialect is called in its document. */
export interface DialectInfo {
  title: string
  description: string
  /** Sent with every request of the dialect. */
  versionHeader?: string
  /** Which tokens it takes; private integration tokens unless said. */
  bearer?: string
  /** Whether what it does not know, or names no location of its own, is passed over rather than refused. */
  isLenient?: boolean
  /** What its failures carry beside what all failures do. */
  errorProperties?: Json
}

/** An OpenAPI 3.1 document of a dialect's rows. Schemas with a `title` stand once, under components. */
export function describeDialect(dialect: Dialect, info: DialectInfo, version: string): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const [id, row] of Object.entries(dialect)) {
    const path = row.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    for (const method of [row.method].flat()) {
      const operationId = method === 'PATCH' ? `${id}-patch` : id
      ;(paths[path] as Json)[method.toLowerCase()] = describeRow(operationId, row, info, schemas)
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, description: info.description, version },
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { ...schemas, Error: errorSchema(info) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: info.bearer ?? 'A private integration token: pit-…' },
      },
    },
  }
}

function describeRow(operationId: string, row: Endpoint, info: DialectInfo, schemas: Json): Json {
  const isOpen = row.scope === undefined
  const version = !isOpen &&
    info.versionHeader && {
      name: 'Version',
      in: 'header',
      required: true,
      schema: { type: 'string', enum: [info.versionHeader], default: info.versionHeader },
    }
  const body = requiring(row.body, row, 'body')
  return {
    operationId,
    tags: [row.tag],
    summary: row.summary,
    ...(row.scope && { description: `Needs the scope \`${row.scope}\`.` }),
    ...(isOpen && { security: [] }),
    parameters: [
      ...(version ? [version] : []),
      ...parameters('path', row.params),
      ...parameters('query', requiring(row.query, row, 'query')),
    ],
    ...(body && {
      requestBody: { required: Boolean(body.required?.length), content: json(lift(body, schemas)) },
    }),
    responses: {
      [row.status ?? 200]: { description: 'Done', content: contentOf(row, lift(row.reply, schemas)) },
      ...problems(row, info),
    },
  }
}

/** The location is missed before the schema is asked, so a schema need not require it; its readers should know. */
function requiring<Schema extends TObject | undefined>(
  schema: Schema,
  { location }: Endpoint,
  place: 'query' | 'body',
) {
  if (!schema || location?.in !== place || !(location.name in schema.properties)) return schema
  return { ...schema, required: [...new Set([location.name, ...(schema.required ?? [])])] }
}

function parameters(place: 'path' | 'query', schema: TObject | undefined): Json[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema?.required ?? []).includes(name),
    ...(property.description && { description: property.description }),
    schema: plain(property),
  }))
}

function problems(row: Endpoint, { versionHeader, isLenient }: DialectInfo): Json {
  const isOpen = row.scope === undefined
  const missing = [row.scope && 'without the scope', versionHeader && 'or no Version header'].filter(Boolean)
  const content = json({ $ref: '#/components/schemas/Error' })
  const known: [number, string, boolean][] = [
    [400, 'What was sent does not fit together, or is no JSON', Boolean(row.body)],
    [401, ['No token, or an unknown one', ...missing].join(', '), !isOpen],
    [403, 'Another location was named', !isOpen && !isLenient],
    [404, 'There is no such record in this location', Boolean(row.params || row.body)],
    [422, `A field is missing${isLenient ? '' : ', unknown'} or wrong`, Boolean(row.body || row.query)],
    [429, 'Too many requests', !isOpen],
  ]
  return Object.fromEntries(
    known.filter(([, , applies]) => applies).map(([status, description]) => [status, { description, content }]),
  )
}

function contentOf({ streams }: Endpoint, schema: unknown) {
  const [type] = streams?.type.split(';') ?? []
  return type ? { [type]: { schema } } : json(schema)
}

const json = (schema: unknown) => ({ 'application/json': { schema } })

/** Plain JSON of a schema; titled ones move to `schemas` and leave a reference. */
function lift(schema: TSchema, schemas: Json): unknown {
  return walk(plain(schema), schemas)
}

function walk(node: unknown, schemas: Json): unknown {
  if (Array.isArray(node)) return node.map((item) => walk(item, schemas))
  if (typeof node !== 'object' || node === null) return node
  const walked = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, walk(value, schemas)]))
  if (typeof walked.title !== 'string') return walked
  schemas[walked.title] = walked
  return { $ref: `#/components/schemas/${walked.title}` }
}

/** Without TypeBox's symbols and our own words for messages. */
export const plain = (schema: TSchema): unknown =>
  JSON.parse(
    JSON.stringify(schema, (name, value) => (name === 'message' && typeof value === 'string' ? undefined : value)),
  )

const errorSchema = ({ errorProperties = {} }: DialectInfo) => ({
  type: 'object',
  required: ['statusCode', 'message', 'traceId', ...Object.keys(errorProperties)],
  properties: {
    statusCode: { type: 'integer', examples: [422] },
    message: {
      description: 'A sentence; a list of sentences where fields were checked',
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      examples: [['name should not be empty', 'name must be a string']],
    },
    error: { type: 'string', examples: ['Unprocessable Entity'] },
    code: { type: 'string', examples: ['OPPORTUNITY_NOT_FOUND'] },
    meta: { type: 'object' },
    ...errorProperties,
    traceId: { type: 'string', format: 'uuid' },
  },
})
