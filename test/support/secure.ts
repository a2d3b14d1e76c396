import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface Secure {
  url: string
  close: () => Promise<void>
}

/** A real HTTPS server. Its certificate is signed by itself, so nobody trusts it who does not mean to. */
export async function startSecure(answer: Parameters<typeof createServer>[1]): Promise<Secure> {
  const server: Server = createServer(ownCertificate(), answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** X.509 of the first version (RFC 5280, 4.1), with nobody's name in it: as little as TLS asks for. */
function ownCertificate(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const nobody = der(0x30)
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const content = der(0x30, der(0x02, Buffer.from([1])), ed25519, nobody, validity, nobody, spki)
  const signature = der(0x03, Buffer.from([0]), sign(null, content, privateKey))
  const cert = der(0x30, content, ed25519, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  }
}

/** A tag, a length and what is inside, which is shorter than 64 KiB. */
function der(tag: number, ...inside: Buffer[]): Buffer {
  const content = Buffer.concat(inside)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const ed25519 = der(0x30, der(0x06, Buffer.from([0x2b, 0x65, 0x70])))
