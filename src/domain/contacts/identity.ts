import {
  type CountryCode,
  isSupportedCountry,
  ParseError,
  parsePhoneNumberWithError,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min'
import { DomainError, invalid } from '../errors.ts'
import { isOnCalendar } from '../time.ts'
import type { Contact, ContactChange, ContactInput } from './contact.ts'

const address = /^[^\s@<>()[\],;:\\"]+@[^\s@.,]+(\.[^\s@.,]+)+$/

export function email(text: string, field = 'email'): string {
  if (text.length > 254 || !address.test(text)) throw invalid(`${field} must be an email`)
  return text
}

/** How e-mail addresses are compared. */
export const emailKey = (text: string) => text.trim().toLowerCase()

const refusals: Record<string, string> = {
  TOO_LONG: 'The string supplied is too long to be a phone number',
  TOO_SHORT: 'The string supplied is too short to be a phone number',
  INVALID_LENGTH: 'The string supplied has no length that a phone number can have',
  INVALID_COUNTRY: 'Invalid country calling code',
  NOT_A_NUMBER: 'The string supplied did not seem to be a phone number',
}

/**
 * E.164. Numbers that no operator has handed out are taken; what cannot be dialled is not. Without a country code a
 * number must have a length that numbers of the country have.
 */
export function phone(text: string, country: string): string {
  try {
    const defaultCountry: CountryCode = isSupportedCountry(country) ? country : 'US'
    const dialled = text.trim().replace(/^00(?=[1-9])/, '+')
    const parsed = parsePhoneNumberWithError(dialled, { defaultCountry, extract: false })
    const isLong = dialled.startsWith('+') && parsed.number.length > shortest
    if (!isLong && !parsed.isPossible()) throw refusal(validatePhoneNumberLength(dialled, { defaultCountry }))
    return parsed.number
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw refusal(error.message)
  }
}

/** Of a number with its country code and plus, signs that are enough whatever its country says. */
const shortest = 8

const refusal = (reason = 'NOT_A_NUMBER') =>
  new DomainError('mismatch', refusals[reason] ?? reason, { name: 'INVALID_PHONE' })

/** Lower case, without the blanks around, each once, none empty. */
export function tags(names: string[]): string[] {
  return unique(names.map((name) => name.trim().toLowerCase()).filter(Boolean))
}

export const unique = (list: string[]) => [...new Set(list)]

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(T.*)?$/
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/

/** A day as `1990-09-25`, from any of the forms in use (`mm-dd-yyyy` among them) or epoch milliseconds. */
export function day(value: string | number, field: string): string {
  const date = typeof value === 'number' ? isoDay(value) : isoOf(value.trim())
  if (!date || !isOnCalendar(date)) throw invalid(`${field} must be a valid date`)
  return date
}

function isoOf(text: string): string | undefined {
  const [, year, month, date] = yearFirst.exec(text) ?? []
  if (year) return [year, month?.padStart(2, '0'), date?.padStart(2, '0')].join('-')
  const [, first, second, last] = yearLast.exec(text) ?? []
  return last && [last, first?.padStart(2, '0'), second?.padStart(2, '0')].join('-')
}

const isoDay = (at: number) => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString().slice(0, 10) : undefined)

/** A wish in its normal form: blanks trimmed, "" as null, e-mail, phones, tags and dates in the shape they are kept in. */
export function normalise(input: ContactInput, country: string): ContactChange {
  const { customFields: _, dateOfBirth, tags: names, additionalEmails, additionalPhones, ...rest } = input
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  const wanted = Object.fromEntries(given.map(([field, value]) => [field, tidy(value)])) as ContactChange
  if (wanted.email) wanted.email = email(wanted.email)
  if (wanted.phone) wanted.phone = phone(wanted.phone, country)
  if (names !== undefined) wanted.tags = tags(names ?? [])
  if (dateOfBirth !== undefined) {
    wanted.dateOfBirth = dateOfBirth === null || dateOfBirth === '' ? null : day(dateOfBirth, 'dateOfBirth')
  }
  if (additionalEmails !== undefined) {
    wanted.additionalEmails = unique(
      (additionalEmails ?? []).map((text, at) => email(text.trim(), `additionalEmails.${at}`)),
    )
  }
  if (additionalPhones !== undefined) {
    wanted.additionalPhones = unique((additionalPhones ?? []).map((text) => phone(text, country)))
  }
  if (wanted.followers !== undefined) wanted.followers = unique(wanted.followers ?? [])
  return wanted
}

function tidy(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() || null : value
}

type Names = Pick<Contact, 'firstName' | 'lastName' | 'name'>

/** A full name is made from first and last name, or they from it, unless both are sent. */
export function namesAfter(before: Names, wanted: Partial<Names>): Names {
  const { firstName = before.firstName, lastName = before.lastName } = wanted
  if (wanted.firstName === undefined && wanted.lastName === undefined) {
    if (wanted.name === undefined || wanted.name === before.name) return pick(before)
    return split(wanted.name)
  }
  return { firstName, lastName, name: wanted.name ?? ([firstName, lastName].filter(Boolean).join(' ') || null) }
}

const pick = ({ firstName, lastName, name }: Names): Names => ({ firstName, lastName, name })

function split(name: string | null): Names {
  const [firstName = null, ...rest] = name?.split(/\s+/) ?? []
  return { firstName, lastName: rest.join(' ') || null, name }
}
