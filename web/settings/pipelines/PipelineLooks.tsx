import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { Segments } from '../../ui/choices/Segments.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import type { PipelineDraft } from './draft.ts'

const modes = ['dot', 'bg-tint', 'none'] as const

interface Props {
  draft: PipelineDraft
  change: (part: Partial<PipelineDraft>) => void
}

/** How the board and the reports show the pipeline. */
export const PipelineLooks = ({ draft, change }: Props) => (
  <fieldset className="pipeline-looks">
    <legend>{words.looks}</legend>
    <div className="pipeline-colors">
      <span>{words.colors}</span>
      <Segments
        label={words.colors}
        value={draft.colorRenderMode}
        onChange={(id) => change({ colorRenderMode: id as PipelineDraft['colorRenderMode'] })}
        options={modes.map((id) => ({ id, label: words.colorModes[id] }))}
      />
    </div>
    <Checkbox
      isSelected={draft.useOpportunityProbability}
      onChange={(useOpportunityProbability) => change({ useOpportunityProbability })}
      help={words.ownChanceHelp}
    >
      {words.ownChance}
    </Checkbox>
    <Checkbox isSelected={draft.showInFunnel} onChange={(showInFunnel) => change({ showInFunnel })}>
      {words.inFunnel}
    </Checkbox>
    <Checkbox isSelected={draft.showInPieChart} onChange={(showInPieChart) => change({ showInPieChart })}>
      {words.inPieChart}
    </Checkbox>
  </fieldset>
)
