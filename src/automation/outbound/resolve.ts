import { lookup, Resolver } from 'node:dns/promises'

export interface Found {
  address: string
  family: 4 | 6
}

/** Addresses of a name; throws as `dns` does where there are none. */
export type Resolve = (host: string) => Promise<Found[]>

/**
 * Asks the name servers, and only where they know nothing the system, which also has a file of names. The system's own
 * look-up keeps one of four threads until it is answered: a few dead names would hold up everything else that needs them.
 */
export function newResolve(servers?: string[]): Resolve {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  if (servers) resolver.setServers(servers)
  return async (host) => {
    const asked = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const found = asked.flatMap((one, at): Found[] => {
      const family = at === 0 ? 4 : 6
      return one.status === 'fulfilled' ? one.value.map((address) => ({ address, family })) : []
    })
    if (found.length > 0) return found
    const late = asked.find((one) => one.status === 'rejected' && one.reason.code === 'ETIMEOUT')
    if (late?.status === 'rejected') throw late.reason
    return (await lookup(host, { all: true })) as Found[]
  }
}
