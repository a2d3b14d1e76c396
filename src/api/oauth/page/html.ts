/** Text that is safe to send as HTML. */
export interface Html {
  html: string
}

type Part = string | Html | readonly Html[] | false | undefined

/** HTML with values in it. A text is shown as it is, whatever signs it has; only what `html` made is markup. */
export function html(parts: TemplateStringsArray, ...values: Part[]): Html {
  const written = values.map((value, at) => write(value) + (parts[at + 1] ?? ''))
  return { html: (parts[0] ?? '') + written.join('') }
}

function write(value: Part): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string') return value.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return 'html' in value ? value.html : value.map(({ html }) => html).join('')
}
