import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { useMay } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'

/** Where somebody else's server sends to. */
export function InboundAddress({ workflowId, url }: { workflowId: string; url: string }) {
  const [isAsking, setAsking] = useState(false)
  const mayChange = useMay()('workflows.write')
  const rotate = useChange({
    run: () => post(`/console/workflows/${workflowId}/rotate-address`),
    isAlone: true,
    says: () => words.rotated,
    refused: () => words.notRotated,
    refetch: [['workflow', workflowId]],
    done: () => setAsking(false),
  })
  return (
    <section className="hook-address" aria-label={words.address}>
      <h3>{words.address}</h3>
      <Copy text={url} isBlock />
      <p className="field-help">{words.addressHelp}</p>
      {mayChange && (
        <Button look="plain" onPress={() => setAsking(true)}>
          {words.rotate}
        </Button>
      )}
      {isAsking && (
        <Confirm
          title={words.rotateTitle}
          action={words.rotate}
          isDanger
          isPending={rotate.isPending}
          onConfirm={() => rotate.mutate()}
          onClose={() => setAsking(false)}
        >
          {words.rotateHelp}
        </Confirm>
      )}
    </section>
  )
}
