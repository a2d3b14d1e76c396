import { Plus } from 'lucide-react'
import type { Command } from '../../page/commands.ts'
import { creating } from '../../page/useOpenNew.ts'
import { pages } from '../../pages.ts'
import { reportIds } from '../../reports/asked.ts'
import { parts as settings } from '../../settings/parts.ts'
import { automationWords } from '../../words/automations.ts'
import { contactWords } from '../../words/contacts.ts'
import { developerWords } from '../../words/developer.ts'
import { newDealWords } from '../../words/newDeal.ts'
import { pageNames } from '../../words/pages.ts'
import { reports } from '../../words/reports.ts'
import { webhookWords } from '../../words/webhooks.ts'

interface Place {
  page: string
  href: string
  label: string
  scope?: string | undefined
}

/** The parts of pages, which the rail does not show. */
const places: Place[] = [
  ...reportIds.map((id) => ({ page: 'reports', href: `/reports/${id}`, label: reports.names[id] })),
  ...settings.map(({ id, title, scope }) => ({ page: 'settings', href: `/settings/${id}`, label: title, scope })),
  { page: 'developer', href: '/developer/requests', label: developerWords.parts.requests, scope: 'requests.readonly' },
  { page: 'developer', href: '/developer/connect', label: developerWords.parts.connect },
]

/** What can be made from anywhere; each page has more to be done on it. */
const makings: Place[] = [
  { page: 'board', href: '/board', label: newDealWords.create, scope: 'opportunities.write' },
  { page: 'contacts', href: '/contacts', label: contactWords.create, scope: 'contacts.write' },
  { page: 'automations', href: '/automations', label: automationWords.create, scope: 'workflows.write' },
  { page: 'webhooks', href: '/webhooks', label: webhookWords.create, scope: 'webhooks.write' },
]

type May = (scope: string) => boolean

const isOpen = (may: May) => {
  const scopes = new Map(pages.map(({ id, scope }) => [id, scope]))
  return ({ page, scope }: Place) => [scopes.get(page), scope].every((one) => !one || may(one))
}

export const partsOf = (may: May): Command[] =>
  places
    .filter(isOpen(may))
    .map(({ page, href, label }) => ({ id: href, label, detail: pageNames[page as keyof typeof pageNames], href }))

export const makingsOf = (may: May): Command[] =>
  makings
    .filter(isOpen(may))
    .map(({ href, label }) => ({ id: `${href}${creating}`, label, icon: Plus, href: `${href}${creating}` }))
