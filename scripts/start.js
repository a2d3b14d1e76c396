// npm start: install and build what is missing, then become `pipewright serve`.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt, ensureInstalled, requireNode, root } from './setup.js'

requireNode()
await ensureInstalled()
await ensureBuilt()

// In this process, so that signals and the exit code are the server's own.
const main = join(root, 'dist', 'main.js')
process.argv.splice(1, 1, main, 'serve')
await import(pathToFileURL(main).href)
