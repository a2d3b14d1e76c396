import { invalid } from '../../domain/errors.ts'
import { isOfConnection } from '../headers.ts'

/** Ours to set. */
const reserved = /^(user-agent|x-ghl-.*|x-wh-.*|x-pipewright-.*|webhook-.*)$/i

const most = 20
const longest = 2000

/** Headers of somebody's own, such as `Authorization`; each complaint names its header. */
export function readHeaders(wanted: Record<string, string>): Record<string, string> {
  const entries = Object.entries(wanted)
  if (entries.length > most) throw invalid(`headers must contain no more than ${most} elements`)
  const issues = entries.flatMap(([name, value]) => issueOf(name, value) ?? [])
  const names = entries.map(([name]) => name.toLowerCase())
  const twice = entries.find(([name], at) => names.indexOf(name.toLowerCase()) < at)
  if (twice) issues.push(`headers.${twice[0]} must not be there twice`)
  if (issues.length > 0) throw invalid(...issues)
  return wanted
}

function issueOf(name: string, value: string): string | undefined {
  const path = `headers.${name.slice(0, 100)}`
  if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) return `${path} must have a name of letters, digits and dashes`
  if (reserved.test(name) || isOfConnection(name)) return `${path} must not be set: the server sets it`
  if (value.length > longest) return `${path} must be shorter than or equal to ${longest} characters`
  if (!/^[\x20-\x7e\xa0-\xff]*$/.test(value)) return `${path} must be a line of Latin characters`
  return undefined
}
