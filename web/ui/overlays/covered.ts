/** Whether a dialog or a menu lies on top: then it has the keyboard to itself, until it begins to go. */
export const isCovered = () => document.querySelector(':is(.scrim, .popover):not([data-exiting])') !== null
