import type { Static, TObject, TSchema } from '@sinclair/typebox'
import type { Context } from '../domain/context.ts'
import type { Streamed } from './stream.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type StaticOf<Schema> = Schema extends TSchema ? Static<Schema> : Record<string, never>

/** Where a route documents the location as required: its absence is an error of its own, before any other check. */
export interface LocationParameter {
  in: 'query' | 'body'
  name: 'locationId' | 'location_id'
  /** Another spelling of the name: sent instead, it is refused as an unknown property, not missed. */
  misspelt?: 'locationId' | 'location_id'
}

/** The browser that a request came from; for the rows by which people come and go. */
export interface Visitor {
  /** The secret of the session that the request was admitted by; refuses who came by none. */
  session(): string
  /** The secret that the browser keeps so far, whether or not it still admits anybody. */
  kept(): string | undefined
  /** Gives the browser a session's secret to keep; null takes its own away. */
  keep(secret: string | null): void
  /** Counts a try to get in as somebody; refuses it where there were too many, of theirs or from this place. */
  countTry(email: string): void
  /** Whoever got in begins anew. */
  forgetTries(email: string): void
}

/** What `run` is handed: everything checked against the row's schemas. */
export interface Input<Params, Query, Body> {
  params: StaticOf<Params>
  query: StaticOf<Query>
  body: StaticOf<Body>
  headers: Readonly<Record<string, unknown>>
  /** The server's public address, else the one the client called, `http://host:port`; what links begin with. */
  origin: () => string
  visitor: () => Visitor
  /** Whether the request named its location at all, in whatever place. */
  locationNamed: boolean
}

/** One operation of a dialect: what travels, who may ask, and the one command or query that answers. */
export interface Endpoint<
  Params extends TObject | undefined = TObject | undefined,
  Query extends TObject | undefined = TObject | undefined,
  Body extends TObject | undefined = TObject | undefined,
> {
  method: Method | Method[]
  /** Answers with and without a trailing slash. */
  path: string
  summary: string
  /** The group it stands under in the reference. */
  tag: string
  /** Whose tokens it admits: a location's unless said; an agency's stand for the whole company. */
  callers?: 'location' | 'agency' | 'any'
  /** What the token must allow; null where any valid token will do, absent where none is needed. */
  scope?: string | null
  /** The query or body parameter that names the location, where it is required. */
  location?: LocationParameter
  params?: Params
  query?: Query
  body?: Body
  /** Rewrites the query before anything looks at it. */
  prepare?: (query: Record<string, unknown>) => void
  /** The reply's schema: the document, and what the tests hold every reply against. */
  reply: TSchema
  /** Of a reply that is sent piece by piece: `run` answers an `AsyncIterable<string>`. */
  streams?: Streamed
  /** HTTP status of success; 200 unless given. */
  status?: number
  /** Answers what is to be written as JSON, or that JSON itself. */
  run: (ctx: Context, input: Input<Params, Query, Body>) => Promise<object | string>
}

/** Types a row by its own schemas. */
export function endpoint<
  Params extends TObject | undefined = undefined,
  Query extends TObject | undefined = undefined,
  Body extends TObject | undefined = undefined,
>(row: Endpoint<Params, Query, Body>): Endpoint {
  return row as unknown as Endpoint
}

/** A dialect: its rows by the vendor's own operation ids. */
export type Dialect = Record<string, Endpoint>
