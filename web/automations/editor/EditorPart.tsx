import { FlaskConical } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useMay } from '../../api/session.tsx'
import { later } from '../../page/later.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { testWords } from '../../words/automationEditor.ts'
import { WorkflowFrame } from '../WorkflowFrame.tsx'
import type { Whole } from '../wire.ts'
import { Canvas } from './Canvas.tsx'
import { focusFault } from './focus.ts'
import { PublishButton, SavingNote } from './PublishButton.tsx'
import { useEditor } from './useEditor.ts'

const PublishDialog = later(async () => ({ default: (await import('./PublishDialog.tsx')).PublishDialog }))
const TestPanel = later(async () => ({ default: (await import('./TestPanel.tsx')).TestPanel }))

/** The draft, to be written, tried and published. */
export function EditorPart({ whole }: { whole: Whole }) {
  const { workflow } = whole
  const editor = useEditor(whole)
  const { saving } = editor
  const mayChange = useMay()('workflows.write')
  const isNarrow = useMedia('(width < 640px)')
  const [params, setParams] = useSearchParams()
  const [isPublishing, setPublishing] = useState(false)
  const isTesting = params.get('card') === null && params.get('test') !== null
  const test = { icon: FlaskConical, isDisabled: saving !== 'saved' }
  const openTest = () => setParams({ test: 'deal' })
  return (
    <WorkflowFrame
      whole={whole}
      part="steps"
      {...(isNarrow && { choices: [{ id: 'test', label: testWords.open, ...test, onAction: openTest }] })}
      actions={
        mayChange && (
          <>
            {!isNarrow && (
              <Button {...test} onPress={openTest}>
                {testWords.open}
              </Button>
            )}
            <PublishButton whole={whole} saving={saving} onPress={() => setPublishing(true)} />
          </>
        )
      }
      chips={mayChange && <SavingNote whole={whole} saving={saving} />}
    >
      <Canvas workflow={workflow} editor={editor} isBeside={isTesting} />
      <Suspense>
        {isPublishing && (
          <PublishDialog
            workflow={workflow}
            issues={editor.issues}
            onMend={(issue) => {
              const { card } = issue
              setPublishing(false)
              setParams(card === 'trigger' || card.startsWith('steps.') ? { card } : {})
              focusFault(issue, editor.issues)
            }}
            onClose={() => setPublishing(false)}
          />
        )}
      </Suspense>
      <Suspense>{isTesting && <TestPanel workflow={workflow} onClose={() => setParams({})} />}</Suspense>
    </WorkflowFrame>
  )
}
