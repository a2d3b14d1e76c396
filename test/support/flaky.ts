import type { Reporter, TestCase } from 'vitest/node'

/**
 * Names at the end of a run each test that passed only when it was tried again, with what the first try met: nothing that
 * happens now and then stays unseen.
 */
export default class Flaky implements Reporter {
  #found: TestCase[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#found.push(test)
  }

  onTestRunEnd(): void {
    for (const test of this.#found) {
      console.log(`\nPassed only when it was tried again: ${test.module.relativeModuleId} > ${test.fullName}`)
      for (const { message, stack } of test.result().errors ?? []) console.log(stack ?? message)
    }
  }
}
