import { invalid } from '../errors.ts'

export interface LocationSettings {
  allowDuplicateContact: boolean
  allowDuplicateOpportunity: boolean
  allowFacebookNameMerge: boolean
  disableContactTimezone: boolean
  /** Where a phone number without a country code belongs. */
  defaultCountry: string
  currency: string
}

/** What a person reads about the business; '' where nobody wrote anything. */
export interface LocationProfile {
  address: string
  city: string
  state: string
  country: string
  postalCode: string
  website: string
  timezone: string
  email: string
  phone: string
  domain: string
  logoUrl: string
  firstName: string
  lastName: string
  social: Record<string, string>
}

/** The sub-account that owns all data. */
export interface Location {
  id: string
  companyId: string
  name: string
  profile: LocationProfile
  settings: LocationSettings
  createdAt: number
  updatedAt: number
}

export interface LocationChange extends Partial<LocationProfile> {
  name?: string
  settings?: Partial<LocationSettings>
}

export interface NewLocation extends LocationChange {
  name: string
  /** Given where ids are fixed beforehand: the sandbox, an import. */
  id?: string
  companyId?: string
}

export const defaultSettings: LocationSettings = {
  allowDuplicateContact: false,
  allowDuplicateOpportunity: true,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
  defaultCountry: 'US',
  currency: 'USD',
}

const blankProfile: LocationProfile = {
  address: '',
  city: '',
  state: '',
  country: defaultSettings.defaultCountry,
  postalCode: '',
  website: '',
  timezone: 'UTC',
  email: '',
  phone: '',
  domain: '',
  logoUrl: '',
  firstName: '',
  lastName: '',
  social: {},
}

export function draft(wanted: NewLocation, id: string, companyId: string, now: number): Location {
  const { id: _, companyId: __, ...rest } = wanted
  const blank = {
    id,
    companyId,
    name: '',
    profile: blankProfile,
    settings: defaultSettings,
    createdAt: now,
    updatedAt: now,
  }
  return change(blank, rest, now)
}

/** The location after a change; the same object when nothing differs. */
export function change(before: Location, wanted: LocationChange, now: number): Location {
  const { name, settings, ...profile } = wanted
  const after = {
    ...before,
    name: name?.trim() ?? before.name,
    profile: { ...before.profile, ...profile, social: { ...before.profile.social, ...profile.social } },
    settings: { ...before.settings, ...followed(profile.country), ...settings },
  }
  refuse(after)
  return JSON.stringify(after) === JSON.stringify(before) ? before : { ...after, updatedAt: now }
}

/** Every time zone by its IANA name. */
export const timezones = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort()

/** Phone numbers are read as those of the country the business is in, until somebody says otherwise. */
const followed = (country: string | undefined) => (country ? { defaultCountry: country } : {})

function refuse({ name, profile, settings }: Location) {
  const issues: string[] = []
  if (!name) issues.push('name should not be empty')
  if (!isCountry(profile.country)) issues.push('country must be a valid ISO31661 Alpha2 code')
  if (!isTimezone(profile.timezone)) issues.push('timezone must be a valid IANA time zone')
  if (settings.defaultCountry !== profile.country && !isCountry(settings.defaultCountry))
    issues.push('settings.defaultCountry must be a valid ISO31661 Alpha2 code')
  if (!/^[A-Z]{3}$/.test(settings.currency)) issues.push('settings.currency must be a valid ISO4217 currency code')
  if (issues.length > 0) throw invalid(...issues)
}

const isCountry = (code: string) => /^[A-Z]{2}$/.test(code)

/** Old names such as `US/Central` count too, which the list of time zones leaves out. */
function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
