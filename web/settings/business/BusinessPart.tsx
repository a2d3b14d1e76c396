import { useMay } from '../../api/session.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { businessWords as words } from '../../words/settings/business.ts'
import { partNames, settingsWords } from '../../words/settings/page.ts'
import { Asked, Part } from '../Part.tsx'
import { BusinessForm } from './BusinessForm.tsx'
import { DuplicateSettings } from './DuplicateSettings.tsx'
import { useBusiness } from './location.ts'

export function BusinessPart() {
  const query = useBusiness()
  const isReadonly = !useMay()('locations.write')
  return (
    <Part title={partNames.business} intro={words.intro}>
      <Asked query={query} failed={words.failed} rows={8}>
        {(location) => (
          <>
            <div className="settings-row">
              <div>
                <h3>{words.id}</h3>
                <p className="soft">{words.idHelp}</p>
              </div>
              <Copy text={location.id} label={settingsWords.copy(words.id)} />
            </div>
            {isReadonly && <p className="soft">{words.readonly}</p>}
            <BusinessForm location={location} isReadonly={isReadonly} />
            <DuplicateSettings location={location} isReadonly={isReadonly} />
          </>
        )}
      </Asked>
    </Part>
  )
}
