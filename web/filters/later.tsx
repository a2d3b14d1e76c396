import { type ComponentType, lazy, Suspense } from 'react'

const inChips = () => import('./inChips.ts')
type InChips = Awaited<ReturnType<typeof inChips>>

/** Nobody needs a chip's fields before it is opened: they are no part of what a page loads at first. */
function later<Props extends object>(choose: (all: InChips) => ComponentType<Props>): ComponentType<Props> {
  const Later = lazy(async () => ({ default: choose(await inChips()) })) as unknown as ComponentType<Props>
  return (props) => (
    <Suspense>
      <Later {...props} />
    </Suspense>
  )
}

export const Choices = later((all) => all.Choices)
export const MoneyField = later((all) => all.MoneyField)
export const NumberField = later((all) => all.NumberField)
