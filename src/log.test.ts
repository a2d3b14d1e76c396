import { expect, test } from 'vitest'
import { createLogger } from './log.ts'

const secret = 'pit-5d5c2b9e'

test.each(['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey'])(
  'what is called %s never reaches the log, however deep it lies',
  (name) => {
    let written = ''
    const logger = createLogger('info', { write: (line) => (written += line) })

    logger.info({ [name]: secret }, 'bare')
    logger.info({ caller: { [name]: secret } }, 'within')
    logger.info({ request: { headers: { [name]: secret } } }, 'deeper')

    expect(written.match(/"\[redacted\]"/g)).toHaveLength(3)
    expect(written).not.toContain(secret)
  },
)

test('what is logged is a line of JSON with a level, a time and a message', () => {
  let written = ''
  const logger = createLogger('info', { write: (line) => (written += line) })

  logger.debug('unheard')
  logger.info({ tokenId: 'abc' }, 'request')

  expect(JSON.parse(written)).toEqual({ level: 30, time: expect.any(Number), tokenId: 'abc', msg: 'request' })
})
