// npm run screens: pictures of the built web app; see screens.ts.
import { ensureBuilt, ensureInstalled, requireNode, runTool } from './setup.js'

requireNode()
await ensureInstalled()
await ensureBuilt()
process.exitCode = await runTool('tsx/dist/cli.mjs', ['scripts/screens.ts', ...process.argv.slice(2)])
