import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components'
import { Button } from '../../ui/actions/Button.tsx'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { Dialog } from '../../ui/overlays/Dialog.tsx'
import { importWords as words } from '../../words/list.ts'
import { decode, mostBytes } from './file.ts'
import { Rehearsal } from './Rehearsal.tsx'
import './import.css'

export interface Sheet {
  name: string
  csv: string
}

/** A file becomes deals: chosen, looked at, tried without leaving a trace, and only then imported. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [isBusy, setBusy] = useState(false)
  return (
    <Dialog title={words.title} size="large" {...(!isBusy && { onClose })}>
      {sheet ? (
        <Rehearsal sheet={sheet} onBusy={setBusy} onAnother={() => setSheet(null)} onClose={onClose} />
      ) : (
        <Choosing onChoose={setSheet} />
      )}
    </Dialog>
  )
}

function Choosing({ onChoose }: { onChoose: (sheet: Sheet) => void }) {
  const [problem, setProblem] = useState<string | null>(null)

  async function read(file: File | undefined) {
    if (!file) return
    if (file.size > mostBytes) return setProblem(words.tooLarge)
    try {
      onChoose({ name: file.name, csv: decode(await file.arrayBuffer()) })
    } catch {
      setProblem(words.unreadable)
    }
  }
  return (
    <>
      <DropZone
        className="import-drop"
        aria-label={words.drop}
        onDrop={async ({ items }) => void read(await items.find(isFileDropItem)?.getFile())}
      >
        <Icon icon={FileUp} size={24} />
        <p>{words.drop}</p>
        <FileTrigger
          acceptedFileTypes={['.csv', '.tsv', '.txt', 'text/csv']}
          onSelect={(files) => void read(files?.[0])}
        >
          <Button autoFocus>{words.choose}</Button>
        </FileTrigger>
      </DropZone>
      {problem && <Problem>{problem}</Problem>}
      <p className="soft">{words.help}</p>
    </>
  )
}
