import type { BrowserContext, ConsoleMessage } from 'playwright-core'

/** Tells of everything on a context's pages that a person would call broken, or that goes to anywhere but the server. */
export function listen(context: BrowserContext, url: string, tell: (complaint: string) => void) {
  context.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message, url)) tell(`console: ${message.text()} (${placeOf(message)})`)
  })
  context.on('weberror', (error) => tell(`script: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    if (!isOurs(request.url(), url)) tell(`request to ${request.url()}`)
  })
}

/**
 * Chromium writes every reply of 400 and more to the console, and what was under way when the network went; the app shows
 * what the API means, and asks again.
 */
function isRefusal(message: ConsoleMessage, url: string): boolean {
  const isExpected = expected.test(message.text())
  return (
    isExpected && isOurs(message.location().url, url) && !new URL(message.location().url).pathname.startsWith('/app')
  )
}

const expected =
  /^Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_INTERNET_DISCONNECTED)/

const placeOf = (message: ConsoleMessage) => `${message.location().url}:${message.location().lineNumber}`

const isOurs = (address: string, url: string) => /^(data|blob):/.test(address) || new URL(address).origin === url
