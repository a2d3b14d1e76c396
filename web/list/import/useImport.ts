import { useCallback, useEffect, useRef, useState } from 'react'
import { postForLines } from '../../api/client.ts'
import { hear, type Line, nothingYet, type Report } from './report.ts'

/** By header: what the person has said a column is about; null is nothing. */
export type Mapping = Record<string, string | null>

/** So long an import takes at least: the second of two clicks that begin it does not meet what stands there afterwards. */
const moment = () => new Promise((done) => setTimeout(done, 600))

export type Stage = 'checking' | 'checked' | 'importing' | 'imported' | 'stopped'

/** Rehearses a file as soon as it is there, and again for each other meaning of a column; imports it when told to. */
export function useImport(csv: string, mapping: Mapping) {
  const [report, setReport] = useState<Report>(nothingYet)
  const [stage, setStage] = useState<Stage>('checking')
  const [error, setError] = useState<Error | null>(null)
  const running = useRef<AbortController>(undefined)

  const begin = useCallback(
    async (dryRun: boolean) => {
      running.current?.abort()
      const attempt = new AbortController()
      running.current = attempt
      const { signal } = attempt
      setStage(dryRun ? 'checking' : 'importing')
      setError(null)
      const rested = dryRun ? undefined : moment()
      let heard = nothingYet
      const tell = (lines: Line[]) => {
        heard = hear(heard, lines)
        if (!signal.aborted) setReport(heard)
      }
      try {
        await postForLines('/console/opportunities/import', { csv, mapping, dryRun }, tell, signal)
        await rested
        if (!signal.aborted) setStage(dryRun ? 'checked' : 'imported')
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
    running.current?.abort()
    setStage('stopped')
  }
  return { report, stage, error, run: () => void begin(false), stop }
}
