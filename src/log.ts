import pino, { type Logger } from 'pino'

/** Whatever is logged by mistake under these names never reaches the log. */
const secrets = ['authorization', 'password', 'secret', 'token', 'apiKey'].flatMap((name) => [
  `*.${name}`,
  `*.*.${name}`,
])

/** Structured lines on standard error: standard output belongs to what the verbs print. Written a few times a second. */
export function createLogger(level: string): Logger {
  const redact = { paths: [...secrets, 'req.headers.authorization', 'req.headers.cookie'], censor: '[redacted]' }
  return pino(
    { level, redact, base: null },
    pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 250 }),
  )
}
