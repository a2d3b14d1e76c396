// npm test: types, style, build and tests in turn; the last line counts them. Arguments go to Vitest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, checks, ensureInstalled, requireNode, runTool, say } from './setup.js'

requireNode()
await ensureInstalled()

let passed = 0
let failed = 0
for (const [name, script, ...args] of checks) await check(name, () => runTool(script, args))
await check('Build', build)
await runTests(process.argv.slice(2))

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function check(name, work) {
  say(`${name}…`)
  if ((await work()) === 0) passed++
  else failed++
}

async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-test-'))
  const file = join(folder, 'report.json')
  const flaky = '--reporter=./test/support/flaky.ts'
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, flaky]
  const code = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...args])

  const report = readReport(file)
  passed += report.passed
  // A file that cannot be loaded, an error outside any test and a run of no tests fail without a failed test.
  failed += report.failed || (code === 0 ? 0 : 1)
  rmSync(folder, { recursive: true })
}

function readReport(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 1 } // Vitest ended before it could report
  }
}
