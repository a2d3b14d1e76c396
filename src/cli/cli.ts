import { inspect } from 'node:util'
import { masking } from '../config/masked.ts'
import { nearest } from '../config/nearest.ts'
import { WrongUsage } from '../config/options.ts'
import { environment } from '../config.ts'
import { version } from '../version.ts'
import { explain } from './failure.ts'
import { facts, note, print } from './output/print.ts'
import { helpOf, runVerb, type Verb } from './verb.ts'

/** What a verb can do, by name; the only action of a verb without any is named ''. */
type Actions = Record<string, Verb>

/** Each is read from disk only when it is asked for: no verb waits for what another one needs. */
const verbs: Record<string, { about: string; load: () => Promise<{ default: Actions }> }> = {
  serve: { about: 'Run the server; what happens without any verb, too', load: () => import('./serve.ts') },
  token: { about: 'Create, list, rotate and revoke tokens', load: () => import('./token.ts') },
  app: {
    about: 'Create, list, rotate and delete apps that ask to be let in by OAuth 2.0',
    load: () => import('./app.ts'),
  },
  location: { about: 'Create and list locations', load: () => import('./location.ts') },
  mcp: { about: 'Let an assistant work with the pipeline, over standard input', load: () => import('./mcp/mcp.ts') },
  workflow: {
    about: 'Create, try out, publish and pause workflows, and see to their runs',
    load: () => import('./workflow/workflow.ts'),
  },
  webhook: {
    about: 'Send events to other programs, see what arrived, send it again',
    load: () => import('./webhook/webhook.ts'),
  },
  migrate: { about: 'Copy an installation from SQLite to PostgreSQL, or back', load: () => import('./migrate.ts') },
  seed: { about: 'Make up opportunities to try things out with', load: () => import('./seed/seed.ts') },
  doctor: { about: 'Look whether an installation is well', load: () => import('./doctor/doctor.ts') },
}

/** Does what the command line says; answers the exit code: 1 when it failed, 2 when nobody could know what was meant. */
export async function main(argv: string[]): Promise<number> {
  process.stdout.on('error', endQuietly)
  try {
    await dispatch(argv)
    return 0
  } catch (error) {
    const told = explain(error)
    // Here, where every message passes: whoever mistypes a command may have typed a password.
    note(masking(quotable(argv))(told?.line ?? inspect(error)))
    return told?.code ?? 1
  }
}

/** Whatever a message may quote. */
function quotable(argv: string[]): string[] {
  const variables = Object.entries(environment).filter(([name]) => name.startsWith('PIPEWRIGHT_'))
  return [...argv, ...variables.map(([, value = '']) => value)]
}

async function dispatch(argv: string[]): Promise<void> {
  const [first = ''] = argv
  if (first === 'help') return dispatch([...argv.slice(1), '--help'])
  if (first === '--version' || first === '-v') return print(version)

  const asksHelp = argv.includes('--help') || argv.includes('-h')
  if (asksHelp && (first === '' || first.startsWith('-'))) return print(overview())
  const [name, rest] = first === '' || first.startsWith('-') ? ['serve', argv] : [first, argv.slice(1)]

  const actions = await load(name)
  if (asksHelp) return print(help(name, actions, rest[0]))
  const [action, words] = choose(name, actions, rest)
  await runVerb(fullName(name, action), actions[action] as Verb, words)
}

async function load(name: string): Promise<Actions> {
  const verb = verbs[name]
  if (!verb) throw unknown(`pipewright ${name}`, name, Object.keys(verbs))
  return (await verb.load()).default
}

function choose(name: string, actions: Actions, [action = '', ...rest]: string[]): [string, string[]] {
  if (actions['']) return ['', action === '' ? rest : [action, ...rest]]
  if (actions[action]) return [action, rest]
  if (action === '' || action.startsWith('-'))
    throw new WrongUsage(`${name} needs one of: ${Object.keys(actions).join(', ')}.`)
  throw unknown(`pipewright ${name} ${action}`, action, Object.keys(actions))
}

function unknown(given: string, word: string, known: string[]): WrongUsage {
  const meant = nearest(word, known)
  return new WrongUsage(
    `"${given}" is not known. ${meant ? `Did you mean ${meant}?` : `Use one of: ${known.join(', ')}.`}`,
  )
}

/** Of one action when it is named, else of all that the verb can do. */
function help(name: string, actions: Actions, wanted = ''): string {
  const chosen = actions[wanted] ? { [wanted]: actions[wanted] } : actions
  return Object.entries(chosen)
    .map(([action, verb]) => helpOf(fullName(name, action), verb))
    .join('\n\n\n')
}

function overview(): string {
  const list = Object.entries(verbs).map(([name, { about }]): [string, string] => [name, about])
  return `Pipewright ${version}: your sales pipeline on your own server, speaking HighLevel's Opportunities API.

Usage: pipewright [verb] [options]

${facts(list)}

Each verb tells its options with --help: pipewright serve --help
Also: --version, --help`
}

const fullName = (name: string, action: string) => (action ? `${name} ${action}` : name)

/** Nobody reads on, as in `pipewright token list | head -1`. */
function endQuietly(error: NodeJS.ErrnoException) {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}
