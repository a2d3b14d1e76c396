import { useUsers } from '../api/lookups.ts'
import type { Option } from '../ui/choices/options.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { recordWords as words } from '../words/records.ts'

/** Whom something can be given to; whoever has it now stands among them, even when nobody knows that person. */
export function usePeople(holder: string | null): Option[] {
  const users = useUsers()
  const isUnknown = holder !== null && !users.some(({ id }) => id === holder)
  const all = isUnknown ? [...users, { id: holder, name: words.someone }] : users
  return all.map(({ id, name }) => ({ id, label: name, mark: <Avatar id={id} name={name} isDecoration /> }))
}
