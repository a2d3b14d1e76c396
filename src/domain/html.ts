/** The letters and signs from U+00A0 on, as HTML calls them. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'

/** What editors write by name; all else they write as it is, or by its number. */
const entities = new Map([
  ...latin.split(' ').map((name, at) => [name, String.fromCodePoint(160 + at)] as const),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ndash: '–', mdash: '—', lsquo: '‘' }),
  ...Object.entries({ rsquo: '’', ldquo: '“', rdquo: '”', bull: '•', hellip: '…', euro: '€', trade: '™' }),
])

/** The words of HTML without its markup, such as a note's; what is no markup stands as it is. */
export function plainText(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/li)\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z!][^<>]*>/gi, '')
    .replace(/&nbsp;/g, ' ')
    .trim()
    .replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]\w{1,7});/gi, (entity, name: string) => signOf(name) ?? entity)
}

function signOf(name: string): string | undefined {
  if (!name.startsWith('#')) return entities.get(name)
  const point = Number(name.replace('#', '').replace(/^x/i, '0x'))
  return isSign(point) ? String.fromCodePoint(point) : undefined
}

/** Half a sign is none, and nothing is no text. */
const isSign = (point: number) => point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)

const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '<br>',
}

/**
 * The HTML of a text, in an attribute as well, of which `plainText` makes the very same text again. Blanks around it would
 * be no part of it.
 */
export function htmlOf(text: string): string {
  const inner = text.trim()
  const start = text.length - text.trimStart().length
  const around = (blanks: string) => blanks.replace(/./gsu, (blank) => `&#${blank.codePointAt(0)};`)
  const words = inner.replace(/[&<>"'\n]/g, (sign) => marks[sign] as string)
  return around(text.slice(0, start)) + words + around(text.slice(start + inner.length))
}
