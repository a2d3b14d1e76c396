// What a clone needs before it can run: packages, and a build. Plain JavaScript, because nothing is installed yet.
// Everything said here goes to standard error: standard output belongs to the program that is about to run.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const modules = join(root, 'node_modules')
const dist = join(root, 'dist')
const installStamp = join(modules, '.pipewright-stamp')
const buildStamp = join(dist, '.stamp')

/** Ends with one line when this Node.js is older than package.json allows. */
export function requireNode() {
  const wanted = readJson('package.json').engines.node.replace('>=', '')
  const [major, minor] = wanted.split('.').map(Number)
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number)
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return
  fail(`Pipewright needs Node.js ${wanted} or newer; this is ${process.versions.node}.`)
}

/** Installs unless node_modules is what package-lock.json asks for, built for this major version of Node.js. */
export async function ensureInstalled() {
  const wanted = { lock: hash(['package-lock.json']), node: process.versions.node.split('.')[0] }
  const found = existsSync(installStamp) ? JSON.parse(readFileSync(installStamp, 'utf8')) : { node: wanted.node }
  if (found.lock === wanted.lock && found.node === wanted.node) return

  if (found.node !== wanted.node || !npmInstalledIt()) {
    say(
      existsSync(installStamp)
        ? 'Updating packages…'
        : 'Installing packages (first start only; building SQLite may take a minute or two)…',
    )
    const code = await npm('ci', '--include=dev', '--no-json', '--loglevel=error')
    if (code !== 0) {
      say('Installing failed; the lines above say why. Where no ready-made SQLite add-on can be downloaded,')
      fail('one is built, which needs Python 3, make and a C++ compiler.')
    }
  }
  writeFileSync(installStamp, JSON.stringify(wanted))
}

/** Builds unless dist/ was made from these very sources; compares contents, since a checkout changes every date. */
export async function ensureBuilt() {
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sourcesHash()) return
  say('Building…')
  if ((await build()) !== 0) fail('Building failed; the lines above say why.')
}

/** src/ becomes dist/, beside the API page's own script and style, so that the page works without a network. */
export async function build() {
  rmSync(dist, { recursive: true, force: true })
  const code = await runTool('typescript/bin/tsc', ['--project', 'tsconfig.build.json'], 2)
  if (code !== 0) return code

  mkdirSync(join(dist, 'docs'), { recursive: true })
  for (const file of [
    'swagger-ui.css',
    'swagger-ui-bundle.js',
    'swagger-ui-standalone-preset.js',
    'LICENSE',
    'NOTICE',
  ]) {
    copyFileSync(join(modules, 'swagger-ui-dist', file), join(dist, 'docs', file))
  }
  writeFileSync(buildStamp, sourcesHash())
  return 0
}

/** Runs a development tool by its script in node_modules; resolves to its exit code. */
export function runTool(script, args, stdout = 'inherit') {
  return run(process.execPath, [join(modules, script), ...args], stdout)
}

export function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(line) {
  say(line)
  process.exit(1)
}

function npm(...args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], 2)
  return run('npm', args, 2, process.platform === 'win32')
}

/** A child that goes down with us: an npm left running behind would disturb the next start. */
function run(command, args, stdout, shell = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', stdout, 'inherit'], shell })
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    let received
    const stop = (signal) => {
      received = signal
      child.kill(signal)
    }
    for (const signal of signals) process.on(signal, stop)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const name of signals) process.off(name, stop)
      const end = received ?? signal
      if (end) process.kill(process.pid, end)
      else resolve(code)
    })
  })
}

/** npm's own record of what it installed; missing while, and after, an install that did not finish. */
function npmInstalledIt() {
  if (!existsSync(join(modules, '.package-lock.json'))) return false
  const installed = readJson('node_modules/.package-lock.json').packages
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
}

function sourcesHash() {
  const sources = readdirSync(join(root, 'src'), { recursive: true }).filter((name) => name.endsWith('.ts'))
  const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/setup.js']
  return hash([...settings, ...sources.sort().map((name) => join('src', name))])
}

function hash(names) {
  const sum = createHash('sha256')
  for (const name of names)
    sum
      .update(`${name}\0`)
      .update(readFileSync(join(root, name)))
      .update('\0')
  return sum.digest('hex')
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'))
}
