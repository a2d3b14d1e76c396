/** So much of a sentence is read at a glance, and fits beside the buttons of a toast on a phone. */
const most = 116
/** What happened stands at its end: that takes the larger part. */
const tail = 64
/** A word that is cut is left out, unless it is one without end. */
const wordCutAtEnd = /\s+\S{0,16}$/
const wordCutAtStart = /^\S{0,16}\s+/

/**
 * A sentence that a name makes too long, without its middle: what it is about stands at its beginning, and what happened
 * to it at its end.
 */
export function short(says: string): string {
  const signs = [...says]
  if (signs.length <= most) return says
  const head = signs.slice(0, most - tail - 3).join('')
  const end = signs.slice(-tail).join('')
  return `${head.replace(wordCutAtEnd, '')} … ${end.replace(wordCutAtStart, '')}`
}
