import { Plus } from 'lucide-react'
import { useChange } from '../../api/change.ts'
import { del, post } from '../../api/client.ts'
import { useUsers } from '../../api/lookups.ts'
import { Fact } from '../../records/properties/Property.tsx'
import { inTurn } from '../../records/turns.ts'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { dealWords as words } from '../../words/deals.ts'
import { recordWords } from '../../words/records.ts'
import { type Deal, dealShown, showDeal } from '../deal.ts'
import { answered, foresee } from '../foreseen.ts'

/** Who hears of it beside its owner. */
export function Followers({ deal, isReadOnly }: { deal: Deal; isReadOnly: boolean }) {
  const users = useUsers()
  const nameOf = (id: string) => users.find((user) => user.id === id)?.name ?? recordWords.someone
  const follow = useChange<{ id: string; isFollowing: boolean }, Pick<Deal, 'followers'>>({
    run: ({ id, isFollowing }) => {
      const body = { followers: [id] }
      const path = `/opportunities/${deal.id}/followers`
      return inTurn(deal.id, () => (isFollowing ? del(path, { body }) : post(path, body)))
    },
    foresee(wanted) {
      const { id, isFollowing } = wanted
      const others = deal.followers.filter((other) => other !== id)
      return foresee(wanted, deal.id, { followers: isFollowing ? others : [...others, id] })
    },
    refused: () => words.notChanged(deal.name),
    done({ followers }, wanted) {
      const before = dealShown(deal.id)
      if (before) showDeal({ ...before, followers })
      answered(wanted)
    },
  })
  return (
    <Fact label={words.followers}>
      <span className="followers">
        {deal.followers.map((id) => (
          <Avatar key={id} id={id} name={nameOf(id)} />
        ))}
        {!isReadOnly && (
          <Menu
            label={words.followers}
            placement="bottom start"
            groups={[
              {
                choices: users.map(({ id, name }) => {
                  const isFollowing = deal.followers.includes(id)
                  return { id, label: name, isChosen: isFollowing, onAction: () => follow.mutate({ id, isFollowing }) }
                }),
              },
            ]}
          >
            <IconButton icon={Plus} label={words.addFollower} />
          </Menu>
        )}
      </span>
    </Fact>
  )
}
