import { ArrowLeft, Workflow } from 'lucide-react'
import { useMemo } from 'react'
import { usePipelines } from '../../api/lookups.ts'
import { LinkButton } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { Asked } from '../Part.tsx'
import { blankDraft, draftOf } from './draft.ts'
import { PipelineForm } from './PipelineForm.tsx'

/** One pipeline, or `new`. */
export function PipelineEditor({ id }: { id: string }) {
  const query = usePipelines()
  const blank = useMemo(blankDraft, [])
  const pipeline = query.data?.find((one) => one.id === id)
  const initial = useMemo(() => (pipeline ? draftOf(pipeline) : blank), [pipeline, blank])
  return (
    <>
      <LinkButton look="plain" icon={ArrowLeft} href="/settings/pipelines">
        {words.toAll}
      </LinkButton>
      <Asked query={query} failed={words.failed} rows={6}>
        {() =>
          pipeline || id === 'new' ? (
            <PipelineForm id={pipeline?.id} initial={initial} />
          ) : (
            <EmptyState icon={Workflow} title={words.gone}>
              {words.goneHelp}
            </EmptyState>
          )
        }
      </Asked>
    </>
  )
}
