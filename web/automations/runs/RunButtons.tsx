import { CircleStop, RotateCw, SkipForward } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Buttons, Confirm } from '../../ui/overlays/Dialog.tsx'
import { runWords as words } from '../../words/automations.ts'
import type { Run } from '../wire.ts'

const says = {
  retry: { done: words.retried, refused: words.notRetried },
  skip: { done: words.skipped, refused: words.notSkipped },
  stop: { done: words.stopped, refused: words.notStopped },
}
type Deed = keyof typeof says

/** What a person can do about a run that is not over. */
export function RunButtons({ run: { id, state } }: { run: Run }) {
  const [isAsking, setAsking] = useState(false)
  const act = useChange<Deed>({
    run: (deed) => post(`/console/runs/${id}/${deed}`),
    says: (deed) => says[deed].done,
    refused: (deed) => says[deed].refused,
    isSame: (deed, before) => deed === before,
    refetch: [['run', id], ['runs'], ['workflow'], ['workflows']],
    done: () => setAsking(false),
  })
  const hasFailed = state === 'failed' || state === 'retrying'
  return (
    <>
      <Buttons>
        <Button icon={CircleStop} onPress={() => setAsking(true)}>
          {words.stop}
        </Button>
        {hasFailed && (
          <>
            <Button icon={SkipForward} isDisabled={act.isPending} onPress={() => act.mutate('skip')}>
              {words.skip}
            </Button>
            <Button look="primary" icon={RotateCw} isDisabled={act.isPending} onPress={() => act.mutate('retry')}>
              {words.retry}
            </Button>
          </>
        )}
      </Buttons>
      {isAsking && (
        <Confirm
          title={words.stopTitle}
          action={words.stop}
          isDanger
          isPending={act.isPending}
          onConfirm={() => act.mutate('stop')}
          onClose={() => setAsking(false)}
        >
          {words.stopHelp}
        </Confirm>
      )}
    </>
  )
}
