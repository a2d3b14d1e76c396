import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlOf, plainText } from './html.ts'

test('the words of HTML have no markup', () => {
  expect(plainText('<p>Hi &amp; <b>bye</b></p><p>2 &lt; 3</p>')).toBe('Hi & bye\n2 < 3')
  expect(plainText('a < b and c > d')).toBe('a < b and c > d')
})

test.each([
  ['&quot;caf&eacute;&quot; &#8211; &#x20AC;5&hellip; &lt;b&gt;', '"café" – €5… <b>'],
  ['&amp;lt; &amp;amp; &amp;#60;', '&lt; &amp; &#60;'],
  ['&nothing; &Lt &; &#; &#0; &#xD800; &#x110000; R&D; a&b', '&nothing; &Lt &; &#; &#0; &#xD800; &#x110000; R&D; a&b'],
  ['<p>&nbsp;a&nbsp;b&nbsp;</p>', 'a b'],
])('the signs that stand for others in %j are told as those', (html, text) => {
  expect(plainText(html)).toBe(text)
})

test('a text that is written as HTML is the same text again, whatever stands in it', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '&',
    ';',
    '#',
    '&lt;',
    '&nbsp;',
    '<br>',
    '</p>',
    '<!--',
    '\n',
    '\r',
    ' ',
    '\u00a0',
    'b',
  )
  const point = fc.integer({ min: 1, max: 0x10ffff }).filter((one) => one < 0xd800 || one > 0xdfff)
  const sign = point.map((one) => String.fromCodePoint(one))
  const text = fc.array(fc.oneof(piece, sign, fc.string())).map((all) => all.join(''))

  fc.assert(
    fc.property(text, (text) => {
      const html = htmlOf(text)
      return plainText(html) === text && !/[<>"'\n]/.test(html.replaceAll('<br>', ''))
    }),
  )
  expect(htmlOf(`a <b>\n& "c' `)).toBe('a &lt;b&gt;<br>&amp; &quot;c&#39;&#32;')
})

test('a long row of angle brackets takes no long time', () => {
  const started = performance.now()

  plainText('<'.repeat(65_000))
  plainText('<p'.repeat(32_000))
  plainText(`a${'&#32;'.repeat(13_000)}&`)
  htmlOf(`${' '.repeat(10_000)}a`)

  expect(performance.now() - started).toBeLessThan(500)
})
