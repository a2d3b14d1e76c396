/** The ids that stand in addresses: of the first record of its kind, or of the one that is worth looking at. */
export type Ids = { [K in Kind]?: string | undefined }
type Kind =
  | 'pipeline'
  | 'deal'
  | 'lost'
  | 'contact'
  | 'workflow'
  | 'run'
  | 'webhook'
  | 'delivery'
  | 'request'
  | 'app'
  | 'invitation'

export interface Place {
  name: string
  /** Below /app; `:deal` is the id of that kind. */
  path: string
  /** What of the strange business stands there, by name; and other words once it is whole. */
  shows?: readonly string[]
  says?: readonly string[]
  /** What is shown where there is room, and scrolled to, or in a menu, on a phone. */
  wide?: readonly string[]
}

const part = (part: string, shows: string[], says: string[] = []): Place => ({
  name: `settings-${part.replace('/:', '-').replace('/', '-')}`,
  path: `/settings/${part}`,
  shows: [...shows],
  says,
})

/** Every page and part of the app, the panels that addresses open among them. */
export const places: Place[] = [
  {
    name: 'board',
    path: '/board',
    shows: ['pipeline', 'stage', 'deal', 'first name of contact'],
    wide: ['business', 'first name'],
  },
  { name: 'list', path: '/list', shows: ['deal'], wide: ['first name of contact', 'stage'] },
  {
    name: 'opportunity',
    path: '/board?deal=:deal',
    shows: ['deal', 'first name of contact', 'company', 'stage', 'source of deal', 'field value', 'option', 'task'],
  },
  {
    name: 'opportunity-page',
    path: '/opportunities/:deal',
    shows: ['deal', 'field of opportunity', 'field value', 'tag', 'title of note', 'task', 'about task'],
  },
  { name: 'opportunity-lost', path: '/opportunities/:lost', shows: ['lost deal', 'reason', 'second stage'] },
  { name: 'contacts', path: '/contacts', shows: ['first name of contact', 'last name of contact'] },
  {
    name: 'contact',
    path: '/contacts/:contact',
    shows: [
      'first name of contact',
      'company',
      'tag',
      'field of contact',
      'option',
      'note',
      'task',
      'deal',
      'won deal',
    ],
  },
  { name: 'automations', path: '/automations', shows: ['workflow'] },
  { name: 'automation', path: '/automations/:workflow', shows: ['workflow', 'tag of workflow', 'step', 'source'] },
  { name: 'automation-step', path: '/automations/:workflow?card=steps.1', shows: ['step', 'source'] },
  { name: 'automation-test', path: '/automations/:workflow?test=', says: ['See what the draft would do'] },
  {
    name: 'automation-runs',
    path: '/automations/:workflow/runs',
    shows: ['workflow', 'first name of contact'],
    wide: ['abandoned deal'],
  },
  {
    name: 'automation-run',
    path: '/automations/:workflow/runs?run=:run',
    shows: ['first name of contact', 'abandoned deal', 'value'],
  },
  { name: 'automation-versions', path: '/automations/:workflow/versions', shows: ['workflow'], says: ['Version 2'] },
  { name: 'webhooks', path: '/webhooks', shows: ['webhook'] },
  { name: 'webhook', path: '/webhooks/:webhook', shows: ['webhook'], says: ['NoteCreate', 'It answered 500'] },
  { name: 'webhook-delivery', path: '/webhooks/:webhook?delivery=:delivery', shows: ['sent note', 'answer'] },
  { name: 'webhooks-verify', path: '/webhooks/verify', says: ['Signs now'] },
  { name: 'reports', path: '/reports/funnel', shows: ['pipeline', 'stage', 'second stage'] },
  { name: 'reports-forecast', path: '/reports/forecast', says: ['Value by month'] },
  {
    name: 'reports-outcomes',
    path: '/reports/outcomes?pipeline=:pipeline',
    shows: ['pipeline', 'reason', 'first name'],
  },
  { name: 'reports-time', path: '/reports/time', shows: ['pipeline', 'stage', 'second stage'] },
  { name: 'developer', path: '/developer/requests', wide: ['token'], says: ['PUT'] },
  { name: 'developer-request', path: '/developer/requests?request=:request', shows: ['token', 'wish'] },
  { name: 'developer-connect', path: '/developer/connect', says: ['Claude Code'] },
  part('business', ['business']),
  part('pipelines', ['pipeline', 'stage', 'third stage']),
  part('pipelines/:pipeline', ['pipeline', 'stage', 'second stage', 'third stage']),
  part('pipelines/new', [], ['Create pipeline']),
  part('lost-reasons', ['reason']),
  part('custom-fields', ['field of opportunity']),
  part('users', ['first name', 'last name']),
  part('integrations', ['token']),
  part('apps', ['app']),
  part('apps/:app', ['app']),
  part('account', ['first name', 'last name']),
  part('appearance', [], ['Theme']),
  { name: 'not-found', path: '/nowhere', says: ['This page does not exist'] },
]

/** Where a place is, if there is what it is about. */
export function pathOf({ path }: Place, ids: Ids): string | undefined {
  const kinds = [...path.matchAll(/:([a-z]+)/g)].map(([, kind]) => kind as Kind)
  return kinds.reduce<string | undefined>((path, kind) => ids[kind] && path?.replace(`:${kind}`, ids[kind]), path)
}
