import { Type } from '@sinclair/typebox'
import { invalid } from '../../../domain/errors.ts'
import { isOfConnection } from '../../headers.ts'
import { requiredText, strict } from '../definition/fields.ts'
import { payloadOf } from '../merge/payload.ts'
import { action } from './action.ts'

const texts = (description: string) =>
  Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.String({ maxLength: 5000 }), { description })

/** Node refuses any other name or value; better here than at every try. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export default action({
  type: 'webhook',
  title: 'Webhook',
  about: 'Posts the contact and opportunity to an address, and goes on once it answered 2xx.',
  settings: Type.Object(
    {
      url: requiredText('An http or https address', 2000),
      headers: Type.Optional(texts('Sent along')),
      customData: Type.Optional(texts('Stands in the body under customData')),
    },
    strict,
  ),
  check: ({ url, headers = {} }) => [
    ...(typeof url !== 'string' || url.includes('{{') ? [] : issuesOfAddress(url)),
    ...Object.keys(headers).flatMap(issuesOfHeader),
  ],

  async run(work, { url, headers = {}, customData = {} }) {
    if (!isAddress(url)) throw invalid(`url must be an http or https address, not "${url}"`)
    const issues = issuesOfAddress(url)
    if (issues.length > 0) throw invalid(...issues)
    const body = JSON.stringify(await payloadOf(work, customData))
    return { request: { url, headers: onTheWire(headers), body } }
  },
})

function isAddress(url: string): boolean {
  const read = URL.canParse(url) ? new URL(url) : undefined
  return read !== undefined && ['http:', 'https:'].includes(read.protocol)
}

/** The log shows the address; what is secret belongs into a header, whose value it hides. */
function issuesOfAddress(url: string): string[] {
  if (!isAddress(url)) return ['url must be an http or https address']
  const { username, password } = new URL(url)
  return username || password ? ['url must not contain a user name or a password; send them in headers'] : []
}

function issuesOfHeader(name: string): string[] {
  if (!headerName.test(name)) return [`headers.${name} is no name of a header`]
  return isOfConnection(name) || /^idempotency-key$/i.test(name)
    ? [`headers.${name} must not be set: the server sets it`]
    : []
}

/**
 * A header is a line, of bytes: a line break would begin another one. What a person is called goes in UTF-8, which Node
 * is told in the signs that stand for its bytes.
 */
const onTheWire = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Buffer.from(value.replace(/\p{Cc}+/gu, ' ')).toString('latin1'),
    ]),
  )
