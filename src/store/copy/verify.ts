import type { Options } from './copy.ts'
import type { End } from './engine.ts'
import { CannotCopy } from './failures.ts'
import { countOf, described, differences, find, forEach, type Row, strangers, walk } from './rows.ts'
import type { Table } from './tables.ts'

/** Holds every row of the source against its copy, column by column, and throws at the first difference. */
export async function verify(from: End, to: End, name: string, total: number, options: Options): Promise<void> {
  let done = 0
  await forEach(walk(from, name, options.batch), async (rows) => {
    const [wrong] = await strangers(rows, name, to)
    if (wrong) throw await difference(wrong, name, to)
    done += rows.length
    options.onProgress('verify', name, done, total)
  })
  // Each row was found once, so where there are as many there are no others.
  if ((await countOf(to.db, name)) === done) return
  for await (const rows of walk(to, name, options.batch)) {
    const [surplus] = await strangers(rows, name, from)
    if (surplus) throw failed(to, name, surplus, 'the source has no such row')
  }
}

async function difference(row: Row, name: string, to: End): Promise<CannotCopy> {
  const [copy] = await find([row], name, to)
  if (!copy) return failed(to, name, row, 'the row is missing')
  return failed(to, name, row, `${differences(to.tables.get(name) as Table, row, copy).join(', ')} differs`)
}

const failed = ({ tables }: End, name: string, row: Row, what: string) =>
  new CannotCopy(`The copy is not the same: ${name} with ${described(tables.get(name) as Table, row)}: ${what}.`)
