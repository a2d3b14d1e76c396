// What a clone needs before it can run: packages, and a build. Plain JavaScript, because nothing is installed yet.
// Everything said here goes to standard error: standard output belongs to the program that is about to run.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const modules = join(root, 'node_modules')
const dist = join(root, 'dist')
const installStamp = join(modules, '.pipewright-stamp')
const app = join(dist, 'app')
const day = 24 * 60 * 60 * 1000

/** The two halves of a build, each made from its own sources: a change of one leaves the other as it is. */
const server = { stamp: join(dist, '.stamp'), hash: serverHash, build: buildServer }
const web = { stamp: join(dist, '.stamp-web'), hash: webHash, build: buildWeb }

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

/** Builds what was not made from these very sources; compares contents, since a checkout changes every date. */
export async function ensureBuilt(halves = [server, web]) {
  const stale = halves.filter(({ stamp, hash }) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash())
  if (stale.length === 0) return
  say('Building…')
  if ((await make(stale)) !== 0) fail('Building failed; the lines above say why.')
}

/** The web app alone, for a test that looks at it. */
export const ensureWebBuilt = () => ensureBuilt([web])

/** Everything anew, with nothing left of builds before. */
export async function build() {
  rmSync(dist, { recursive: true, force: true })
  return make([server, web])
}

/** Both at a time; a stamp says what a half was made from, even if its sources change meanwhile. */
async function make(halves) {
  const codes = await Promise.all(
    halves.map(async ({ stamp, hash, build }) => {
      const madeFrom = hash()
      const code = await build()
      if (code === 0) writeFileSync(stamp, madeFrom)
      return code
    }),
  )
  return codes.find((code) => code !== 0) ?? 0
}

/** src/ becomes dist/, beside the API page's own script and style, so that the page works without a network. */
async function buildServer() {
  const ofTheWeb = /^(app|\.app-\d+|\.stamp-web)$/
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    if (!ofTheWeb.test(name)) rmSync(join(dist, name), { recursive: true })
  }
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
  return 0
}

/**
 * web/ becomes dist/app/, the page last. The files of the build before stay for a day, for those who have it open: their
 * names carry a hash of what is inside, so nothing is ever overwritten by something else.
 */
async function buildWeb() {
  const fresh = join(dist, `.app-${process.pid}`)
  const options = ['--config', 'web/vite.config.ts', '--outDir', fresh, '--logLevel', 'warn']
  const code = await runTool('vite/bin/vite.js', ['build', ...options], 2)
  if (code !== 0) return code

  const assets = join(app, 'assets')
  mkdirSync(assets, { recursive: true })
  const now = readdirSync(join(fresh, 'assets'))
  for (const name of now) renameSync(join(fresh, 'assets', name), join(assets, name))
  rmSync(join(fresh, 'assets'), { recursive: true })
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(app, name))
  for (const name of readdirSync(assets)) {
    const file = join(assets, name)
    if (!now.includes(name) && statSync(file).mtimeMs < Date.now() - day) rmSync(file)
  }
  rmSync(fresh, { recursive: true })
  return 0
}

/** What is held to without running anything: the sources' types, in the world where each runs, and their style. */
export const checks = [
  ['Types', 'typescript/bin/tsc', '--noEmit'],
  ['Types of the web app', 'typescript/bin/tsc', '--noEmit', '--project', 'web'],
  ['Types of its tests', 'typescript/bin/tsc', '--noEmit', '--project', 'test/browser'],
  ['Style', '@biomejs/biome/bin/biome', 'check'],
]

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

function serverHash() {
  const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/setup.js']
  return hash([...settings, ...filesIn('src').filter((name) => name.endsWith('.ts'))])
}

function webHash() {
  const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/setup.js']
  return hash([...settings, ...filesIn('web').filter((name) => !/\.test\.tsx?$/.test(name))])
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative(root, entry.parentPath), entry.name))
    .sort()
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
