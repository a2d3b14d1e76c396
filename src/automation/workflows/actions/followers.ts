import { Type } from '@sinclair/typebox'
import { follow, unfollow } from '../../../domain/opportunities/commands.ts'
import { idOf, strict } from '../definition/fields.ts'
import { action, requireOpportunity } from './action.ts'

const users = Type.Array(idOf('user', 'Who'), { minItems: 1, maxItems: 100 })

export const addFollowers = action({
  type: 'add_opportunity_followers',
  title: 'Add Followers',
  about: 'Lets users follow the opportunity.',
  settings: Type.Object({ users }, strict),

  async run({ ctx, run }, { users }) {
    const { added } = await follow(ctx, requireOpportunity(run), users)
    return { result: { added }, isSkipped: added.length === 0 }
  },
})

export const removeFollowers = action({
  type: 'remove_opportunity_followers',
  title: 'Remove Followers',
  about: 'Users follow the opportunity no longer; all of them where none is named.',
  settings: Type.Object({ users: Type.Optional(users) }, strict),

  async run({ ctx, run }, { users }) {
    const { removed } = await unfollow(ctx, requireOpportunity(run), users ?? [], users === undefined)
    return { result: { removed }, isSkipped: removed.length === 0 }
  },
})
