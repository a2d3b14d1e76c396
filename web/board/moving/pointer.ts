import type { Card } from '../deck/cards.ts'
import { aim, getDrag, letGo, setDrag, type Target } from './drag.ts'

/** How far the pointer moves before it carries; a finger that moves at once scrolls, one that rests for a while carries. */
const slack = 5
const restOfFinger = 300
/** Near the edge of the board it scrolls by itself, so many pixels a frame at most. */
const edge = 72
const fastest = 18

export type Drop = (card: Card, target: Exclude<Target, null>, from: DOMRect) => void

interface Grip {
  card: Card
  element: HTMLElement
  /** Of the pointer in the card. */
  dx: number
  dy: number
}

/** Called by a card that is pressed: follows this pointer until it is lifted. */
export function press(event: PointerEvent, card: Card, element: HTMLElement, drop: Drop): void {
  if (event.button !== 0) return
  letGo()
  if (getDrag()) return
  const { clientX, clientY, pointerId } = event
  const rect = element.getBoundingClientRect()
  const grip: Grip = { card, element, dx: clientX - rect.x, dy: clientY - rect.y }
  const isFinger = event.pointerType === 'touch'
  let carrying: ReturnType<typeof carry> | undefined
  const timer = isFinger ? setTimeout(() => begin(clientX, clientY), restOfFinger) : undefined

  function begin(x: number, y: number) {
    carrying = carry(grip, x, y)
  }
  function move(next: PointerEvent) {
    if (next.pointerId !== pointerId) return
    const isFar = Math.hypot(next.clientX - clientX, next.clientY - clientY) > slack
    if (carrying) carrying.to(next.clientX, next.clientY)
    else if (isFar && isFinger) end()
    else if (isFar) begin(next.clientX, next.clientY)
  }
  function up(next: PointerEvent) {
    if (next.pointerId !== pointerId) return
    const { target, rect } = carrying?.drop() ?? {}
    if (carrying) swallowClick()
    end()
    if (target && rect) drop(card, target, rect)
  }
  function cancel(next: PointerEvent) {
    if (next.pointerId === pointerId) end()
  }
  function key(pressed: KeyboardEvent) {
    if (pressed.key !== 'Escape' || !carrying) return
    pressed.preventDefault()
    pressed.stopPropagation()
    addEventListener('pointerup', swallowClick, { once: true })
    end()
  }
  /** A finger that carries does not scroll. */
  const hold = (touch: TouchEvent) => carrying && touch.cancelable && touch.preventDefault()
  const noMenu = (menu: Event) => (carrying || isFinger) && menu.preventDefault()

  function end() {
    clearTimeout(timer)
    carrying?.stop()
    carrying = undefined
    listening.abort()
  }
  const listening = new AbortController()
  const { signal } = listening
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', up, { signal })
  addEventListener('pointercancel', cancel, { signal })
  addEventListener('blur', end, { signal })
  addEventListener('keydown', key, { signal, capture: true })
  addEventListener('touchmove', hold, { signal, passive: false })
  addEventListener('contextmenu', noMenu, { signal, capture: true })
}

/** The picture of the card goes with the pointer, frame by frame; React draws only when the target changes. */
function carry({ card, element, dx, dy }: Grip, startX: number, startY: number) {
  const board = element.closest<HTMLElement>('[data-board]')
  const picture = pictureOf(element)
  let [x, y] = [startX, startY]
  let frame = requestAnimationFrame(show)
  setDrag({ card, by: 'pointer', target: { stageId: card.stageId } })
  document.documentElement.classList.add('carrying')
  board?.classList.add('carrying-over')

  function show() {
    picture.style.transform = `translate(${x - dx}px, ${y - dy}px) rotate(2deg)`
    if (board) scrollAtEdge(board, x)
    aim(targetAt(x, y))
    frame = requestAnimationFrame(show)
  }
  return {
    to(nextX: number, nextY: number) {
      ;[x, y] = [nextX, nextY]
    },
    drop() {
      const target = targetAt(x, y)
      return { target, rect: new DOMRect(x - dx, y - dy, element.offsetWidth, element.offsetHeight) }
    },
    stop() {
      cancelAnimationFrame(frame)
      picture.remove()
      document.documentElement.classList.remove('carrying')
      board?.classList.remove('carrying-over')
      setDrag(null)
    },
  }
}

function pictureOf(element: HTMLElement): HTMLElement {
  const picture = element.cloneNode(true) as HTMLElement
  picture.removeAttribute('data-card')
  picture.classList.add('carried')
  picture.setAttribute('aria-hidden', 'true')
  picture.inert = true
  Object.assign(picture.style, {
    width: `${element.offsetWidth}px`,
    height: `${element.offsetHeight}px`,
    transform: '',
  })
  document.body.append(picture)
  return picture
}

function targetAt(x: number, y: number): Target {
  const under = document.elementFromPoint(x, y)
  const status = under?.closest<HTMLElement>('[data-status-target]')?.dataset.statusTarget
  if (status) return { status } as Target
  const stageId = under?.closest<HTMLElement>('[data-column]')?.dataset.column
  return stageId ? { stageId } : null
}

function scrollAtEdge(board: HTMLElement, x: number): void {
  const { left, right } = board.getBoundingClientRect()
  const beyond = Math.max(0, left + edge - x) - Math.max(0, x - (right - edge))
  if (beyond !== 0) board.scrollLeft -= Math.max(-1, Math.min(1, beyond / edge)) * fastest
}

/** The click that the browser makes of a press and its end is not one on the card. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }))
}
