const onTop = ':is(.dialog, .popover):not([data-exiting])'

/**
 * Escape while nothing in reach has the focus belongs to the dialog or menu that lies on top. A browser gives a key to
 * the page itself where the button that had the focus has just gone, such as a row's own after “Restore”, and to what
 * lies behind in the moment before a dialog takes the focus. Neither would reach the dialog: it would stay open, and
 * keep the page out of reach.
 */
export function leadEscape(): void {
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !isLost(event.target)) return
    const top = [...document.querySelectorAll(onTop)].findLast((overlay) => !isOutOfReach(overlay))
    top?.dispatchEvent(new KeyboardEvent('keydown', event))
  })
}

const isLost = (target: EventTarget | null) =>
  target === document.body || (target instanceof Element && isOutOfReach(target))

const isOutOfReach = (element: Element) => element.closest('[inert]') !== null
