import { newId } from '../../../domain/ids.ts'
import type { Automation } from '../../context.ts'
import type { Gate } from '../../gate.ts'
import type { LineKey } from '../deliveries/delivery.ts'
import type { SigningKey } from '../signing/keys.ts'
import { attempt } from './attempt.ts'
import type { Result } from './settle.ts'
import { type Taken, takeTurn, type Wish } from './turn.ts'

/** A line that this process has: its deliveries are sent side by side, and what came of them is noted together. */
export interface Session {
  key: LineKey
  taken: Taken
  /** Somebody found something due since the last turn began. */
  hasKnocked: boolean
  knock: () => void
}

/** What a session needs besides. */
export interface Means {
  automation: Automation
  /** Reads what deliveries are signed with. */
  keys: () => Promise<SigningKey[]>
  /** Whether lines wait, beside this one, that nobody here has time for. */
  isCrowded: (key: LineKey) => boolean
  /** Through which every transaction goes: the store has others to serve. */
  gate: Gate
}

/** After this long a line is handed back where others wait for their turn; ms. */
const slice = 5000

export const nameOf = ({ locationId, webhookId }: LineKey): string => `${locationId} ${webhookId}`

export function newSession(key: LineKey, taken: Taken): Session {
  const session: Session = { key, taken, hasKnocked: false, knock: () => {} }
  session.knock = () => {
    session.hasKnocked = true
  }
  return session
}

/** Sends what is due, until nothing is; then once more where somebody knocked when it was too late to be heard. */
export async function serve(session: Session, means: Means, signal: AbortSignal): Promise<void> {
  await send(session, means, signal)
  while (session.hasKnocked && !signal.aborted && !means.isCrowded(session.key)) {
    session.hasKnocked = false
    session.taken = await take(means, session.key)
    await send(session, means, signal)
  }
}

/** Comes to a line that nobody has. */
export const take = (means: Means, key: LineKey): Promise<Taken> =>
  comeTo(means, key, { held: null, results: [], underWay: 0, isEnding: false })

async function send(session: Session, means: Means, signal: AbortSignal) {
  const { automation, keys, isCrowded } = means
  const until = performance.now() + slice
  const results: Result[] = []
  const bell = newBell()
  let underWay = 0

  function begin({ webhook, heads }: Taken, signing: SigningKey[]) {
    if (!webhook) return
    for (const delivery of heads) {
      underWay++
      void attempt(automation, webhook, delivery, signing, signal).then((made) => {
        results.push({ delivery, attempt: made, chance: Math.random() })
        underWay--
        bell.ring()
      })
    }
  }

  // Whoever knocks while nothing more could begin is heard when something ends.
  session.knock = () => {
    session.hasKnocked = true
    if (session.taken.hasRoom) bell.ring()
  }
  if (session.hasKnocked) session.knock()
  if (session.taken.heads.length > 0) begin(session.taken, await keys())
  for (let { held } = session.taken; held !== null; held = session.taken.held) {
    await bell.rung()
    session.hasKnocked = false
    const isEnding = signal.aborted || (isCrowded(session.key) && performance.now() > until)
    session.taken = await comeTo(means, session.key, { held, results: results.splice(0), underWay, isEnding })
    if (session.taken.heads.length > 0) begin(session.taken, await keys())
  }
}

/** One turn at a line, and what a person should hear of it. */
async function comeTo({ automation, gate }: Means, key: LineKey, wish: Omit<Wish, 'claim'>): Promise<Taken> {
  const { store, logger } = automation
  const claim = newId()
  const taken = await gate(() => store.transaction((tx) => takeTurn(automation, tx, key, { ...wish, claim })))
  if (taken.stopped !== null) logger.warn({ ...key, reason: taken.stopped }, 'webhook disabled')
  return taken
}

/** Rings for whoever waits for it; once, where nobody does yet. */
function newBell() {
  let hasRung = false
  let hear: (() => void) | undefined
  return {
    ring() {
      hasRung = true
      hear?.()
    },
    async rung() {
      if (!hasRung) await new Promise<void>((resolve) => (hear = resolve))
      hasRung = false
      hear = undefined
    },
  }
}
