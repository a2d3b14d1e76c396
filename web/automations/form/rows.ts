/** Rows that are known by where they stand: they have nothing else of their own. */
export const numbered = <T>(rows: T[]): { id: string; at: number; row: T }[] =>
  rows.map((row, at) => ({ id: `row ${at}`, at, row }))

export const replaced = <T>(rows: T[], at: number, row: T): T[] => rows.map((one, other) => (other === at ? row : one))

export const without = <T>(rows: T[], at: number): T[] => rows.filter((_, other) => other !== at)
