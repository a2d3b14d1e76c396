/** What is inside of chips, as one piece to load. */
export { MoneyField } from '../ui/fields/MoneyField.tsx'
export { NumberField } from '../ui/fields/NumberField.tsx'
export { Choices } from './Choices.tsx'
