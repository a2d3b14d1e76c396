import { useEffect, useMemo, useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Buttons } from '../../ui/overlays/Dialog.tsx'
import { importWords as words } from '../../words/list.ts'
import { ui } from '../../words/ui.ts'
import { readHead } from './file.ts'
import type { Sheet } from './ImportDialog.tsx'
import { MappingTable } from './MappingTable.tsx'
import { Outcome, Problems } from './Outcome.tsx'
import { seen, toDo } from './report.ts'
import { type Mapping, useImport } from './useImport.ts'

interface Props {
  sheet: Sheet
  /** While rows are written, the dialog stays. */
  onBusy: (isBusy: boolean) => void
  onAnother: () => void
  onClose: () => void
}

/** What each column becomes, what the rows would do, and then what they did. */
export function Rehearsal({ sheet: { name, csv }, onBusy, onAnother, onClose }: Props) {
  const [mapping, setMapping] = useState<Mapping>({})
  const [begun, setBegun] = useState(0)
  const { report, stage, error, run, stop } = useImport(csv, mapping)
  const head = useMemo(() => readHead(csv), [csv])
  const isStopping = stage === 'stopping'
  const isImporting = stage === 'importing' || isStopping
  const isOver = stage === 'imported' || stage === 'stopped'
  useEffect(() => onBusy(isImporting), [onBusy, isImporting])

  return (
    <>
      <div className="import-file">
        <strong className="one-line">{name}</strong>
        {!isImporting && !isOver && (
          <Button look="plain" onPress={onAnother}>
            {words.another}
          </Button>
        )}
      </div>
      {error ? <Problem>{saidOf(error)}</Problem> : <Outcome report={report} stage={stage} />}
      {error && isOver && <Outcome report={report} stage={stage} />}
      <div className="import-body">
        {!isImporting && !isOver && (
          <MappingTable head={head} columns={report.columns} mapping={mapping} onChange={setMapping} />
        )}
        <Problems {...report} />
      </div>
      <Buttons>
        {isOver ? (
          <Button look="primary" onPress={onClose} autoFocus>
            {words.done}
          </Button>
        ) : (
          <>
            <Button onPress={isImporting ? stop : onClose} isPending={isStopping}>
              {isImporting ? words.stop : ui.cancel}
            </Button>
            <RunButton
              count={isImporting ? begun : toDo(report)}
              isReady={isImporting || (stage === 'checked' && !error)}
              isPending={isImporting || (stage === 'checking' && seen(report) < report.rows)}
              onPress={() => {
                setBegun(toDo(report))
                run()
              }}
            />
          </>
        )}
      </Buttons>
    </>
  )
}

/** What is wrong with the file, without the words that only programs know. */
function saidOf(error: Error): string {
  const { csv, mapping }: Record<string, string> = error instanceof ApiError ? error.fields : {}
  if (mapping) return words.sameTwice
  return csv ? `${words.theFile} ${csv.slice('csv '.length)}.` : error.message
}

interface RunProps {
  count: number
  isReady: boolean
  isPending: boolean
  onPress: () => void
}

/** It keeps its place while it runs, so that a second click on it does nothing. */
function RunButton({ count, isReady, isPending, onPress }: RunProps) {
  const formats = useFormats()
  const says = count === 1 ? words.runOne : words.run(formats.count(count))
  return (
    <Button look="primary" isPending={isPending} isDisabled={!isReady || count === 0} onPress={onPress}>
      {isReady && count === 0 ? words.nothingToDo : says}
    </Button>
  )
}
