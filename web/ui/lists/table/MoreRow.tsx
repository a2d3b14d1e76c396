import { ui } from '../../../words/ui.ts'
import { Button } from '../../actions/Button.tsx'
import { Skeleton } from '../../feedback/Skeleton.tsx'
import type { TableProps } from '../Table.tsx'

type Props = NonNullable<TableProps<never>['more']> & { at: number; top: number }

/** The last row while more of them are on their way, or did not come. */
export const MoreRow = ({ isLoading, load, at, top }: Props) => (
  <tr className="row more" aria-rowindex={at + 2} style={{ top }}>
    {isLoading ? (
      <td className="cell" aria-colindex={1} aria-label={ui.loading}>
        <Skeleton width="40%" />
      </td>
    ) : (
      <td className="cell soft" aria-colindex={1}>
        {ui.moreFailed}
        <Button onPress={load}>{ui.retry}</Button>
      </td>
    )}
  </tr>
)
