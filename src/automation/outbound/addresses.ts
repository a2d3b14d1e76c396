import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** Networks that may be reached although they are inside, as `10.0.0.0/8`; or all there are. */
export type Allowed = 'all' | readonly string[]

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Where addresses of the public internet begin, in the sixth version; outside of it nothing is. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

const kinds: Partial<Record<string, string>> = {
  unspecified: 'this machine',
  loopback: 'this machine',
  private: 'a private network',
  uniqueLocal: 'a private network',
  carrierGradeNat: "a provider's own network",
  linkLocal: 'the link itself',
  multicast: 'many at once',
  broadcast: 'many at once',
}

/**
 * What a resolved address leads into, where that is the server's own network or none that webhooks have business in; null
 * where it is public, or allowed.
 */
export function insideOf(text: string, allowed: Allowed): string | null {
  if (allowed === 'all') return null
  const address = read(text)
  if (!address) return 'no address at all'
  if (isIn(address, allowed)) return null
  if (isOwn(address)) return 'this machine'
  return kindOf(address)
}

function kindOf(address: Address): string | null {
  const range = address.range()
  if (range !== 'unicast') return kinds[range] ?? 'a reserved network'
  const isPublic = address.kind() === 'ipv4' || address.match(globalUnicast as [ipaddr.IPv6, number])
  return isPublic ? null : 'a reserved network'
}

/** One of IPv4 that is written as one of IPv6 is what it stands for. */
const read = (text: string): Address | undefined =>
  ipaddr.isValid(text) ? ipaddr.process(text.replace(/%.*$/, '')) : undefined

const isIn = (address: Address, networks: readonly string[]) =>
  networks.map((network) => ipaddr.parseCIDR(network)).some(([start, bits]) => covers(address, start, bits))

const covers = (address: Address, start: Address, bits: number) =>
  address.kind() === start.kind() && address.match(start as ipaddr.IPv6, bits)

/** An address of the machine's own is a way inside too, though the whole world may see it. */
const isOwn = (address: Address) =>
  Object.values(networkInterfaces())
    .flat()
    .some((own) => own && read(own.address)?.toNormalizedString() === address.toNormalizedString())
