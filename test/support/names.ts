import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** A name server on this machine that knows these names and no others. */
export async function startNames(known: Record<string, () => string>) {
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => socket.send(answer(query, known), port, address))
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  return { server: `127.0.0.1:${port}`, close: () => new Promise<void>((resolve) => socket.close(resolve)) }
}

const kinds = { a: 1, aaaa: 28 }

/** RFC 1035: the question again, and one record where the name has an address of the kind that was asked for. */
function answer(query: Buffer, known: Record<string, () => string>): Buffer {
  const { name, kind, end } = readQuestion(query)
  const address = known[name]?.()
  const isSixth = address?.includes(':')
  const data = address && kind === (isSixth ? kinds.aaaa : kinds.a) ? bytesOf(address) : undefined
  const header = Buffer.from(query.subarray(0, 12))
  header.writeUInt16BE(address ? 0x8180 : 0x8183, 2)
  header.writeUInt16BE(data ? 1 : 0, 6)
  header.fill(0, 8)
  const record = Buffer.from([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 0, 0, data?.length ?? 0])
  return Buffer.concat([header, query.subarray(12, end), ...(data ? [record, data] : [])])
}

function readQuestion(query: Buffer) {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), kind: query.readUInt16BE(at + 1), end: at + 5 }
}

/** Of the sixth version only such as `fd00::1`: one gap, in the middle. */
function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number))
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean))
  const words = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  return Buffer.concat(words.map((word) => Buffer.from(word.padStart(4, '0'), 'hex')))
}
