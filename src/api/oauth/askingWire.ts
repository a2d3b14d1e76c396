import { type Static, Type } from '@sinclair/typebox'
import type { Asking } from '../../domain/oauth/exchange.ts'
import { refused } from '../../domain/oauth/refused.ts'
import type { Revocation } from '../../domain/oauth/revoke.ts'

/*
 * What an app sends to the token endpoint. Both dialects take either spelling of a name, and the reply follows the one
 * that was used: the official client says `Version: v3` and spells as v2 does.
 */

const text = (description: string) => Type.Optional(Type.String({ description }))
const app = 'Or with the secret in an Authorization header of the scheme Basic'

export const TokenBody = Type.Object(
  {
    client_id: text(app),
    client_secret: text(app),
    grant_type: text('`authorization_code` or `refresh_token`'),
    code: text('With `authorization_code`'),
    refresh_token: text('With `refresh_token`; good once'),
    redirect_uri: text('If sent, the one that the code was sent to'),
    code_verifier: text('PKCE: where the code was asked for with a challenge'),
    user_type: text('`Location` or `Company`; what was let in decides'),
  },
  { title: 'OAuthTokenRequest' },
)

export const TokenBodyV3 = Type.Object(
  {
    clientId: text(app),
    clientSecret: text(app),
    grantType: text('`authorization_code` or `refresh_token`'),
    code: text('With `authorization_code`'),
    refreshToken: text('With `refresh_token`; good once'),
    redirectUri: text('If sent, the one that the code was sent to'),
    codeVerifier: text('PKCE: where the code was asked for with a challenge'),
    userType: text('`Location` or `Company`; what was let in decides'),
  },
  { title: 'OAuthTokenRequestV3' },
)

export const RevokeBody = Type.Object({
  client_id: text(app),
  client_secret: text(app),
  token: text('An access or a refresh token; what it belongs to ends whole'),
})

type Body = Record<string, unknown>
type Headers = Readonly<Record<string, unknown>>
export type Spelling = 'snake' | 'camel'

/** By v3 names are spelt in camelCase, unless one of them shows that its sender spells otherwise. */
export const spellingOf = (body: Static<typeof TokenBodyV3>): Spelling =>
  Object.keys(body).some((name) => name in TokenBody.properties && name.includes('_')) ? 'snake' : 'camel'

export function readAsking(body: Body, headers: Headers, spelling: Spelling): Asking {
  const fields = fieldsOf(body, spelling)
  const type = fields.require('grant_type')
  const userType = fields.find('user_type')
  if (userType !== undefined && !/^(location|company)$/i.test(userType))
    throw fields.invalid('user_type', 'must be one of the following values: Company, Location')
  const client = readClient(fields, headers)
  if (type === 'refresh_token') return { ...client, grant: { type, refreshToken: fields.require('refresh_token') } }
  if (type !== 'authorization_code')
    throw refused('unsupported_grant_type', `Unsupported grant type: ${fields.name('grant_type')} is invalid`)
  const shown = { redirectUri: fields.find('redirect_uri'), verifier: fields.find('code_verifier') }
  return { ...client, grant: { type, code: fields.require('code'), ...shown } }
}

export function readRevocation(body: Body, headers: Headers): Revocation {
  const fields = fieldsOf(body, 'snake')
  return { ...readClient(fields, headers), token: fields.require('token') }
}

/** In the header or in the body; RFC 6749, 2.3.1. */
function readClient(fields: Fields, { authorization }: Headers) {
  const [, encoded] = /^basic\s+([\w+/=-]+)$/i.exec(String(authorization ?? '').trim()) ?? []
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  if (id !== undefined && secret !== undefined) return { clientId: decoded(id), clientSecret: decoded(secret) }
  return { clientId: fields.require('client_id'), clientSecret: fields.require('client_secret') }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return part
  }
}

type Fields = ReturnType<typeof fieldsOf>

/** A field in either spelling; one without a value counts as not sent (RFC 6749, 3.2). */
function fieldsOf(body: Body, spelling: Spelling) {
  const camel = (field: string) => field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const name = (field: string) => (spelling === 'camel' ? camel(field) : field)
  const invalid = (field: string, what: string) =>
    refused('invalid_request', `Invalid parameter: ${name(field)} ${what}`)

  function find(field: string): string | undefined {
    const [value, other] = [body[field] ?? body[camel(field)], body[camel(field)]]
    // As of a name that comes twice, nobody knows which is meant.
    if (other !== undefined && other !== value) throw invalid(field, 'must not be sent twice')
    if (value === undefined || value === '') return undefined
    if (typeof value === 'string') return value
    throw invalid(field, 'must be a string')
  }

  function require(field: string): string {
    const value = find(field)
    if (value === undefined) throw refused('invalid_request', `Missing parameter: ${name(field)}`)
    return value
  }

  return { find, require, invalid, name }
}
