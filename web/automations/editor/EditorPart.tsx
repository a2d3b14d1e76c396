import { FlaskConical } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useMay } from '../../api/session.tsx'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { testWords, editorWords as words } from '../../words/automationEditor.ts'
import { WorkflowFrame } from '../WorkflowFrame.tsx'
import type { Whole } from '../wire.ts'
import { Canvas } from './Canvas.tsx'
import { useEditor } from './useEditor.ts'

const PublishDialog = lazy(async () => ({ default: (await import('./PublishDialog.tsx')).PublishDialog }))
const TestPanel = lazy(async () => ({ default: (await import('./TestPanel.tsx')).TestPanel }))

/** The draft, to be written, tried and published. */
export function EditorPart({ whole }: { whole: Whole }) {
  const { workflow } = whole
  const editor = useEditor(whole)
  const mayChange = useMay()('workflows.write')
  const isNarrow = useMedia('(width < 640px)')
  const [params, setParams] = useSearchParams()
  const [isPublishing, setPublishing] = useState(false)
  const isTesting = params.get('card') === null && params.get('test') !== null
  const test = () => setParams({ test: 'deal' })
  const isSaved = editor.saving === 'saved'
  return (
    <WorkflowFrame
      whole={whole}
      part="steps"
      actions={
        mayChange && (
          <>
            {isNarrow ? (
              <IconButton
                icon={FlaskConical}
                label={testWords.open}
                look="quiet"
                isDisabled={!isSaved}
                onPress={test}
              />
            ) : (
              <Button icon={FlaskConical} isDisabled={!isSaved} onPress={test}>
                {testWords.open}
              </Button>
            )}
            <Button look="primary" isDisabled={!isSaved} onPress={() => setPublishing(true)}>
              {words.publish}
            </Button>
          </>
        )
      }
      chips={
        mayChange && (
          <span className="editor-saving small soft" role="status">
            {words.saving[editor.saving]}
          </span>
        )
      }
    >
      <Canvas workflow={workflow} editor={editor} isBeside={isTesting} />
      <Suspense>
        {isPublishing && (
          <PublishDialog
            workflow={workflow}
            issues={editor.issues}
            onMend={(card) => {
              setPublishing(false)
              setParams(card === 'trigger' || card.startsWith('steps.') ? { card } : {})
            }}
            onClose={() => setPublishing(false)}
          />
        )}
        {isTesting && <TestPanel workflow={workflow} onClose={() => setParams({})} />}
      </Suspense>
    </WorkflowFrame>
  )
}
