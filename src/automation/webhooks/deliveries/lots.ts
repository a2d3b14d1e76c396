const sizes = [50, 10, 1] as const

/** In lots of three sizes, so that there are three statements to prepare, not one for each length. */
export function inLots<T>(list: readonly T[]): T[][] {
  const lots: T[][] = []
  for (let at = 0; at < list.length; ) {
    const left = list.length - at
    const size = sizes.find((one) => one <= left) ?? 1
    lots.push(list.slice(at, at + size))
    at += size
  }
  return lots
}
