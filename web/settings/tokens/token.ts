import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { IssuedReply, TokensReply } from '../../../src/api/console/tokenWire.ts'
import { get } from '../../api/client.ts'
import { useRefetch } from '../../api/live/live.ts'

export type Token = Static<typeof TokensReply>['tokens'][number]
/** A token with its secret, which is shown this once. */
export type Issued = Static<typeof IssuedReply>

export function useTokens() {
  useRefetch('token', ['tokens'])
  return useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await get<Static<typeof TokensReply>>('/console/tokens', {}, signal)).tokens,
  })
}

export interface TokenDraft {
  name: string
  description: string
  kind: Token['kind']
  /** `2026-12-31`, to its end; null: it does not end. */
  end: string | null
  scopes: string[]
}

export const blankToken: TokenDraft = { name: '', description: '', kind: 'pit', end: null, scopes: [] }

export const tokenDraftOf = ({ name, description, kind, scopes }: Token): TokenDraft => ({
  name,
  description,
  kind,
  end: null,
  scopes,
})

/** When the day is over for the one who chose it. */
export const endOf = (day: string): Date => new Date(`${day}T23:59:59`)

export const newTokenBody = ({ end, scopes, kind, ...rest }: TokenDraft) => ({
  ...rest,
  kind,
  ...(kind === 'pit' && { scopes }),
  expiresAt: end && endOf(end).toISOString(),
})

export const tokenChangeBody = ({ name, description, kind, scopes }: TokenDraft) => ({
  name,
  description,
  ...(kind === 'pit' && { scopes }),
})
