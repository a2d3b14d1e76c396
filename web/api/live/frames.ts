/** One event of a stream of server-sent events. */
export interface Frame {
  event: string
  data: string
}

/** Reads the stream as it comes, in pieces cut anywhere, and keeps where it has come to. */
export function createReader(lastId = '') {
  let rest = ''
  let id = lastId
  return {
    lastId: () => id,
    read(piece: string): Frame[] {
      const blocks = (rest + piece).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      return blocks.flatMap((block) => {
        const fields = fieldsOf(block)
        // A block without data is no event, but may say how far the stream has come.
        if (fields.id !== undefined) id = fields.id
        return fields.data === undefined ? [] : [{ event: fields.event ?? 'message', data: fields.data }]
      })
    },
  }
}

function fieldsOf(block: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ''] = /^([a-z]+)(?:: ?(.*))?$/.exec(line) ?? []
    if (!name) continue
    fields[name] = name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value
  }
  return fields
}
