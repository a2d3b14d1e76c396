import { useCallback, useEffect, useRef, useState } from 'react'
import { postForLines } from '../../api/client.ts'
import { hear, type Line, nothingYet, type Report, seen } from './report.ts'

/** By header: what the person has said a column is about; null is nothing. */
export type Mapping = Record<string, string | null>

/** So long an import takes at least: the second of two clicks that begin it does not meet what stands there afterwards. */
const moment = () => new Promise((done) => setTimeout(done, 600))

export type Stage = 'checking' | 'checked' | 'importing' | 'stopping' | 'imported' | 'stopped'

/** How many rows the next request is about: as many as are done in a second or two, which is what a stop waits for. */
const nextMost = (most: number, took: number) =>
  took < 1000 ? most * 2 : took > 2000 ? Math.max(16, Math.floor(most / 2)) : most

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
      const tell = (lines: Line[]) => {
        heard = hear(heard, lines)
        if (!signal.aborted) setReport(heard)
      }
      const ask = (part: object) =>
        postForLines('/console/opportunities/import', { csv, mapping, dryRun, ...part }, tell, signal)
      async function inParts() {
        let most = 64
        let before: number
        do {
          before = heard.last
          const began = performance.now()
          await ask({ after: before, most })
          most = nextMost(most, performance.now() - began)
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
  }
  return { report, stage, error, run: () => void begin(false), stop }
}
