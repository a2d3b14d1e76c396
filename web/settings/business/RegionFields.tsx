import { useMemo } from 'react'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { businessWords as words } from '../../words/settings/business.ts'
import { type BusinessDraft, useTimezones } from './location.ts'
import { countries, currencies, timezones, withOwn } from './regions.ts'

interface Props {
  draft: BusinessDraft
  change: (part: Partial<BusinessDraft>) => void
  isReadonly: boolean
}

/** Where the business is, by which moments and values are shown. */
export function RegionFields({ draft, change, isReadonly }: Props) {
  const { locale } = useFormats()
  const zones = useTimezones()
  const { country, timezone, currency } = draft
  const countryOptions = useMemo(() => withOwn(countries(locale), country), [locale, country])
  const zoneOptions = useMemo(() => withOwn(timezones(zones), timezone), [zones, timezone])
  const currencyOptions = useMemo(() => withOwn(currencies(locale), currency), [locale, currency])
  return (
    <fieldset>
      <legend>{words.region}</legend>
      <ComboBox
        label={words.country}
        help={words.countryHelp}
        name="country"
        options={countryOptions}
        value={country}
        onChange={(id) => id && change({ country: id })}
        isReadOnly={isReadonly}
      />
      <div className="field-row">
        <ComboBox
          label={words.timezone}
          name="timezone"
          options={zoneOptions}
          value={timezone}
          onChange={(id) => id && change({ timezone: id })}
          isReadOnly={isReadonly}
        />
        <ComboBox
          label={words.currency}
          help={words.currencyHelp}
          name="settings.currency"
          options={currencyOptions}
          value={currency}
          onChange={(id) => id && change({ currency: id })}
          isReadOnly={isReadonly}
        />
      </div>
    </fieldset>
  )
}
