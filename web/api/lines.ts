/** Reads lines of JSON out of a stream that comes in pieces cut anywhere. */
export async function readLines<T>(stream: ReadableStream<Uint8Array>, tell: (lines: T[]) => void): Promise<void> {
  const pieces = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  for (;;) {
    const { value = '', done } = await pieces.read()
    const lines = (rest + value).split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    const whole = lines.filter(Boolean)
    if (whole.length > 0) tell(whole.map((line) => JSON.parse(line) as T))
    if (done) return
  }
}
