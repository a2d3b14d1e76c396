// npm run check: types and style alone.
import { checks, ensureInstalled, requireNode, runTool } from './setup.js'

requireNode()
await ensureInstalled()
for (const [, script, ...args] of checks) process.exitCode = (await runTool(script, args)) || process.exitCode
