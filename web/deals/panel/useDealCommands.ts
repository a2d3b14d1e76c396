import { useMemo } from 'react'
import { type Command, useCommands } from '../../page/commands.ts'
import type { Deal } from '../deal.ts'

export type DealAction = Pick<Command, 'id' | 'label'> & Required<Pick<Command, 'icon' | 'run'>>

/** What a part of the page does with a deal, for the command menu. Keep the list stable with useMemo. */
export function useDealCommands(part: string, { name }: Deal, actions: DealAction[]): void {
  useCommands(
    `deal ${part}`,
    useMemo(
      () => actions.map((action) => ({ ...action, id: `deal ${part} ${action.id}`, detail: name })),
      [part, name, actions],
    ),
  )
}
