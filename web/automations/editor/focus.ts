const cards = () => [...document.querySelectorAll<HTMLElement>('[data-card]')]

/** The card before or behind, as they stand on the page. */
export function focusBeside(path: string, by: 1 | -1): void {
  const all = cards()
  all[all.findIndex(({ dataset }) => dataset.card === path) + by]?.focus()
}

/** Once it is drawn: what was just moved or added keeps the keyboard. */
export function focusSoon(path: string): void {
  requestAnimationFrame(() =>
    cards()
      .find(({ dataset }) => dataset.card === path)
      ?.focus(),
  )
}

export const scrollIntoSight = ({ target }: { target: EventTarget }): void =>
  (target as HTMLElement).scrollIntoView({ block: 'nearest', inline: 'nearest' })
