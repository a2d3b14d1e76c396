/** What a payload has at a place such as `data.object.items[0].email`; undefined where it has nothing there. */
export function at(payload: unknown, path: string): unknown {
  const parts = path
    .replace(/^\$\.?/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
  return parts.reduce<unknown>(
    (found, part) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, part)
        ? (found as Record<string, unknown>)[part]
        : undefined,
    payload,
  )
}

/** The first of several places that has a text or a number; as text. */
export function textAt(payload: unknown, paths: string | string[] | undefined): string | undefined {
  for (const path of [paths ?? []].flat()) {
    const found = at(payload, path)
    const text = typeof found === 'string' ? found.trim() : typeof found === 'number' ? String(found) : ''
    if (text) return text
  }
  return undefined
}
