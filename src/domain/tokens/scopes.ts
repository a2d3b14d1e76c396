import { invalid } from '../errors.ts'

/** Everything a token may be allowed, and what a person reads beside the box to tick. */
export const scopes = {
  'opportunities.readonly': 'See opportunities, pipelines and lost reasons',
  'opportunities.write': 'Create, change, close and delete opportunities, and their followers',
  'pipelines.create': 'Create pipelines',
  'pipelines.write': 'Change and delete pipelines and their stages',
  'contacts.readonly': 'See contacts, their notes, tasks and tags',
  'contacts.write': 'Create, change and delete contacts, their notes, tasks and tags',
  'locations.readonly': 'See the location and its settings',
  'locations.write': 'Change the location and its settings',
  'locations/customFields.readonly': 'See custom fields',
  'locations/customFields.write': 'Create, change and delete custom fields',
  'locations/customValues.readonly': 'See custom values of the location',
  'locations/customValues.write': 'Create, change and delete custom values of the location',
  'locations/tags.readonly': 'See the tags of the location',
  'locations/tags.write': 'Create, rename and delete the tags of the location',
  'locations/tasks.readonly': 'Search the tasks of the location',
  'users.readonly': 'See users',
  'users.write': 'Create, change and delete users',
  'workflows.readonly': 'See workflows and their runs',
  'workflows.write': 'Create, change, publish and delete workflows, and see to their runs',
  'webhooks.readonly': 'See webhooks, their deliveries and what was in them',
  'webhooks.write': 'Create, change, pause and delete webhooks, and send deliveries again',
  'campaigns.readonly': 'See campaigns',
  'oauth.readonly': 'See where an app is installed',
  'oauth.write': 'Exchange an agency token for a location token',
  'tokens.readonly': 'See private integrations and API keys, never their secrets',
  'tokens.write': 'Create, rotate and revoke private integrations and API keys, with no more scopes than these',
  'apps.readonly': 'See OAuth apps and who let them in',
  'apps.write': 'Create, change and delete OAuth apps, and take them out of the location',
  'requests.readonly': 'See the requests that programs made, what they sent and what they were answered',
} as const satisfies Record<string, string>

export type Scope = keyof typeof scopes

export const allScopes = Object.keys(scopes) as Scope[]

/** What leads to more than the data of the location: had only where it is named, and by no app. */
const ofKeepers: readonly Scope[] = [
  'tokens.readonly',
  'tokens.write',
  'apps.readonly',
  'apps.write',
  'requests.readonly',
]

export const isOfKeepers = (scope: Scope): boolean => ofKeepers.includes(scope)

/** What a token has where nothing else is said. */
export const usualScopes = allScopes.filter((scope) => !isOfKeepers(scope))

export const isScope = (name: string): name is Scope => Object.hasOwn(scopes, name)

/** The scopes that were asked for, each once and in the list's order. */
export function readScopes(wanted: readonly string[]): Scope[] {
  const unknown = wanted.filter((name) => !isScope(name))
  if (unknown.length > 0)
    throw invalid(...unknown.map((name) => `scopes must not contain ${name}, which is not a scope`))
  return allScopes.filter((scope) => wanted.includes(scope))
}
