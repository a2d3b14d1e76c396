import { useChange } from '../../api/change.ts'
import { del } from '../../api/client.ts'
import type { Pipeline } from '../../api/lookups.ts'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { DeletionTable } from './DeletionTable.tsx'
import { type Deletion, useDeletion } from './deletion.ts'

interface Props {
  pipeline: Pick<Pipeline, 'id' | 'name'>
  onClose: () => void
  onDeleted?: () => void
}

/** Says what goes with the pipeline before it goes. */
export function DeletePipeline({ pipeline: { id, name }, onClose, onDeleted }: Props) {
  const { data, error } = useDeletion(id, [])
  const remove = useChange({
    run: () => del(`/opportunities/pipelines/${id}`),
    says: () => words.deleted(name),
    refetch: [['lookups', 'pipelines']],
    done: () => {
      onClose()
      onDeleted?.()
    },
  })
  const problem = remove.error ?? error
  return (
    <Confirm
      title={words.deleteTitle(name)}
      action={words.delete}
      isDanger
      isPending={remove.isPending || (!data && !error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {data ? <WhatGoes deletion={data} /> : error ? <p>{words.notCounted}</p> : <Counting />}
      {problem && <Problem>{problem.message}</Problem>}
    </Confirm>
  )
}

function WhatGoes({ deletion: { stages, count, value } }: { deletion: Deletion }) {
  const formats = useFormats()
  if (count === 0) return <p>{words.deleteEmpty}</p>
  return (
    <>
      <p>{words.deleteFull(formats.count(count), formats.money(value))}</p>
      <DeletionTable stages={stages} />
    </>
  )
}

const Counting = () => (
  <Loading className="counting">
    <Skeleton width="90%" />
    <Skeleton width="60%" />
  </Loading>
)
