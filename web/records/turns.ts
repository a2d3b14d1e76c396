const last = new Map<string, Promise<unknown>>()

/** Changes of one record are sent one after the other, so that they are done in the order in which they were made. */
export function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(id) ?? Promise.resolve()).then(work, work)
  last.set(id, mine)
  const leave = () => {
    if (last.get(id) === mine) last.delete(id)
  }
  mine.then(leave, leave)
  return mine
}
