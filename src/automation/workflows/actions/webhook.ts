import { Type } from '@sinclair/typebox'
import { invalid } from '../../../domain/errors.ts'
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
    ...(typeof url !== 'string' || url.includes('{{') || isAddress(url)
      ? []
      : ['url must be an http or https address']),
    ...Object.keys(headers)
      .filter((name) => !headerName.test(name))
      .map((name) => `headers.${name} is no name of a header`),
  ],

  async run(work, { url, headers = {}, customData = {} }) {
    if (!isAddress(url)) throw invalid(`url must be an http or https address, not "${url}"`)
    const body = JSON.stringify(await payloadOf(work, customData))
    return { request: { url, headers: flattened(headers), body } }
  },
})

function isAddress(url: string): boolean {
  const read = URL.canParse(url) ? new URL(url) : undefined
  return read !== undefined && ['http:', 'https:'].includes(read.protocol)
}

/** A line break would begin another header. */
const flattened = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.replace(/[\r\n]+/g, ' ')]),
  )
