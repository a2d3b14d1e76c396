import { describe, expect, test } from 'vitest'
import { change, draft, matching, type NewUser } from './user.ts'

const made = (wanted: Partial<NewUser>, id = 'user') =>
  draft({ firstName: 'John', lastName: 'Deo', email: ' John@Deo.com ', ...wanted }, id, 'location', 1000)

describe('a new user', () => {
  test('has an e-mail address in lower case and may do what users may', () => {
    expect(made({})).toMatchObject({ email: 'john@deo.com', role: 'user', deleted: false })
  })

  test('works in this location only', () => {
    expect(() => made({ locationIds: ['location', 'other'] })).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })

  test.each(['', 'john', 'john@deo'])('is not reached at %j', (email) => {
    expect(() => made({ email })).toThrow('email must be an email')
  })

  test('keeps no password', () => {
    expect(JSON.stringify(made({ password: 'correct horse' }))).not.toContain('horse')
  })
})

test('a user is the same object when nothing differs', () => {
  const before = made({})

  expect(change(before, { email: 'JOHN@deo.com', locationIds: ['location'] }, 2000)).toBe(before)
})

describe('a search for users', () => {
  const john = made({}, 'john')
  const zoe = made({ firstName: 'Zoé', email: 'zoe@deo.com', phone: '+49731', role: 'admin' }, 'zoe')
  const gone = { ...made({ firstName: 'Ann', email: 'ann@deo.com' }, 'ann'), deleted: true }
  const found = (by: Parameters<typeof matching>[1]) => matching([zoe, john, gone], by).map(({ id }) => id)

  test('finds by name, e-mail and phone, in order of names', () => {
    expect(found({})).toEqual(['john', 'zoe'])
    expect(found({ query: 'ZOE' })).toEqual(['zoe'])
    expect(found({ query: '+497' })).toEqual(['zoe'])
    expect(found({ direction: 'desc' })).toEqual(['zoe', 'john'])
  })

  test('narrows by id, role, address and whether they are gone', () => {
    expect(found({ ids: ['john'] })).toEqual(['john'])
    expect(found({ role: 'admin' })).toEqual(['zoe'])
    expect(found({ emails: ['john@deo.com'] })).toEqual(['john'])
    expect(found({ deleted: true })).toEqual(['ann'])
  })
})
