import { useCallback, useEffect, useRef, useState } from 'react'
import { postForLines } from '../../api/client.ts'
import { hear, type Line, nothingYet, type Report, seen } from './report.ts'

/** By header: what the person has said a column is about; null is nothing. */
export type Mapping = Record<string, string | null>

/** So long an import takes at least: the second of two clicks that begin it does not meet what stands there afterwards. */
const moment = () => new Promise((done) => setTimeout(done, 600))

export type Stage = 'checking' | 'checked' | 'importing' | 'stopping' | 'imported' | 'stopped'

/** Rows in a request, at first and at least: each request brings the whole file, which is read again. */
const rows = { first: 256, least: 128 }

/**
 * How many the next request is about: as many as are done in a second or two, which is what a stop waits for beside the
 * reading of the file; more where that takes long, so that it does not come again too often.
 */
function nextMost(most: number, { reading, writing }: { reading: number; writing: number }): number {
  if (writing < Math.max(1000, reading)) return most * 2
  return writing > Math.max(2000, 2 * reading) ? Math.max(rows.least, Math.floor(most / 2)) : most
}

/** ms. Whoever hears nothing more, as where the network went away without a word, is not kept. */
const stopsAfter = 30_000

/**
 * Rehearses a file as soon as it is there, and again for each other meaning of a column; imports it when told to, a part
 * after the other, so that whoever stops it hears of every row that was still under way.
 */
export function useImport(csv: string, mapping: Mapping) {
  const [report, setReport] = useState<Report>(nothingYet)
  const [stage, setStage] = useState<Stage>('checking')
  const [error, setError] = useState<Error | null>(null)
  const running = useRef<AbortController>(undefined)
  const isToStop = useRef(false)

  const begin = useCallback(
    async (dryRun: boolean) => {
      running.current?.abort()
      const attempt = new AbortController()
      running.current = attempt
      isToStop.current = false
      const { signal } = attempt
      setStage(dryRun ? 'checking' : 'importing')
      setError(null)
      // What a rehearsal has told is not what was done.
      if (!dryRun) setReport(({ columns, rows }) => ({ ...nothingYet, columns, rows }))
      const rested = dryRun ? undefined : moment()
      let heard = nothingYet
      let begun: number | undefined
      const tell = (lines: Line[]) => {
        begun ??= performance.now()
        heard = hear(heard, lines)
        if (!signal.aborted) setReport(heard)
      }
      const ask = (part: object) =>
        postForLines('/console/opportunities/import', { csv, mapping, dryRun, ...part }, tell, signal)
      async function inParts() {
        let most = rows.first
        let before: number
        do {
          before = heard.last
          const began = performance.now()
          begun = undefined
          await ask({ after: before, most })
          const reading = (begun ?? performance.now()) - began
          most = nextMost(most, { reading, writing: performance.now() - began - reading })
        } while (!isToStop.current && seen(heard) < heard.rows && heard.last > before)
      }
      try {
        await (dryRun ? ask({}) : inParts())
        await rested
        const isWhole = seen(heard) === heard.rows
        if (!signal.aborted) setStage(dryRun ? 'checked' : isWhole ? 'imported' : 'stopped')
      } catch (failure) {
        await rested
        if (signal.aborted) return
        // A file that was refused keeps the columns it had, so that they can be given other meanings.
        setReport(({ columns }) => ({ ...heard, columns: heard.columns.length > 0 ? heard.columns : columns }))
        setError(failure as Error)
        setStage(dryRun ? 'checked' : 'stopped')
      }
    },
    [csv, mapping],
  )

  useEffect(() => {
    void begin(true)
    return () => running.current?.abort()
  }, [begin])

  function stop() {
    isToStop.current = true
    setStage('stopping')
    const attempt = running.current
    setTimeout(() => {
      if (attempt !== running.current) return
      attempt?.abort()
      setStage((stage) => (stage === 'stopping' ? 'stopped' : stage))
    }, stopsAfter)
  }
  return { report, stage, error, run: () => void begin(false), stop }
}
