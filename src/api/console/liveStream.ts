import type { ServerResponse } from 'node:http'
import type { Caller, Store } from '../../domain/context.ts'
import { missedSince } from '../../domain/history/feed.ts'
import { hearable } from '../../domain/history/hearing.ts'
import type { Kept } from '../../domain/history/table.ts'
import { writeBeat, writeChange, writeHello, writeReset } from './liveWire.ts'

/** What may wait for a client that does not read, in bytes; then it is cut off, and learns what it missed when it returns. */
const patience = 2 * 1024 * 1024

/** One client that hears of changes. */
export interface Stream {
  caller: Caller
  /** Told before anything else: what was missed since the event that the client names. */
  begin(lastSeq: number | undefined, tip: number): void
  tell(news: Kept[] | null, tip: number): void
  beat(tip: number): void
  end(): void
}

export function createStream(store: Store, raw: ServerResponse, caller: Caller): Stream {
  /** What was missed is read while news come in already: told once all the same. */
  const caughtUp = new Set<number>()
  let telling = Promise.resolve()
  let isBegun = false

  /** One thing after the other; a client that cannot be told something is cut off, and comes again. */
  function next(work: () => Promise<void>) {
    telling = telling.then(work).catch(() => void raw.destroy())
  }

  function write(text: string) {
    if (text === '' || raw.destroyed || raw.writableEnded) return
    raw.write(text)
    if (raw.writableLength > patience) raw.destroy()
  }

  async function send(events: Kept[]) {
    const heard = await hearable(store, stream.caller, events)
    write(heard.map(writeChange).join(''))
  }

  async function catchUp(lastSeq: number, tip: number) {
    const missed = await missedSince(store, stream.caller.locationId, lastSeq)
    if (missed === null) return write(writeReset(tip))
    for (const { seq } of missed) caughtUp.add(seq)
    await send(missed)
    write(writeBeat(Math.max(tip, missed.at(-1)?.seq ?? 0)))
  }

  const stream: Stream = {
    caller,
    begin(lastSeq, tip) {
      isBegun = true
      write(writeHello(lastSeq ?? tip))
      if (lastSeq !== undefined) next(() => catchUp(lastSeq, tip))
    },
    tell(news, tip) {
      // What comes before the beginning is in what the client reads once it has begun.
      if (!isBegun) return
      next(async () => {
        if (news === null) return write(writeReset(tip))
        await send(news.filter(({ seq }) => !caughtUp.delete(seq)))
      })
    },
    beat: (tip) => next(async () => write(writeBeat(tip))),
    end() {
      raw.end()
      // Whoever does not read would be waited for.
      if (raw.writableLength > 0) raw.destroy()
    },
  }
  return stream
}
