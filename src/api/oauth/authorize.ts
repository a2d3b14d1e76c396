import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'

export function serveAuthorize(_server: FastifyInstance, _house: House) {}
