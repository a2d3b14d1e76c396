import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')
const pairs = [...tokens.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)]
const themes = {
  light: Object.fromEntries(pairs.map(([, name, light]) => [name, light as string])),
  dark: Object.fromEntries(pairs.map(([, name, , dark]) => [name, dark as string])),
}

const grounds = ['paper', 'surface', 'raised', 'sunken', 'hover', 'pressed']
const texts: [ink: string, grounds: string[]][] = [
  ['ink', [...grounds, 'accent-soft', 'won-soft', 'lost-soft', 'abandoned-soft', 'stale-soft']],
  ['ink-soft', [...grounds, 'accent-soft']],
  ['ink-faint', ['paper', 'surface', 'raised', 'sunken', 'hover', 'accent-soft']],
  ['accent', ['paper', 'surface', 'raised', 'sunken', 'hover', 'accent-soft']],
  ...['won', 'lost', 'abandoned', 'stale'].map((meaning): [string, string[]] => [
    meaning,
    ['paper', 'surface', 'raised', 'sunken', 'hover', `${meaning}-soft`],
  ]),
  ['on-accent', ['accent', 'accent-deep']],
  ['on-danger', ['danger-fill']],
]
const shapes: [shape: string, grounds: string[]][] = [
  ['control', ['surface']],
  ['accent', ['paper', 'surface', 'raised', 'sunken', 'hover', 'accent-soft']],
]

describe.each(Object.entries(themes))('in the %s theme', (_, theme) => {
  test.each(texts)('%s is legible on all that it is written on', (ink, on) => {
    const tooWeak = on.filter((ground) => !(contrast(theme[ink], theme[ground]) >= 4.5))

    expect(tooWeak).toEqual([])
  })

  test.each(shapes)('%s stands out from all that it is drawn on', (shape, on) => {
    const tooWeak = on.filter((ground) => !(contrast(theme[shape], theme[ground]) >= 3))

    expect(tooWeak).toEqual([])
  })
})

/** WCAG 2.2: from 1 to 21. */
function contrast(one: string | undefined, other: string | undefined): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Of `L% C H`, by way of OKLab and linear sRGB, as CSS Color 4 has it; what no screen can show is clipped. */
function luminance(oklch: string | undefined): number {
  const [lightness = Number.NaN, chroma = 0, hue = 0] = (oklch ?? '').split(' ').map(Number.parseFloat)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  return 0.2126 * shown(red) + 0.7152 * shown(green) + 0.0722 * shown(blue)
}

const shown = (light: number) => Math.min(Math.max(light, 0), 1)
