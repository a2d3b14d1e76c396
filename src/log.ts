import pino, { type DestinationStream, type Logger } from 'pino'

/** Whatever is logged by mistake under these names never reaches the log. */
const secrets = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
])

/** Structured lines, on standard error unless told otherwise: standard output belongs to what the verbs print. */
export function createLogger(level: string, destination: DestinationStream = standardError()): Logger {
  return pino({ level, redact: { paths: secrets, censor: '[redacted]' }, base: null }, destination)
}

/** Written a few times a second. */
const standardError = () => pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 250 })
