import type { LucideIcon } from 'lucide-react'
import { ChartColumn, Rows3, Settings, SquareKanban, SquareTerminal, UsersRound, Webhook, Workflow } from 'lucide-react'
import type { ComponentType } from 'react'
import { pageNames } from './words/pages.ts'

export interface PageEntry {
  id: string
  /** Below /app, as wouter reads it: `/board/:pipelineId?`. */
  path: string
  title: string
  /** Loaded when it is first opened, or pointed at in the rail. */
  load: () => Promise<ComponentType>
  /** Whoever lacks it does not find the page in the rail, and is told so behind its address. */
  scope?: string
  /** Its place in the rail; a page without one is reached from another. */
  rail?: { icon: LucideIcon; href: string; place: 'above' | 'below'; keys?: string }
}

/** Every page of the app, in the order of the rail. A page's own folder holds the rest of it. */
export const pages: PageEntry[] = [
  {
    id: 'board',
    path: '/board',
    title: pageNames.board,
    load: async () => (await import('./board/BoardPage.tsx')).BoardPage,
    scope: 'opportunities.readonly',
    rail: { icon: SquareKanban, href: '/board', place: 'above', keys: 'g b' },
  },
  {
    id: 'list',
    path: '/list',
    title: pageNames.list,
    load: async () => (await import('./list/ListPage.tsx')).ListPage,
    scope: 'opportunities.readonly',
    rail: { icon: Rows3, href: '/list', place: 'above', keys: 'g l' },
  },
  {
    id: 'opportunity',
    path: '/opportunities/:id',
    title: pageNames.opportunity,
    load: async () => (await import('./opportunity/OpportunityPage.tsx')).OpportunityPage,
    scope: 'opportunities.readonly',
  },
  {
    id: 'contacts',
    path: '/contacts/:id?',
    title: pageNames.contacts,
    load: async () => (await import('./contacts/ContactsPage.tsx')).ContactsPage,
    scope: 'contacts.readonly',
    rail: { icon: UsersRound, href: '/contacts', place: 'above', keys: 'g c' },
  },
  {
    id: 'automations',
    path: '/automations/:workflowId?/:part?',
    title: pageNames.automations,
    load: async () => (await import('./automations/AutomationsPage.tsx')).AutomationsPage,
    scope: 'workflows.readonly',
    rail: { icon: Workflow, href: '/automations', place: 'above', keys: 'g a' },
  },
  {
    id: 'webhooks',
    path: '/webhooks/:webhookId?',
    title: pageNames.webhooks,
    load: async () => (await import('./webhooks/WebhooksPage.tsx')).WebhooksPage,
    scope: 'webhooks.readonly',
    rail: { icon: Webhook, href: '/webhooks', place: 'above', keys: 'g w' },
  },
  {
    id: 'reports',
    path: '/reports/:report?',
    title: pageNames.reports,
    load: async () => (await import('./reports/ReportsPage.tsx')).ReportsPage,
    scope: 'opportunities.readonly',
    rail: { icon: ChartColumn, href: '/reports', place: 'above', keys: 'g r' },
  },
  {
    id: 'developer',
    path: '/developer/:part?',
    title: pageNames.developer,
    load: async () => (await import('./developer/DeveloperPage.tsx')).DeveloperPage,
    rail: { icon: SquareTerminal, href: '/developer', place: 'below', keys: 'g d' },
  },
  {
    id: 'settings',
    path: '/settings/:part?/*?',
    title: pageNames.settings,
    load: async () => (await import('./settings/SettingsPage.tsx')).SettingsPage,
    rail: { icon: Settings, href: '/settings', place: 'below', keys: 'g s' },
  },
]
