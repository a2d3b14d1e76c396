/** Which numbers of events are known, as far back as one may still appear; and which was the last, when. */
export function createKnown() {
  const seqs = new Set<number>()
  /** Each time that the last number moved, oldest first. */
  let marks: { at: number; tip: number }[] = []
  let floor = 0
  let tip = 0

  function mark() {
    if (tip > (marks.at(-1)?.tip ?? floor)) marks.push({ at: performance.now(), tip })
  }

  /** The last number that was known at a time; the lowest that counts where that is too long ago. */
  function tipBefore(time: number): number {
    return marks.findLast(({ at }) => at <= time)?.tip ?? floor
  }

  function add(some: number[]) {
    for (const seq of some) {
      seqs.add(seq)
      if (seq > tip) tip = seq
    }
    mark()
  }

  return {
    add,
    tip: () => tip,
    size: () => seqs.size,
    has: (seq: number) => seqs.has(seq),
    tipBefore,
    /** All at and below `lowest` are known. */
    begin(lowest: number, all: number[]) {
      seqs.clear()
      marks = []
      floor = lowest
      tip = lowest
      add(all)
    },
    /** From now on all that was known at that time counts as the lowest, which it answers. */
    forget(time: number): number {
      floor = tipBefore(time)
      marks = marks.filter(({ at }) => at > time)
      for (const seq of seqs) if (seq <= floor) seqs.delete(seq)
      return floor
    },
  }
}
