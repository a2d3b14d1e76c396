import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlOf, plainText } from '../../../src/domain/html.ts'
import { isMarkup, noteHtmlOf, noteTextOf } from './noteText.ts'

const piece = fc.constantFrom('<', '>', '&', '&lt;', '&amp;', '<br>', '</p>', '\n', '  ', ' ', '{', '}', 'b', '&#65;')
const typed = fc.array(fc.oneof(piece, fc.string())).map((all) => all.join(''))
const mergeFields = [
  '{{contact.name}}',
  '{{{payload.html}}}',
  '{{&payload.html}}',
  '{{#contact.tags}}',
  '{{/contact.tags}}',
]

test('what is typed is what the note says, and what is shown again', () => {
  const plain = typed.filter((text) => !text.includes('{{'))

  fc.assert(
    fc.property(plain, (text) => {
      expect(plainText(noteHtmlOf(text))).toBe(text)
      for (const html of [noteHtmlOf(text), htmlOf(text)]) {
        expect(noteTextOf(html)).toBe(text)
        expect(isMarkup(html)).toBe(false)
      }
    }),
  )
})

test('merge fields stay as they are, with text around them', () => {
  const mixed = fc.array(
    fc.oneof(
      typed.filter((text) => !/[{}]/.test(text)),
      fc.constantFrom(...mergeFields),
    ),
  )

  fc.assert(
    fc.property(mixed, (parts) => {
      const html = noteHtmlOf(parts.join(''))
      expect(html.match(/\{\{.*?\}\}\}?/g) ?? []).toEqual(parts.filter((part) => part.startsWith('{{')))
      expect(noteTextOf(html)).toBe(parts.join(''))
    }),
  )
  expect(noteHtmlOf('<b> of {{contact.name}} & {{{payload.html}}}\n')).toBe(
    '&lt;b&gt; of {{contact.name}} &amp; {{{payload.html}}}&#10;',
  )
})

test.each([
  ['Hello & welcome', false],
  ['a < b, c > d; {{{payload.html}}}', false],
  ['one<br>two&#10;', false],
  ['<p>Hello</p>', true],
  ['caf&eacute;', true],
  ['<!-- nothing -->', true],
])('of %j it is known whether it is markup', (html, is) => {
  expect(isMarkup(html)).toBe(is)
})
