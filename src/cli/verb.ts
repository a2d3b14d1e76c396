import { type Options, readOptions, toFlag, type Values, WrongUsage } from '../config/options.ts'
import { environment } from '../config.ts'

/** One thing the program can do from the command line. */
export interface Verb<Table extends Options = Options> {
  about: string
  /** The words that follow the verb, all of them required, such as `ID`. */
  words: string[]
  options: Table
  /** What `--help` says last: examples, and what is good to know. */
  notes: string
  run: (values: Values<Table>, words: string[]) => Promise<void>
}

/** Types a verb by its own options. */
export const verb = <Table extends Options>(row: Verb<Table>): Verb => row as unknown as Verb

export async function runVerb(name: string, row: Verb, argv: string[]): Promise<void> {
  const { values, words } = readOptions(row.options, argv, environment)
  if (words.length < row.words.length) throw new WrongUsage(`${name} needs ${row.words.join(' and ')}. ${see(name)}`)
  const extra = words[row.words.length]
  if (extra !== undefined) throw new WrongUsage(`"${extra}" is one word too many for ${name}. ${see(name)}`)
  await row.run(values, words)
}

/** Everything there is to know about one verb. */
export function helpOf(name: string, { about, words, options, notes }: Verb): string {
  const usage = ['pipewright', name, ...words, '[options]'].join(' ')
  const lines = Object.entries(options).map(([key, { value, help, env, fallback }]) => {
    const notes = [env && `env ${env}`, showDefault(fallback)].filter(Boolean).join(', ')
    return [`  ${toFlag(key)}${value === undefined ? '' : ` ${value}`}`, notes ? `${help} (${notes})` : help] as const
  })
  const width = Math.max(...lines.map(([flag]) => flag.length)) + 2
  const table = lines.map(([flag, help]) => flag.padEnd(width) + help).join('\n')
  const all = `Options:\n${table}\n${'  --help'.padEnd(width)}Show this`
  return [`Usage: ${usage}`, about, all, notes.trim()].filter(Boolean).join('\n\n')
}

const see = (name: string) => `See pipewright ${name} --help.`

function showDefault(fallback: unknown): string | undefined {
  if (typeof fallback === 'number' || typeof fallback === 'string') return `default ${fallback}`
  return undefined
}
