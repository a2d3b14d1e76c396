import { parseArgs } from 'node:util'
import { nearest } from './nearest.ts'

/** One option of a verb: what it may be, and its line in `--help`. Its flag is its name in the table, with dashes. */
export interface Option {
  /** What stands behind the flag in `--help`; absent for a switch, which is read from `true` when it stands alone. */
  value?: string
  help: string
  /** The environment variable that sets it too; the command line wins. */
  env?: string
  /** Turns text into the value, or throws `WrongUsage` with the rest of a sentence that begins with the flag. */
  read: (text: string) => unknown
  fallback: unknown
}

export type Options = Record<string, Option>
export type Values<Table extends Options> = {
  [Name in keyof Table]: ReturnType<Table[Name]['read']> | Table[Name]['fallback']
}
export type Environment = Record<string, string | undefined>

/** Somebody typed something we do not know; one line, exit code 2. */
export class WrongUsage extends Error {}

/** What somebody gave for an option, and where: the flag or the variable. */
interface Given {
  text: string
  origin: string
}

/** A verb's options from the command line, else the environment, else the table; `words` is what is not an option. */
export function readOptions<Table extends Options>(table: Table, argv: string[], env: Environment) {
  const { flags, words } = fromCommandLine(table, argv)
  const given = new Map([...fromEnvironment(table, env), ...flags])
  const entries = Object.entries(table).map(([name, option]) => [name, readOne(option, given.get(name))])
  return { values: Object.fromEntries(entries) as Values<Table>, words }
}

export const toFlag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

export const text = (given: string): string => given

export function flag(given: string): boolean {
  if (['true', '1', 'yes', 'on'].includes(given.toLowerCase())) return true
  if (['false', '0', 'no', 'off'].includes(given.toLowerCase())) return false
  throw new WrongUsage(`must be true or false, not "${given}"`)
}

export const whole = (least: number, most: number) => (given: string) => {
  const number = /^\d+$/.test(given) ? Number(given) : Number.NaN
  if (number >= least && number <= most) return number
  throw new WrongUsage(`must be a whole number from ${least} to ${most}, not "${given}"`)
}

export const oneOf =
  <const Name extends string>(names: readonly Name[]) =>
  (given: string): Name => {
    if (names.includes(given as Name)) return given as Name
    throw new WrongUsage(`must be one of ${names.join(', ')}, not "${given}"`)
  }

function fromCommandLine(table: Options, argv: string[]) {
  const names = new Map(Object.keys(table).map((name) => [toFlag(name), name]))
  const isSwitch = (name: string) => table[name]?.value === undefined
  const options = Object.fromEntries(
    [...names].map(([flag, name]) => [flag.slice(2), { type: isSwitch(name) ? 'boolean' : 'string' } as const]),
  )
  const { tokens, positionals: words } = parseArgs({ args: argv, options, strict: false, tokens: true })

  const flags = new Map<string, Given>()
  for (const token of tokens.filter((token) => token.kind === 'option')) {
    const name = names.get(token.rawName)
    if (!name) throw unknown(token.rawName, [...names.keys()])
    flags.set(name, { text: textOf(token, table[name]?.value), origin: token.rawName })
  }
  return { flags, words }
}

/** An empty variable counts as not set: that is how container platforms pass what was left blank. */
function fromEnvironment(table: Options, env: Environment): Map<string, Given> {
  const given = new Map<string, Given>()
  for (const [name, { env: variable }] of Object.entries(table)) {
    const text = variable && env[variable]?.trim()
    if (variable && text) given.set(name, { text, origin: variable })
  }
  return given
}

function readOne(option: Option, given: Given | undefined): unknown {
  if (!given) return option.fallback
  try {
    return option.read(given.text)
  } catch (error) {
    throw error instanceof WrongUsage ? new WrongUsage(`${given.origin} ${error.message}`) : error
  }
}

/** `--port --json` is a forgotten value; `--name=--json` is a strange one, but a value. */
function textOf(
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  value?: string,
) {
  if (value === undefined) return token.value ?? 'true'
  if (token.value && (token.inlineValue || !token.value.startsWith('-'))) return token.value
  throw new WrongUsage(`${token.rawName} needs a value: ${token.rawName} ${value}`)
}

function unknown(given: string, flags: string[]): WrongUsage {
  const name = nearest(given, flags)
  return new WrongUsage(`${given} is not an option. ${name ? `Did you mean ${name}?` : 'See --help.'}`)
}
