import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { invalid } from '../domain/errors.ts'
import { refuseNull } from './call.ts'

/** 1 MiB, like HighLevel's gateway. */
export const bodyLimit = 1_048_576
/** Of a file, 10 MiB. */
const fileLimit = 10_485_760
const deepest = 64

/**
 * Every body is JSON, whatever it is called: curl labels it as a form when nobody says otherwise (contract 0.7).
 * Nothing at all is no body, even under `application/json` (contract 12.1).
 */
export function understandBodies(server: FastifyInstance) {
  // A label that cannot be read is no reason to refuse what it is stuck to.
  server.addHook('onRequest', ({ headers }, _reply, done) => {
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/json'
    done()
  })
  readBodies(server, parse)
}

/** Below `server` bodies may be forms too, as RFC 6749 has them; what begins as an object is JSON all the same. */
export function understandForms(server: FastifyInstance) {
  readBodies(server, (text) => (/^\s*[{[]/.test(text) ? parse(text) : parseForm(text)))
}

/** Below `server` a body may be JSON of any kind, such as a list of messages. */
export function understandMessages(server: FastifyInstance) {
  readBodies(server, (text) => (text.trim() === '' ? undefined : parseAny(text.trim())))
}

/** Below `server` a body may be a file of text, which arrives as `csv`; what begins as an object is JSON all the same. */
export function understandFiles(server: FastifyInstance) {
  const file = { parseAs: 'buffer', bodyLimit: fileLimit } as const
  readBodies(server, (text, sent) => (/^\s*\{/.test(text) ? parse(text) : { csv: whole(text, sent) }), file)
}

/** Read as other text than it is, names would be kept that nobody wrote. */
function whole(text: string, sent: string | Buffer): string {
  if (typeof sent !== 'string' && !isUtf8(sent)) throw invalid('csv must be UTF-8 text: save it as "CSV UTF-8"')
  return text
}

const usual = { parseAs: 'string', bodyLimit } as const

function readBodies(
  server: FastifyInstance,
  read: (text: string, sent: string | Buffer) => unknown,
  options: { parseAs: 'string' | 'buffer'; bodyLimit: number } = usual,
) {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', options, (request, received, done) => {
    const sent = received as unknown as string | Buffer
    const text = sent.toString()
    request.text = text
    try {
      // Where there is no such route, nothing that was sent there matters.
      done(null, request.is404 ? undefined : read(text, sent))
    } catch (error) {
      done(error as Error)
    }
  })
}

/** A name that comes twice is refused: which of its values is meant, nobody knows (RFC 6749, 3.2). */
function parseForm(text: string): Record<string, string> {
  const pairs = [...new URLSearchParams(text.trim())].filter(([name, value]) => name !== '' || value !== '')
  const names = pairs.map(([name]) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw invalid(`${twice} must not be sent twice`)
  const form = Object.fromEntries(pairs)
  refuseNull(form)
  return form
}

/** Of a body's text what it says; refused where it is no object of JSON that could be kept. */
export function parse(text: string): unknown {
  const value = parseObject(text)
  if (text.includes('\\u0000')) refuseNull(value)
  return value
}

/** The same, with whatever stands in its texts. */
export function parseObject(text: string): object | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const value = parseAny(trimmed)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('body must be an object')
  return value
}

function parseAny(trimmed: string): unknown {
  const value = parseJson(trimmed)
  if (tooDeep(trimmed)) throw invalid(`body must not be nested deeper than ${deepest} levels`)
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.includes('\\') ? text.replace(escapes, wholeOrNone) : text)
  } catch {
    throw Object.assign(new Error('The body is not valid JSON'), { statusCode: 400 })
  }
}

const wholeOrNone = (one: string) => (one.length === 6 ? '\\ufffd' : one)

/** Pairs, halves and all other escapes. Half a character has no UTF-8: what is kept would not be what was sent. */
const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|ud[89a-f][\da-f]{2}|.)/gis

/** Counts brackets outside strings; a body that nests further than any of ours would only exhaust the stack. */
function tooDeep(text: string): boolean {
  if (text.length < deepest * 2) return false
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (quoted) {
      if (character === 92) at++
      else if (character === 34) quoted = false
    } else if (character === 34) quoted = true
    else if (character === 123 || character === 91) {
      if (++depth > deepest) return true
    } else if (character === 125 || character === 93) depth--
  }
  return false
}
