import { type Pipeline, useUsers } from '../api/lookups.ts'
import { useSession } from '../api/session.tsx'
import { Choices } from '../filters/Choices.tsx'
import { Chip, Chips } from '../ui/lists/Chips.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { reports as words } from '../words/reports.ts'
import type { Asked, ReportId } from './asked.ts'
import { RangeChip } from './RangeChip.tsx'

interface Props {
  asked: Asked
  report: ReportId
  pipelines: Pipeline[]
  onChange: (part: Partial<Asked>) => void
}

/** What the report is about, as a sentence: “pipeline is Sales · created in the last 90 days · owner is Ada”. */
export const AskedChips = (props: Props) => (
  <Chips label={words.about}>
    <PipelineChip {...props} />
    <RangeChip {...props} />
    <OwnerChip {...props} />
  </Chips>
)

/** A funnel is of one pipeline; what was won and lost may be of all. */
function PipelineChip({ asked: { pipelineId }, report, pipelines, onChange }: Props) {
  const isOfAll = report === 'forecast' || report === 'outcomes'
  const options = [
    ...(isOfAll ? [{ id: 'every', label: words.everyPipeline }] : []),
    ...pipelines.map(({ id, name }) => ({ id, label: name })),
  ]
  const chosen = pipelineId ?? 'every'
  const name = options.find(({ id }) => id === chosen)?.label ?? words.goneName
  const isSet = pipelineId !== null
  return (
    <Chip
      label={words.pipeline}
      says={isSet ? words.isPipeline(name) : words.isAny}
      {...(isOfAll && isSet && { onClear: () => onChange({ pipelineId: null }) })}
    >
      {(close) => (
        <Choices
          label={words.pipeline}
          isOne
          options={options}
          chosen={[chosen]}
          onChange={([id]) => {
            onChange({ pipelineId: id === undefined || id === 'every' ? null : id })
            close()
          }}
        />
      )}
    </Chip>
  )
}

function OwnerChip({ asked: { owner }, onChange }: Props) {
  const { user } = useSession()
  const users = useUsers()
  // Whoever sees only their own deals has nobody else's reports either.
  if (user.onlyAssigned) return null
  const name = users.find(({ id }) => id === owner)?.name ?? words.goneName
  return (
    <Chip
      label={words.owner}
      {...(owner !== null && { says: words.isPipeline(name), onClear: () => onChange({ owner: null }) })}
    >
      {(close) => (
        <Choices
          label={words.owner}
          isOne
          options={[
            { id: 'anybody', label: words.anybody },
            ...users.map(({ id, name }) => ({ id, label: name, mark: <Avatar id={id} name={name} isDecoration /> })),
          ]}
          chosen={[owner ?? 'anybody']}
          onChange={([id]) => {
            onChange({ owner: id === undefined || id === 'anybody' ? null : id })
            close()
          }}
        />
      )}
    </Chip>
  )
}
