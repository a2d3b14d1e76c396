// npm run build: src/ and web/ become dist/, whether or not anything changed; with --changed only what did.
import { build, ensureBuilt, ensureInstalled, ensureWebBuilt, requireNode } from './setup.js'

requireNode()
await ensureInstalled()
if (process.argv.includes('--web')) await ensureWebBuilt()
else if (process.argv.includes('--changed')) await ensureBuilt()
else process.exitCode = await build()
