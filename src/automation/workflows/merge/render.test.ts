import { expect, test } from 'vitest'
import { DomainError } from '../../../domain/errors.ts'
import { render } from './render.ts'

const list = (length: number) => ({ payload: { list: Array.from({ length }, () => 1), text: 'x'.repeat(1000) } })
const nested = (depth: number) => `${'{{#payload.list}}'.repeat(depth)}x${'{{/payload.list}}'.repeat(depth)}`

test('texts are filled in wherever they stand', () => {
  expect(render({ a: ['{{payload.text}}', 1], b: null }, { payload: { text: 'T' } })).toEqual({ a: ['T', 1], b: null })
  expect(render(nested(2), list(10))).toBe('x'.repeat(100))
})

test('what is filled into HTML stands there as text, unless it is asked for as it is', () => {
  const view = { stage: '<b>x</b> & \n', list: ['<', '>'] }
  const text = '<p>{{stage}}{{#list}}{{.}}{{/list}}</p>'

  expect(render({ body: text, title: text }, view, ['body'])).toEqual({
    body: '<p>&lt;b&gt;x&lt;/b&gt; &amp;&#32;&#10;&lt;&gt;</p>',
    title: '<p><b>x</b> & \n<></p>',
  })
  expect(render({ body: '{{{stage}}}{{&stage}}' }, view, ['body'])).toEqual({ body: view.stage.repeat(2) })
  expect(render({ list: [text], deep: { body: text } }, view, ['body'])).toEqual({
    list: ['<p><b>x</b> & \n<></p>'],
    deep: { body: '<p><b>x</b> & \n<></p>' },
  })
})

test.each([
  ['a list in a list in a list', nested(5), list(150)],
  [
    'what is left out for each of very many',
    '{{#payload.list}}{{^payload}}x{{/payload}}{{/payload.list}}',
    list(20_000),
  ],
  [
    'the same long text again and again',
    { a: Array.from({ length: 300 }, () => '{{payload.text}}'.repeat(4)) },
    list(1),
  ],
])('what would become too long is refused, and soon: %s', (_what, text, view) => {
  const began = performance.now()

  expect(() => render(text, view)).toThrow(DomainError)
  expect(() => render(text, view)).toThrow('The merge fields become too long')
  expect(performance.now() - began).toBeLessThan(2000)
})

test('nothing is included, by whatever name', () => {
  expect(render('a{{> constructor}}{{> toString}}b', {})).toBe('ab')
})
