/** What the server takes at once. */
export const mostBytes = 10 * 1024 * 1024

/** As UTF-8, or else as the code page in which spreadsheets like to write. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The names of the columns and the first row below them, to be shown side by side; the server reads the rest. */
export function readHead(text: string): { headers: string[]; first: string[] } {
  const [headers = [], first = []] = readRecords(text.replace(/^\ufeff/, ''), 2)
  return { headers, first }
}

/** Cells may be quoted, and then hold anything: a quotation mark twice stands for one. */
function readRecords(text: string, most: number): string[][] {
  const part = new RegExp(`"((?:[^"]|"")*)"|${delimiterOf(text)}|\\r?\\n|[^]`, 'gy')
  const records: string[][] = [['']]
  for (const [piece, quoted] of text.matchAll(part)) {
    const record = records.at(-1) as string[]
    if (quoted !== undefined) record[record.length - 1] += quoted.replaceAll('""', '"')
    else if (piece.endsWith('\n')) {
      if (records.length === most) break
      records.push([''])
    } else if (piece === delimiterOf(text)) record.push('')
    else record[record.length - 1] += piece
  }
  return records.map((record) => record.map((cell) => cell.trim()))
}

/** The sign that parts most in the first line. */
function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (sign: string) => line.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
