import { Readable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { invalid } from '../../errors.ts'

/** A file as it was sent: its first line, and the others with the numbers a spreadsheet shows beside them. */
export interface Sheet {
  headers: string[]
  rows: SheetRow[]
}

export interface SheetRow {
  number: number
  cells: string[]
}

/** More would be better sent in several files; each row is a transaction. */
export const mostRows = 20_000

/** All of a file before anything of it is written, so that what cannot be read changes nothing. */
export async function readSheet(text: string): Promise<Sheet> {
  if (text.includes('\0')) throw invalid('csv must be UTF-8 text: save it as "CSV UTF-8"')
  const [headers = [], ...rows] = await parseRows(text)
  const named = headers.map((header) => header.trim())
  if (!named.some(Boolean)) throw invalid('csv must begin with a line of column names')
  const twice = named.find((header, at) => header !== '' && named.indexOf(header) !== at)
  if (twice !== undefined) throw invalid(`csv must not have two columns called ${twice}`)
  const filled = rows.map((cells, at) => ({ number: at + 2, cells })).filter(({ cells }) => cells.some(Boolean))
  if (filled.length > mostRows) throw invalid(`csv must have no more than ${mostRows} rows`)
  return { headers: named, rows: filled }
}

async function parseRows(text: string): Promise<string[][]> {
  const options = { bom: true, relax_column_count: true, trim: true, delimiter: delimiterOf(text) }
  const rows: string[][] = []
  try {
    for await (const cells of Readable.from(piecesOf(text)).pipe(parse(options))) rows.push(cells.map(bareText))
    return rows
  } catch (error) {
    throw invalid(`csv cannot be read: ${(error as Error).message}`)
  }
}

const pieceLength = 65_536

/** Between two pieces others have a turn. */
async function* piecesOf(text: string) {
  for (let at = 0; at < text.length; at += pieceLength) {
    yield text.slice(at, at + pieceLength)
    await breathe()
  }
}

/** Spreadsheets write what their country is used to; the first line tells. */
function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (sign: string) => line.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** The quotation mark that keeps a spreadsheet from taking a text for a formula is not part of the text. */
const bareText = (cell: string) => cell.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '')

/** A text so that a spreadsheet does not take it for a formula; `bareText` undoes it. */
export const harmless = (text: string): string =>
  /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
