/** One kind of due work. */
export interface Lane<Work = unknown> {
  name: string
  /** How many are under way, or claimed for it, at once in this process. */
  width: number
  /** Claims what is due at `now` for this process, at most `limit`; whatever is claimed is performed. */
  claim(now: number, limit: number): Promise<Work[]>
  /** Does one. What fails as part of the work is recorded by it; what it throws is our fault, and logged. */
  perform(work: Work, signal: AbortSignal): Promise<void>
}
