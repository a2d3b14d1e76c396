// npm run build: src/ becomes dist/, whether or not anything changed.
import { build, ensureInstalled, requireNode } from './setup.js'

requireNode()
await ensureInstalled()
process.exitCode = await build()
