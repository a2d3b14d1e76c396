import { binLife } from '../domain/opportunities/bin.ts'
import { forget, locationsWithOld } from '../domain/opportunities/binTable.ts'
import type { Automation } from './context.ts'
import type { Lane } from './lane.ts'

const hour = 3_600_000
const batch = 200

/** The lane that looks each hour for what has been in the bin for so long that it is forgotten. */
export function binLane({ store, now }: Pick<Automation, 'store' | 'now'>): Lane<string> {
  let next = 0
  return {
    name: 'bin',
    width: 1,
    async claim(at) {
      if (at < next) return []
      next = at + hour
      return locationsWithOld(store, at - binLife)
    },
    perform: async (locationId, signal) => {
      const forgetSome = () => store.transaction((tx) => forget(tx, locationId, now() - binLife, batch))
      while (!signal.aborted && (await forgetSome()) === batch);
    },
  }
}
