/** Lets so many in at once; the others wait in line. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export function newGate(most: number): Gate {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((enter) => waiting.push(enter))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
