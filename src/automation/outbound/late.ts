import type { Outbound, OutboundOptions } from './outbound.ts'

/** The way out, made when something is first sent: most of a start would be spent on what may never be needed. */
export function createOutbound(options: OutboundOptions): Outbound {
  let made: Promise<Outbound> | undefined
  const make = async () => (await import('./outbound.ts')).createOutbound(options)
  return {
    async post(posted) {
      made ??= make()
      return (await made).post(posted)
    },
    async close() {
      if (made) await (await made).close()
    },
  }
}
