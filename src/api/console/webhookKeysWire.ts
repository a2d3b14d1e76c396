import { createPublicKey } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { activeOf, algorithms, type KeyPair } from '../../automation/webhooks/signing/keys.ts'
import { iso, isoOrNull, nullable, oneOf, Timestamp } from '../schemas.ts'

export const KeysReply = Type.Object({
  keys: Type.Array(
    Type.Object({
      id: Type.String({ description: '`x-pipewright-key-id` of what it signed' }),
      algorithm: oneOf(algorithms),
      publicKey: Type.String({ description: 'SPKI, base64' }),
      pem: Type.String(),
      standardWebhooks: nullable(Type.String({ description: 'For `v1a` signatures; Ed25519 only' })),
      isActive: Type.Boolean({ description: 'Signs now; others have, or will' }),
      activeFrom: Timestamp,
      endsAt: nullable(Timestamp),
    }),
  ),
})

/** The newest last, of each kind. */
export const writeKeys = (pairs: KeyPair[], now: number): Static<typeof KeysReply> => ({
  keys: pairs.map((pair) => write(pair, activeOf(pairs, pair.algorithm, now)?.id === pair.id)),
})

function write({ id, algorithm, publicKey: pem, activeFrom, endsAt }: KeyPair, isActive: boolean) {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  // Of an Ed25519 key the last 32 bytes are the key itself.
  const standardWebhooks = algorithm === 'ed25519' ? `whpk_${der.subarray(-32).toString('base64')}` : null
  const times = { activeFrom: iso(activeFrom), endsAt: isoOrNull(endsAt) }
  return { id, algorithm, publicKey: der.toString('base64'), pem, standardWebhooks, isActive, ...times }
}
