/*
 * What is shown of a request later shows no secret. Texts are masked, not objects: a body may be no JSON at all, or be
 * cut off in the middle.
 */

const mask = '•••'

const secrets = 'password|passwd|secret|token|api[_-]?key|authorization|signature|cookie|csrf|private[_-]?key'

/** A member of JSON whose name ends so, its value perhaps cut off. Names such as `tokenId` lead to no secret. */
const member = new RegExp(`("[^"\\\\]*(?:${secrets})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*(?:"|$)`, 'gi')
/** An authorization code; what errors are called by has capital letters only. */
const code = /("code(?:_verifier)?"\s*:\s*)"(?=[^"]*[a-z])[^"]{16,}(?:"|$)/g
/** What a webhook sends along is somebody else's secret, whatever it is called. */
const headers = /("headers"\s*:\s*)\{[^{}]*(?:\}|$)/g
/** The same in a query or a form. */
const pair = new RegExp(`((?:^|[?&])(?:[^=&\\s]*(?:${secrets})|code|code_verifier)=)[^&\\s]*`, 'gi')
/** Secrets that are known by their looks, wherever they stand; of addresses that are secrets, the end. */
const looks =
  /\bpit-[\w-]{8,}|\bwhsec_[\w+/=-]+|\beyJ[\w-]{8,}\.[\w-]+\.?[\w-]*|(?<=\/hooks\/)[\w-]+|(?<=\/join#)[\w-]+/g

/** Of a body, or a part of one. */
export const hideInBody = (text: string): string =>
  (/^\s*[{[]/.test(text) ? hideMembers(text) : text.replace(pair, `$1${mask}`)).replace(looks, mask)

const hideMembers = (text: string) =>
  text.replace(member, `$1"${mask}"`).replace(code, `$1"${mask}"`).replace(headers, `$1"${mask}"`)

/** Of an address as it was called. */
export const hideInUrl = (url: string): string => url.replace(pair, `$1${mask}`).replace(looks, mask)
