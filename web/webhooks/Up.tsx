import { ArrowLeft } from 'lucide-react'
import { Link } from 'react-aria-components'
import { Icon } from '../ui/actions/Icon.tsx'
import { pageNames } from '../words/pages.ts'
import { webhookWords as words } from '../words/webhooks.ts'

/** The way back to the list before a page's own name: in words, and on a phone an arrow. */
export const Up = () => (
  <>
    <Link href="/webhooks" className="webhook-up">
      {pageNames.webhooks}
    </Link>
    <span className="faint webhook-up" aria-hidden>
      /
    </span>
    <Link href="/webhooks" className="button icon plain webhook-back" aria-label={words.back}>
      <Icon icon={ArrowLeft} />
    </Link>
  </>
)
