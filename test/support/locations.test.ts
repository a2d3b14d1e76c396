import { beforeAll, describe, expect, test } from 'vitest'
import { read, ready } from './locations.ts'

describe('the proof that a statement stays in one location', () => {
  beforeAll(() => ready())
  const tables = new Set(['a', 'b'])
  const ties = (text: string) => read(text, tables).mentions.map(({ alias, tie }) => `${alias} ${tie}`)

  test.each([
    ['select 1 from a where location_id = $1', ['a $1']],
    ['select 1 from a x join b on b.location_id = x.location_id where $2 = x.location_id', ['x $2', 'b $2']],
    [
      'select 1 from a left join b on b.location_id = a.location_id and b.id = a.id where a.location_id = $1',
      ['a $1', 'b $1'],
    ],
    [
      'select 1 from a where location_id = $1 and id in (select id from b where location_id = a.location_id)',
      ['a $1', 'b $1'],
    ],
    ['select 1 from (select cast($3 as text) as location_id) o join a on a.location_id = o.location_id', ['a $3']],
    ['insert into a (id, location_id) values ($1, $2), ($3, $4)', ['a $2', 'a $4']],
    ['insert into a (id, location_id) select id, location_id from b where location_id = $1', ['a null', 'b $1']],
    ['update a set n = (select max(n) from b where b.location_id = $2) where location_id = $1', ['a $1', 'b $2']],
    ['delete from a using b where a.location_id = $1 and b.location_id = a.location_id', ['a $1', 'b $1']],
  ])('follows the ties of %s', (text, wanted) => {
    expect(ties(text).sort()).toEqual(wanted.sort())
  })

  test.each([
    'select 1 from a',
    'select 1 from a where location_id = $1 or id = $2',
    'select 1 from a where not location_id = $1',
    'select 1 from a where location_id in ($1, $2)',
    'select 1 from a where location_id > $1',
    'select 1 from a, c where c.location_id = $1',
    'select 1 from c where location_id = $1 and id in (select id from a)',
    'select 1 from c where location_id = $1 union all select 1 from a',
    'with o as (select * from c where location_id = $1 limit 1) select 1 from o join a on a.location_id = o.location_id',
    'select (select max(id) from a) from c where location_id = $1',
    'insert into a (id) values ($1)',
    'update a set n = 1 where id = $1',
    'delete from a where id = $1',
  ])('does not take %s for tied', (text) => {
    expect(ties(text)).toEqual(['a null'])
  })

  test.each([
    ['update a set location_id = $2 where location_id = $1', 'moves rows of a'],
    ['insert into a (location_id) values ($1) on conflict (id) do nothing', 'meets rows of a by another key'],
    ['create index x on a (id)', 'is no statement that this proof knows: IndexStmt'],
  ])('tells what is refused in %s', (text, fault) => {
    expect(read(text, tables).faults).toEqual([fault])
  })
})
