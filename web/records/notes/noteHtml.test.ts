import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlOf, plainText } from '../../../src/domain/html.ts'
import { noteHtml } from './noteHtml.ts'

test('what somebody typed is what the API tells as the text of the note', () => {
  const piece = fc.constantFrom('<', '>', '&', '&lt;', '<br>', '</p>', '\n', '  ', 'b')
  const text = fc.array(fc.oneof(piece, fc.string())).map((all) => all.join(''))

  fc.assert(fc.property(text, (text) => plainText(noteHtml(text)) === text && noteHtml(text) === htmlOf(text)))
  expect(noteHtml('a <b>\n& c')).toBe('a &lt;b&gt;<br>&amp; c')
})
