import './marks.css'

interface Props {
  /** What the colour is taken from, so that it stays when the name changes. */
  id: string
  name: string
  size?: 20 | 24 | 32
  /** Where the name stands beside it, it is not read twice. */
  isDecoration?: boolean
}

/** Initials on a colour that belongs to the id: drawn, not written, for they are no part of any text around them. */
export const Avatar = ({ id, name, size = 20, isDecoration = false }: Props) => (
  <span
    className={`avatar size-${size}`}
    data-hue={hueOf(id)}
    data-initials={initialsOf(name)}
    {...(isDecoration ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name })}
  />
)

const initialsOf = (name: string) => {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const last = words.length > 1 ? words.at(-1) : ''
  return `${[...(words[0] ?? '?')][0]}${[...(last ?? '')][0] ?? ''}`.toUpperCase()
}

const hues = 8

function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % hues
}
