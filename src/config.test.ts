import { describe, expect, test } from 'vitest'
import { WrongUsage } from './config/options.ts'
import { address, readConfig } from './config.ts'

const refusal = (argv: string[], env = {}) => {
  try {
    readConfig(argv, env)
  } catch (error) {
    expect(error).toBeInstanceOf(WrongUsage)
    return (error as Error).message
  }
  throw new Error('should have been refused')
}

describe('the configuration', () => {
  test('is complete when nothing is given, and cannot be changed', () => {
    const config = readConfig([], {})

    expect(config).toEqual({
      host: '127.0.0.1',
      port: 4400,
      db: 'pipewright.db',
      publicUrl: null,
      rateLimit: { burst: 100, intervalMs: 10_000, daily: 200_000 },
      demo: 0,
      json: false,
      logLevel: 'warn',
      requireStage: false,
      relaxedSearch: false,
      allowPrivateWebhooks: [],
      keepDeliveries: 30,
    })
    expect(Object.isFrozen(config)).toBe(true)
  })

  test('takes options in both spellings', () => {
    const config = readConfig(
      ['--port', '0', '--db=:memory:', '--json', '--require-stage', '--relaxed-search=false'],
      {},
    )

    expect(config).toMatchObject({ port: 0, db: ':memory:', json: true, requireStage: true, relaxedSearch: false })
  })

  test('takes environment variables, and the command line before them', () => {
    const env = { PIPEWRIGHT_PORT: '5000', PIPEWRIGHT_HOST: '0.0.0.0', PIPEWRIGHT_JSON: '1', PIPEWRIGHT_DEMO: '' }

    expect(readConfig(['--port', '6000'], env)).toMatchObject({ port: 6000, host: '0.0.0.0', json: true, demo: 0 })
  })

  test.each([
    ['Postgres://crm:Secret@db/crm', 'postgres://crm:Secret@db/crm'],
    [' postgresql://crm@db/Crm\n', 'postgresql://crm@db/Crm'],
    [' crm.db ', 'crm.db'],
    ['./postgres/crm.db', './postgres/crm.db'],
    ['C:\\data\\a@b.db', 'C:\\data\\a@b.db'],
  ])('finds the data at %j, in whatever case and between blanks', (given, db) => {
    expect(readConfig(['--db', given], {}).db).toBe(db)
    expect(readConfig([], { PIPEWRIGHT_DB: given }).db).toBe(db)
  })

  test.each([
    'postgres//crm:secret@db/crm',
    'postgres:/crm:secret@db/crm',
    '"postgres://crm:secret@db/crm"',
    "'postgres://crm:secret@db/crm'",
    'crm:secret@db/crm',
    ' ',
  ])('takes %j for no file', (given) => {
    expect(refusal(['--db', given])).toMatch(/^--db must be a file, :memory:, or a URL such as /)
    if (given.trim()) expect(refusal([], { PIPEWRIGHT_DB: given })).toMatch(/^PIPEWRIGHT_DB must be a file/)
  })

  test.each([
    ['https://crm.example.com', 'https://crm.example.com'],
    ['https://crm.example.com:8443/', 'https://crm.example.com:8443'],
    ['HTTP://Example.com/crm//', 'http://example.com/crm'],
  ])('reads the public address %s', (given, publicUrl) => {
    expect(readConfig(['--public-url', given], {})).toMatchObject({ publicUrl })
    expect(readConfig([], { PIPEWRIGHT_PUBLIC_URL: given })).toMatchObject({ publicUrl })
  })

  test.each([
    ['50/1s,1000/day', { burst: 50, intervalMs: 1000, daily: 1000 }],
    ['1000/day', { burst: 100, intervalMs: 10_000, daily: 1000 }],
    ['600/1m', { burst: 600, intervalMs: 60_000, daily: 200_000 }],
    ['off', null],
  ])('reads the rate limit %s', (text, limit) => {
    expect(readConfig(['--rate-limit', text], {}).rateLimit).toEqual(limit)
  })

  test.each([
    ['all', 'all'],
    ['127.0.0.1/32', ['127.0.0.1/32']],
    [' 10.0.0.0/8, fd00::/8 ', ['10.0.0.0/8', 'fd00::/8']],
  ])('reads the networks %j that webhooks may lead into', (given, allowPrivateWebhooks) => {
    expect(readConfig(['--allow-private-webhooks', given], {})).toMatchObject({ allowPrivateWebhooks })
    expect(readConfig([], { PIPEWRIGHT_ALLOW_PRIVATE_WEBHOOKS: given })).toMatchObject({ allowPrivateWebhooks })
  })
})

describe('what is wrong is told in a line', () => {
  test.each([
    [['--port', 'http'], '--port must be a whole number from 0 to 65535, not "http"'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536"'],
    [['--port'], '--port needs a value: --port PORT'],
    [['--db', '--json'], '--db needs a value: --db FILE|URL'],
    [['--prot', '1'], '--prot is not an option. Did you mean --port?'],
    [['--ratelimit', 'off'], '--ratelimit is not an option. Did you mean --rate-limit?'],
    [['--frobnicate'], '--frobnicate is not an option. See --help.'],
    [['--json=maybe'], '--json must be true or false, not "maybe"'],
    [['--rate-limit', '100'], '--rate-limit must look like 100/10s,200000/day or be off, not "100"'],
    [['--rate-limit', '0/10s'], '--rate-limit must look like 100/10s,200000/day or be off, not "0/10s"'],
    [['--log-level', 'loud'], '--log-level must be one of silent, error, warn, info, debug, trace, not "loud"'],
    ...['mysql://localhost/x', 'postgres://localhost', 'postgres://:x@:/', 'postgres://host/a/b'].map(
      (url): [string[], string] => [['--db', url], `--db must be a file, :memory:, or a URL such as ${address}`],
    ),
    [['--public-url'], '--public-url needs a value: --public-url URL'],
    ...['crm.example.com', 'ftp://crm.example.com', 'https://', 'https://c.de/?q', 'https://c.de#x'].map(
      (url): [string[], string] => [
        ['--public-url', url],
        `--public-url must be an address such as https://crm.example.com, not "${url}"`,
      ],
    ),
    ...['10.0.0.1', '10.0.0.0/33', 'none', 'localhost/8'].map((network): [string[], string] => [
      ['--allow-private-webhooks', `127.0.0.0/8,${network}`],
      `--allow-private-webhooks must be networks such as 10.0.0.0/8,fd00::/8, or all, not "${network}"`,
    ]),
    [['extra'], '"extra" is one word too many. See --help.'],
  ])('%j', (argv, line) => {
    expect(refusal(argv)).toBe(line)
  })

  test('by the name of the variable, when it came from there', () => {
    expect(refusal([], { PIPEWRIGHT_PORT: 'x' })).toMatch(/^PIPEWRIGHT_PORT must be a whole number/)
  })
})
