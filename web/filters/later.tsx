import { type ComponentType, Suspense } from 'react'
import { later } from '../page/later.ts'

const inChips = () => import('./inChips.ts')
type InChips = Awaited<ReturnType<typeof inChips>>

/** Nobody needs a chip's fields before it is opened: they are no part of what a page loads at first. */
function inChip<Props extends object>(choose: (all: InChips) => ComponentType<Props>): ComponentType<Props> {
  const Later = later(async () => ({ default: choose(await inChips()) })) as unknown as ComponentType<Props>
  return (props) => (
    <Suspense>
      <Later {...props} />
    </Suspense>
  )
}

export const Choices = inChip((all) => all.Choices)
export const MoneyField = inChip((all) => all.MoneyField)
export const NumberField = inChip((all) => all.NumberField)
