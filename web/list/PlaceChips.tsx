import { usePipelines } from '../api/lookups.ts'
import { Choices } from '../filters/Choices.tsx'
import type { Filters } from '../filters/filters.ts'
import type { ChangeFilters } from '../filters/useFilters.ts'
import { Chip } from '../ui/lists/Chips.tsx'
import { listWords as words } from '../words/list.ts'

interface Props {
  filters: Filters
  onChange: ChangeFilters
}

/** Where deals stand. The stages of one pipeline can be chosen once it is; what an old link names can be taken away. */
export function PlaceChips({ filters: { pipelineId, stages: stageIds }, onChange }: Props) {
  const { data: pipelines } = usePipelines()
  if (!pipelines) return null
  const chosen = pipelines.find(({ id }) => id === pipelineId)
  const only = pipelines.length === 1 ? pipelines[0] : undefined
  const offered = chosen ?? (pipelineId ? undefined : only)
  const known = offered ? offered.stages : pipelines.flatMap(({ stages }) => stages)
  const nameOf = (id: string) => known.find((stage) => stage.id === id)?.name ?? words.gone
  return (
    <>
      {(pipelines.length > 1 || pipelineId) && (
        <Chip
          label={words.pipeline}
          {...(pipelineId && { says: words.is([chosen?.name ?? words.gone]) })}
          onClear={() => onChange({ pipelineId: null, stages: [] })}
        >
          {(close) => (
            <Choices
              label={words.pipeline}
              isOne
              chosen={[pipelineId ?? 'any']}
              options={[
                { id: 'any', label: words.anyPipeline },
                ...pipelines.map(({ id, name }) => ({ id, label: name })),
              ]}
              onChange={([id]) => {
                onChange({ pipelineId: id === 'any' ? null : (id ?? null), stages: [] })
                close()
              }}
            />
          )}
        </Chip>
      )}
      {(offered || stageIds.length > 0) && (
        <Chip
          label={words.stage}
          {...(stageIds.length > 0 && { says: words.is(stageIds.map(nameOf)) })}
          onClear={() => onChange({ stages: [] })}
        >
          <Choices
            label={words.stage}
            chosen={stageIds}
            options={known.map(({ id, name, color }) => ({
              id,
              label: name,
              mark: <span className="dot" style={{ background: color }} />,
            }))}
            onChange={(stages) => onChange({ stages })}
          />
        </Chip>
      )}
    </>
  )
}
