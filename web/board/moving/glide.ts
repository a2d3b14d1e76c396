/** More cards than these at once change place without a motion, which nobody could follow. */
const most = 8
const frames = 12

/**
 * Lets cards slide from where they are to where a change puts them, across columns. What moves is a picture of the card
 * above everything else, since a column shows nothing outside itself.
 */
export function glide(ids: string[], change: () => void, from?: DOMRect): void {
  const before = isCalm() || ids.length > most ? [] : ids.map((id) => ({ id, start: from ?? rectOf(id) }))
  change()
  for (const { id, start } of before) if (start) follow(id, start, frames)
}

const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches
export const cardElement = (id: string) => document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
const rectOf = (id: string) => cardElement(id)?.getBoundingClientRect()

/** The change is drawn in a frame or two; a card that is not to be seen afterwards does not move. */
function follow(id: string, start: DOMRect, left: number): void {
  requestAnimationFrame(() => {
    const element = cardElement(id)
    const end = element?.getBoundingClientRect()
    if (!element || !end || isNear(start, end)) {
      if (left > 0) follow(id, start, left - 1)
      return
    }
    if (isSeen(element, end)) slide(element, start, end)
  })
}

const isNear = (a: DOMRect, b: DOMRect) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < 2

function isSeen(element: HTMLElement, rect: DOMRect): boolean {
  const column = element.closest('[data-column]')?.getBoundingClientRect()
  return Boolean(column && rect.bottom > column.top && rect.top < column.bottom)
}

function slide(element: HTMLElement, start: DOMRect, end: DOMRect): void {
  const picture = element.cloneNode(true) as HTMLElement
  picture.removeAttribute('data-card')
  picture.setAttribute('aria-hidden', 'true')
  picture.inert = true
  picture.classList.add('gliding')
  Object.assign(picture.style, {
    left: `${end.x}px`,
    top: `${end.y}px`,
    width: `${end.width}px`,
    height: `${end.height}px`,
    transform: '',
  })
  document.body.append(picture)
  element.style.opacity = '0'
  const motion = picture.animate(
    [{ transform: `translate(${start.x - end.x}px, ${start.y - end.y}px)` }, { transform: 'none' }],
    { duration: 180, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
  )
  motion.onfinish = () => {
    picture.remove()
    element.style.opacity = ''
  }
  motion.oncancel = motion.onfinish
}
