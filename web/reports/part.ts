import type { ReactNode } from 'react'
import type { Asked } from './asked.ts'

/** What each report is told. */
export interface PartProps {
  asked: Asked
  /** As the server takes it. */
  query: Record<string, string | null>
  /** The way out of a range in which there is nothing. */
  showAll: ReactNode
}
