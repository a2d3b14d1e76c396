import { BookOpen } from 'lucide-react'
import { Redirect, useLocation, useParams } from 'wouter'
import { useMay } from '../api/session.tsx'
import { NoPermissionPage, NotFoundPage } from '../page/states.tsx'
import { Icon } from '../ui/actions/Icon.tsx'
import { Segments } from '../ui/choices/Segments.tsx'
import { developerWords as words } from '../words/developer.ts'
import { pageNames } from '../words/pages.ts'
import { ConnectPage } from './ConnectPage.tsx'
import { RequestsPage } from './RequestsPage.tsx'
import './developer.css'

const scope = 'requests.readonly'

/** What programs ask, and how one begins to. */
export function DeveloperPage() {
  const { part = '' } = useParams<{ part?: string }>()
  const maySee = useMay()(scope)
  if (!part) return <Redirect to={maySee ? '/developer/requests' : '/developer/connect'} replace />
  if (part === 'connect') return <ConnectPage parts={<Parts part={part} />} />
  if (part !== 'requests') return <NotFoundPage />
  return maySee ? (
    <RequestsPage parts={<Parts part={part} />} />
  ) : (
    <NoPermissionPage title={pageNames.developer} scope={scope} />
  )
}

function Parts({ part }: { part: string }) {
  const [, navigate] = useLocation()
  const maySee = useMay()(scope)
  const { requests, connect } = words.parts
  return (
    <>
      {maySee && (
        <Segments
          label={words.part}
          options={[
            { id: 'requests', label: requests },
            { id: 'connect', label: connect },
          ]}
          value={part}
          onChange={(id) => navigate(`/developer/${id}`)}
        />
      )}
      {/* Outside of the app, so no link of the router. */}
      <a href="/docs" className="button quiet developer-reference">
        <Icon icon={BookOpen} />
        <span className="button-words">{words.reference}</span>
      </a>
    </>
  )
}
