import type { Caller } from '../../../domain/context.ts'
import type { Dialect } from '../../endpoint.ts'
import { contactTools } from './contactTools.ts'
import { opportunityTools } from './opportunityTools.ts'
import { type Tool, type ToolTable, toolOf } from './tool.ts'

const table: ToolTable = { ...opportunityTools, ...contactTools }

/** All tools over a dialect's rows, by name. */
export function toolsOf(rows: Dialect): ReadonlyMap<string, Tool> {
  return new Map(
    Object.entries(table).map(([name, wanted]) => [name, toolOf(name, wanted, requireRow(rows, wanted.row))]),
  )
}

function requireRow(rows: Dialect, id: string) {
  const row = rows[id]
  if (!row) throw new Error(`No row ${id}, of which a tool is to be made`)
  return row
}

/** Whether the caller's scopes are enough for a tool. */
export const isAllowed = ({ row }: Tool, { scopes }: Caller): boolean => !row.scope || scopes.has(row.scope)
