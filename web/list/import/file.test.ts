import { expect, test } from 'vitest'
import { decode, readHead } from './file.ts'

test.each([
  [
    'commas',
    'Name,Value\nTablets,5\nPhones,6',
    [
      ['Name', 'Value'],
      ['Tablets', '5'],
    ],
  ],
  [
    'semicolons and a mark',
    '\ufeffName;"Value, net"\r\n"Tab;lets";"4.997,50"\r\n',
    [
      ['Name', 'Value, net'],
      ['Tab;lets', '4.997,50'],
    ],
  ],
  [
    'tabs',
    'Name\tValue\nTablets\t',
    [
      ['Name', 'Value'],
      ['Tablets', ''],
    ],
  ],
  [
    'quotation marks and lines in a cell',
    'Name,Note\n"The ""big"" one","a\nb"',
    [
      ['Name', 'Note'],
      ['The "big" one', 'a\nb'],
    ],
  ],
  ['no row', 'Name,Value', [['Name', 'Value'], []]],
])('the head of a file with %s is read', (_with, text, [headers, first]) => {
  expect(readHead(text)).toEqual({ headers, first })
})

test('a file in the code page of a spreadsheet keeps its umlauts', () => {
  expect(decode(new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]).buffer)).toBe('Müller')
  expect(decode(new TextEncoder().encode('Müller').buffer)).toBe('Müller')
})
