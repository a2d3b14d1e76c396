import type { FastifyRequest } from './request.ts'

/** Whether the asker takes replies in an encoding: `gzip, br;q=0.9` takes both, `br;q=0` does not take br. */
export const accepts = ({ headers }: Pick<FastifyRequest, 'headers'>, encoding: string): boolean =>
  String(headers['accept-encoding'] ?? '')
    .split(',')
    .some((part) => {
      const [name, ...parameters] = part.split(';').map((text) => text.trim())
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
    })
