import { Type } from '@sinclair/typebox'
import { conditions, holds, issuesOfConditions } from '../definition/conditions.ts'
import { strict } from '../definition/fields.ts'
import { action } from './action.ts'

export default action({
  type: 'if_else',
  title: 'If / Else',
  about: 'Goes on along the branch yes where the conditions hold, else along no.',
  settings: Type.Object(conditions, strict),
  branches: ['yes', 'no'],
  check: issuesOfConditions,

  async run({ view }, settings) {
    const branch = holds(await view(), settings) ? 'yes' : 'no'
    return { branch, result: { branch } }
  },
})
