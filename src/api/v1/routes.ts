import type { Dialect } from '../endpoint.ts'
import type { DialectInfo } from '../openapi.ts'

export const v1: Dialect = {}

export const v1Info: DialectInfo = { title: 'Pipewright API v1', description: '' }
