import type { ComponentType, LazyExoticComponent } from 'react'
import { later } from '../page/later.ts'
import { appearance } from '../words/appearance.ts'
import { partNames } from '../words/settings/page.ts'

export interface SettingsPart {
  id: string
  title: string
  group: 'business' | 'access' | 'person'
  /** Whoever lacks it does not find the part, and is told so behind its address. */
  scope?: string
  Content: ComponentType | LazyExoticComponent<ComponentType>
}

/** The parts of the settings, in their order; each is loaded when it is first opened. */
export const parts: SettingsPart[] = [
  {
    id: 'business',
    title: partNames.business,
    group: 'business',
    scope: 'locations.readonly',
    Content: later(async () => ({ default: (await import('./business/BusinessPart.tsx')).BusinessPart })),
  },
  {
    id: 'pipelines',
    title: partNames.pipelines,
    group: 'business',
    scope: 'pipelines.write',
    Content: later(async () => ({ default: (await import('./pipelines/PipelinesPart.tsx')).PipelinesPart })),
  },
  {
    id: 'lost-reasons',
    title: partNames.lostReasons,
    group: 'business',
    scope: 'opportunities.write',
    Content: later(async () => ({ default: (await import('./reasons/LostReasonsPart.tsx')).LostReasonsPart })),
  },
  {
    id: 'custom-fields',
    title: partNames.customFields,
    group: 'business',
    scope: 'locations/customFields.write',
    Content: later(async () => ({ default: (await import('./fields/CustomFieldsPart.tsx')).CustomFieldsPart })),
  },
  {
    id: 'users',
    title: partNames.users,
    group: 'access',
    scope: 'users.write',
    Content: later(async () => ({ default: (await import('./users/UsersPart.tsx')).UsersPart })),
  },
  {
    id: 'integrations',
    title: partNames.integrations,
    group: 'access',
    scope: 'tokens.readonly',
    Content: later(async () => ({ default: (await import('./tokens/TokensPart.tsx')).TokensPart })),
  },
  {
    id: 'apps',
    title: partNames.apps,
    group: 'access',
    scope: 'apps.readonly',
    Content: later(async () => ({ default: (await import('./apps/AppsPart.tsx')).AppsPart })),
  },
  {
    id: 'account',
    title: partNames.account,
    group: 'person',
    Content: later(async () => ({ default: (await import('./account/AccountPart.tsx')).AccountPart })),
  },
  {
    id: 'appearance',
    title: appearance.title,
    group: 'person',
    Content: later(async () => ({ default: (await import('./AppearancePart.tsx')).AppearancePart })),
  },
]
