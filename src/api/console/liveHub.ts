import { hearChanges } from '../../domain/commit.ts'
import type { Caller } from '../../domain/context.ts'
import { DomainError } from '../../domain/errors.ts'
import { type Feed, openFeed } from '../../domain/history/feed.ts'
import type { House } from '../house.ts'
import type { Stream } from './liveStream.ts'

/** ms between signs of life, and between looks whether those who listen still may. */
const times = { beat: 15_000, check: 2000 }

/** A stream, and how to find out who stands behind it by now; refused where nobody does any more. */
export interface Listener {
  stream: Stream
  admit: () => Caller | Promise<Caller>
}

interface Room {
  feed: Feed
  listeners: Set<Listener>
}

/**
 * All streams of this process. One feed reads for each location that somebody listens to, however many do; while nobody
 * does, nothing is read and no commit is heard.
 */
export function createHub({ store, now }: Pick<House, 'store' | 'now'>) {
  const rooms = new Map<string, Room>()
  let silence: (() => void) | undefined

  /** Answers the number of the last event, behind which the stream is told of everything. */
  async function join(listener: Listener): Promise<number> {
    const { locationId } = listener.stream.caller
    const room = rooms.get(locationId) ?? open(locationId)
    room.listeners.add(listener)
    try {
      await room.feed.ready
    } catch (error) {
      leave(listener)
      throw error
    }
    return room.feed.tip()
  }

  function open(locationId: string): Room {
    silence ??= listen()
    const listeners = new Set<Listener>()
    const feed = openFeed(store, now, locationId, (news, tip) => {
      for (const { stream } of listeners) stream.tell(news, tip)
    })
    const room = { feed, listeners }
    rooms.set(locationId, room)
    return room
  }

  function leave(listener: Listener): void {
    const { locationId } = listener.stream.caller
    const room = rooms.get(locationId)
    if (!room?.listeners.delete(listener) || room.listeners.size > 0) return
    room.feed.close()
    rooms.delete(locationId)
    if (rooms.size > 0) return
    silence?.()
    silence = undefined
  }

  function listen(): () => void {
    const ends = [
      hearChanges(store, (locationId) => rooms.get(locationId)?.feed.wake()),
      store.listen((topics) => {
        // None by name: anything may have happened meanwhile.
        const changed = topics.length > 0 ? topics.map((topic) => rooms.get(topic)) : [...rooms.values()]
        for (const room of changed) room?.feed.wake()
      }),
    ]
    const beating = setInterval(beat, times.beat)
    const checking = setInterval(() => void check(), times.check)
    return () => {
      for (const end of ends) end()
      clearInterval(beating)
      clearInterval(checking)
    }
  }

  function beat() {
    for (const { feed, listeners } of rooms.values()) for (const { stream } of listeners) stream.beat(feed.tip())
  }

  /** Ends the streams of those who signed out, or whose token or session ended, and notes what others may see by now. */
  async function check(): Promise<void> {
    for (const listener of all()) {
      try {
        listener.stream.caller = await listener.admit()
      } catch (error) {
        if (error instanceof DomainError) listener.stream.end()
      }
    }
  }

  const all = () => [...rooms.values()].flatMap(({ listeners }) => [...listeners])

  return {
    join,
    leave,
    close() {
      for (const listener of all()) {
        listener.stream.end()
        leave(listener)
      }
    },
  }
}
