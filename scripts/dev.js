// npm run dev: the server from its sources, restarted when one changes, and the web app from its own, replaced in place.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled, modules, requireNode, root } from './setup.js'

requireNode()
await ensureInstalled()
const args = process.argv.slice(2)
const { values } = parseArgs({ args, options: { port: { type: 'string' } }, strict: false })
const port = values.port ?? process.env.PIPEWRIGHT_PORT ?? '4400'
const env = { ...process.env, PIPEWRIGHT_DEV_SERVER: `http://127.0.0.1:${port}` }

const tools = [
  ['tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'src/main.ts', 'serve', ...args],
  ['vite/bin/vite.js', '--config', 'web/vite.config.ts', '--clearScreen=false'],
]
const children = tools.map(([script, ...rest]) =>
  spawn(process.execPath, [join(modules, script), ...rest], { cwd: root, env, stdio: 'inherit' }),
)
// One does not go on without the other.
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 1
    for (const other of children) other.kill()
  })
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
  })
}
