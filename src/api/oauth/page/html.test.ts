import { expect, test } from 'vitest'
import { html } from './html.ts'

test('a text is shown as it is, in an element and in an attribute', () => {
  const text = `<b onclick="x('y')">\`&amp;</b>`

  expect(html`<p title="${text}">${text}</p>`.html).toBe(
    '<p title="&#60;b onclick=&#34;x(&#39;y&#39;)&#34;&#62;&#96;&#38;amp;&#60;/b&#62;">&#60;b onclick=&#34;x(&#39;y&#39;)&#34;&#62;&#96;&#38;amp;&#60;/b&#62;</p>',
  )
})

test('only what was made here is markup: one, several, or none', () => {
  const items = ['a', '<'].map((text) => html`<li>${text}</li>`)

  expect(html`<ul>${items}</ul>${false}${undefined}${html`<hr>`}`.html).toBe('<ul><li>a</li><li>&#60;</li></ul><hr>')
})
