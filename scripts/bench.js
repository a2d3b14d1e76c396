// npm run bench: measures the built server, not the sources.
import { ensureBuilt, ensureInstalled, requireNode, runTool } from './setup.js'

requireNode()
await ensureInstalled()
await ensureBuilt()
process.exitCode = await runTool('tsx/dist/cli.mjs', ['bench/run.ts', ...process.argv.slice(2)])
