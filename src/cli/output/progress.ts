import { note } from './print.ts'

/** Shows how far long work is, on standard error: a bar on a terminal, a line for each tenth elsewhere. */
export function showProgress(what: string, total: number) {
  const screen = process.stderr
  const began = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  let shownTenth = 0

  function bar(done: number) {
    const now = performance.now()
    if (done < total && now - shownAt < 100) return
    shownAt = now
    const full = Math.round((done / total) * 30)
    screen.write(
      `\r${what} ${'█'.repeat(full)}${'░'.repeat(30 - full)} ${count(done)} of ${count(total)}, ${rate(done)}/s `,
    )
    if (done >= total) screen.write('\n')
  }

  function line(done: number) {
    const tenth = Math.floor((done * 10) / total)
    if (tenth === shownTenth) return
    shownTenth = tenth
    note(`${what}: ${count(done)} of ${count(total)} (${rate(done)}/s)`)
  }

  const rate = (done: number) => count(Math.round((done * 1000) / Math.max(1, performance.now() - began)))
  return screen.isTTY ? bar : line
}

const count = (number: number) => number.toLocaleString('en-US')
