import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'
import { v2 } from '../v2/routes.ts'

export const v3: Dialect = { ...v2 }

export const v3Info: DialectInfo = { title: 'Pipewright API v3', description: '', versionHeader: 'v3' }
