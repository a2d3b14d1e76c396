import { readFileSync } from 'node:fs'
import { Failure } from '../failure.ts'

/** What a file says of a workflow. Some editors begin a file with a mark of their own, which is no part of it. */
export function readDefinition(file: string): { name: string } & Record<string, unknown> {
  const read = parse(file, textOf(file).replace(/^\ufeff/, ''))
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new Failure(`${file} must hold a JSON object, such as { "name": "Won deals", … }.`)
  }
  const { name } = read as { name?: unknown }
  return { ...read, name: typeof name === 'string' ? name : '' }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOENT') throw new Failure(`There is no file ${file}.`)
    if (code === 'EISDIR') throw new Failure(`${file} is a folder. Name a file.`)
    throw new Failure(`${file} cannot be read: ${code}.`)
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure(`${file} is not JSON.`)
  }
}
