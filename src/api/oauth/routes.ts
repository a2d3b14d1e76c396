import type { Dialect } from '../endpoint.ts'

export const oauthV2: Dialect = {}
export const oauthV3: Dialect = {}
