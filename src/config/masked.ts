/**
 * Takes the passwords of addresses out of a text that may quote what was given: words of the command line, values of
 * variables. They are known by where they stand, however wrong the rest of the address is.
 */
export function masking(given: string[]): (text: string) => string {
  const hidden = given.flatMap(passwordsIn).sort((one, other) => other.secret.length - one.secret.length)
  return (text) => hidden.reduce((left, { before, secret }) => left.replaceAll(before + secret, `${before}…`), text)
}

/** A secret, and what stands before it: alone, a short one would be found in any word. */
interface Hidden {
  before: string
  secret: string
}

function passwordsIn(given: string): Hidden[] {
  const named = [...given.matchAll(/(password\s*=\s*)([^&#\s]+)/gi)]
  const found = named.map(([, before = '', secret = '']) => ({ before, secret }))
  const signed = signedIn(given)
  return signed ? [...parts(signed), ...found] : found
}

/** `//user:password@`, also without the slashes; without the `@`, whatever stands where a port's digits would. */
function signedIn(given: string): Hidden | undefined {
  const slashes = given.indexOf('//')
  const colon = given.indexOf(':', Math.max(0, slashes))
  if (colon < 0) return undefined
  const [, before = ''] = /([^\s=/"']*:)$/.exec(given.slice(0, colon + 1)) ?? []
  const rest = given.slice(colon + 1)
  const end = rest.lastIndexOf('@')
  if (end >= 0) return { before, secret: rest.slice(0, end) }
  const [secret = ''] = slashes < 0 ? [] : (/^(?!\d+(\W|$))[^/?#]+/.exec(rest) ?? [])
  return { before, secret }
}

/** A flag is cut at `=`, a list at its commas, and a message may quote the first piece alone. */
function parts({ before, secret }: Hidden): Hidden[] {
  const ends = [...secret.matchAll(/[=,]/g)].map(({ index }) => index)
  return [...ends, secret.length].map((end) => ({ before, secret: secret.slice(0, end) })).filter(isLong)
}

const isLong = ({ secret }: Hidden) => secret.length > 0
