/** Lower case without accents: how names are compared, sorted and searched. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** What free text finds: the parts that are there, folded, on lines of their own. */
export function searchText(parts: (string | null | undefined)[]): string {
  return fold(parts.filter(Boolean).join('\n'))
}
