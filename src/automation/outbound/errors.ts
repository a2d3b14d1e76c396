import { isIP } from 'node:net'

/** An address that must not be reached from here. */
export class Refused extends Error {
  constructor(address: string, host: string, inside: string) {
    const whose = isIP(host) ? '' : `, which ${host} stands for,`
    super(`Refused: the address ${address}${whose} leads into ${inside}; see --allow-private-webhooks`)
  }
}

const sentences: Record<string, string> = {
  ENOTFOUND: 'There is no host of this name',
  EAI_AGAIN: 'No name server answered',
  ETIMEOUT: 'No name server answered',
  ECONNREFUSED: 'Nobody listens there: the connection was refused',
  ECONNRESET: 'The connection was broken off before an answer',
  UND_ERR_SOCKET: 'The connection was broken off before an answer',
  EHOSTUNREACH: 'There is no way to the address',
  ENETUNREACH: 'There is no way to the address',
  CERT_HAS_EXPIRED: 'Its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by nobody known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by nobody known',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name',
  UND_ERR_CONNECT_TIMEOUT: 'No answer within 10 seconds',
  UND_ERR_HEADERS_TIMEOUT: 'No answer within 10 seconds',
}

/** Why a request got no answer, in a sentence for a person. */
export function explain(error: unknown): string {
  if (error instanceof Refused) return error.message
  const { code, message = String(error), cause } = (error ?? {}) as { code?: string; message?: string; cause?: unknown }
  if (cause instanceof Refused) return cause.message
  return (code && sentences[code]) || message.slice(0, 300).replaceAll('\0', '')
}
