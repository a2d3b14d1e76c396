import { useLostReasons } from '../../api/lookups.ts'
import { useMay } from '../../api/session.tsx'
import {
  ChoiceProperty,
  DateProperty,
  MoneyProperty,
  NumberProperty,
  TextProperty,
} from '../../records/properties/fields.tsx'
import { Fact, Properties } from '../../records/properties/Property.tsx'
import { usePeople } from '../../records/usePeople.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Time } from '../../ui/marks/Time.tsx'
import { dealWords as words } from '../../words/deals.ts'
import { recordWords } from '../../words/records.ts'
import type { Deal } from '../deal.ts'
import { foreseeTyped } from '../foreseen.ts'
import { saveDeal } from '../useDeal.ts'
import { useStage } from '../useStage.ts'
import { Followers } from './Followers.tsx'
import { StageProperties } from './StageProperties.tsx'

/** What every deal has, each part to be changed where it stands. */
export function DealFacts({ deal }: { deal: Deal }) {
  const isReadOnly = !useMay()('opportunities.write')
  const people = usePeople(deal.assignedTo)
  const { id } = deal
  const place = (field: string) => `deal.${id}.${field}`
  return (
    <Properties label={words.facts}>
      <MoneyProperty
        label={words.value}
        name={place('value')}
        value={deal.monetaryValue}
        save={(monetaryValue) => saveDeal(id, { monetaryValue })}
        foresee={(monetaryValue) => foreseeTyped(id, { monetaryValue })}
        isReadOnly={isReadOnly}
      />
      <StageProperties deal={deal} isReadOnly={isReadOnly} />
      <ChoiceProperty
        label={words.owner}
        name={place('owner')}
        value={deal.assignedTo}
        options={people}
        none={recordWords.nobody}
        save={(assignedTo) => saveDeal(id, { assignedTo })}
        foresee={(assignedTo) => foreseeTyped(id, { assignedTo })}
        isReadOnly={isReadOnly}
      />
      <DateProperty
        label={words.closeDate}
        name={place('close')}
        value={deal.forecastExpectedCloseDate?.slice(0, 10) ?? null}
        save={(forecastExpectedCloseDate) => saveDeal(id, { forecastExpectedCloseDate })}
        isReadOnly={isReadOnly}
      />
      <Probability deal={deal} isReadOnly={isReadOnly} />
      {deal.status === 'lost' && <LostReason deal={deal} isReadOnly={isReadOnly} />}
      <TextProperty
        label={words.source}
        name={place('source')}
        value={deal.source}
        save={(source) => saveDeal(id, { source })}
        isReadOnly={isReadOnly}
      />
      <Followers deal={deal} isReadOnly={isReadOnly} />
      <Fact label={words.created}>
        <Time at={deal.createdAt} />
      </Fact>
    </Properties>
  )
}

/** Where the pipeline goes by its stages, it is told; a deal's own would count for nothing there. */
function Probability({ deal, isReadOnly }: { deal: Deal; isReadOnly: boolean }) {
  const { percent } = useFormats()
  const { pipeline } = useStage(deal.pipelineId, deal.pipelineStageId)
  const { id, forecastProbability, effectiveProbability } = deal
  const ofStage = effectiveProbability === null ? undefined : words.ofStage(percent(effectiveProbability / 100))
  if (pipeline?.useOpportunityProbability === false) {
    return ofStage && <Fact label={words.probability}>{ofStage}</Fact>
  }
  return (
    <NumberProperty
      label={words.probability}
      name={`deal.${id}.probability`}
      value={forecastProbability}
      unit="%"
      range={[0, 100]}
      save={(forecastProbability) => saveDeal(id, { forecastProbability })}
      isReadOnly={isReadOnly}
      {...(ofStage && { placeholder: ofStage })}
    />
  )
}

function LostReason({ deal, isReadOnly }: { deal: Deal; isReadOnly: boolean }) {
  const { data: reasons = [] } = useLostReasons()
  return (
    <ChoiceProperty
      label={words.lostReason}
      name={`deal.${deal.id}.reason`}
      value={deal.lostReasonId}
      options={reasons.map(({ id, name }) => ({ id, label: name }))}
      none={words.noReason}
      save={(lostReasonId) => saveDeal(deal.id, { status: 'lost', lostReasonId })}
      isReadOnly={isReadOnly}
    />
  )
}
