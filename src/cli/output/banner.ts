import { resolve } from 'node:path'
import { type Config, environment, placeOf } from '../../config.ts'
import type { FirstStart } from '../../domain/installation/bootstrap.ts'
import { isPostgres } from '../../store/open.ts'
import { version } from '../../version.ts'
import { facts, program } from './print.ts'

/** A running server, and what its first start made. */
export interface Started {
  url: string
  /** Where the data is, without a password. */
  data: string
  locationId: string
  first: FirstStart | undefined
}

/** The one line of `serve --json`; secrets only on the run that made them. */
export function jsonLine({ url, data, locationId, first }: Started): string {
  const secrets = first && { token: first.token, apiKey: first.apiKey, admin: first.admin }
  return JSON.stringify({ url, db: data, locationId, ...secrets })
}

/** What a person sees when the server is up. */
export function banner(config: Config, started: Started): string {
  const parts = [heading(config), addresses(started)]
  parts.push(started.first ? welcome(started.url, started.first) : facts([['Location ID', started.locationId]]))
  parts.push(`${tokenHint(config, started)}Stop with Ctrl-C.`)
  return `\n${parts.join('\n\n')}\n`
}

function heading({ host }: Config): string {
  const reach = ['127.0.0.1', '::1', 'localhost'].includes(host) ? 'for this machine' : `on ${host}`
  return `Pipewright ${version} is running ${reach}.`
}

function addresses({ url, data }: Started): string {
  return facts([
    ['Web app', `${url}/app`],
    ['API base URL', url],
    ['API reference', `${url}/docs`],
    ['Data', data === ':memory:' ? 'in memory, gone when it stops' : data],
  ])
}

function welcome(url: string, { locationId, token, apiKey, admin }: FirstStart): string {
  const made = facts([
    ['Location ID', locationId],
    ['Token', token],
    ['v1 API key', apiKey],
    ['Admin', admin.email],
    ['Password', admin.password],
  ])
  return `First start. These secrets are shown once, so keep them now:\n\n${made}\n\nTry it:\n\n  ${curl(url, locationId, token)}`
}

/** Double quotes and one line, so that it can be pasted into any shell. */
function curl(url: string, locationId: string, token: string): string {
  const headers = `-H "Authorization: Bearer ${token}" -H "Version: 2021-07-28"`
  return `curl "${url}/opportunities/pipelines?locationId=${locationId}" ${headers}`
}

/** A command that works when it is pasted; where a password would have to be in it, with a gap to be filled. */
function tokenHint({ db }: Config, { data }: Started): string {
  if (data === ':memory:') return ''
  const command = `${program()} token create`
  const isKnown = data === resolve('pipewright.db') || db === placeOf(environment.PIPEWRIGHT_DB ?? '')
  if (isKnown) return `Another token: ${command}\n`
  if (isPostgres(data) && db !== data) return `Another token: PIPEWRIGHT_DB=postgres://… ${command}\n`
  return `Another token: ${command} --db ${JSON.stringify(data)}\n`
}
