/** What stages are offered; legible as a dot on light and dark. Any other can be written as a code. */
export const palette: readonly string[] = [
  '#64748B',
  '#DC4C4C',
  '#E8722D',
  '#D99A16',
  '#7DA52B',
  '#2F9E62',
  '#189A97',
  '#2A93CF',
  '#4A6FE3',
  '#8059E0',
  '#B94BC4',
  '#DB4B87',
]

export const isColor = (text: string): boolean => /^#[0-9a-fA-F]{6}$/.test(text)
