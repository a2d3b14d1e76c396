import { CircleAlert, X } from 'lucide-react'
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContents,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { short } from './short.ts'
import { toasts } from './toast.ts'
import './feedback.css'

/** The one place where the app says what happened; stands once, in the frame. */
export const Toasts = () => (
  <ToastRegion queue={toasts} className="toasts" aria-label={ui.notifications}>
    {({ toast }) => (
      <Toast toast={toast} className={`toast ${toast.content.tone}`}>
        {toast.content.tone === 'failure' && <Icon icon={CircleAlert} />}
        <ToastContents className="toast-words">
          <Text slot="title">{short(toast.content.says)}</Text>
          {toast.content.detail && (
            <Text slot="description" className="toast-detail">
              {toast.content.detail}
            </Text>
          )}
        </ToastContents>
        {toast.content.undo && (
          <AriaButton
            className="toast-action"
            onPress={() => {
              toasts.close(toast.key)
              toast.content.undo?.()
            }}
          >
            {toast.content.isUndone ? ui.redo : ui.undo}
          </AriaButton>
        )}
        <AriaButton slot="close" className="toast-close" aria-label={ui.dismiss}>
          <Icon icon={X} />
        </AriaButton>
      </Toast>
    )}
  </ToastRegion>
)
