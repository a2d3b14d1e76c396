import type { Option } from '../../ui/choices/options.tsx'
import { mergeRoots, nameOf } from '../../words/automationForms.ts'

/** What each root of the merge fields goes on with, as the guide lists it. */
const known: Record<string, string> = {
  opportunity: `name status source monetaryValue pipelineName stageName assignedTo lostReasonId followers
    expectedCloseDate forecastProbability createdAt updatedAt lastStatusChangeAt lastStageChangeAt id pipelineId
    pipelineStageId contactId`,
  contact: `name firstName lastName email phone companyName tags source type assignedTo address1 city state postalCode
    country website timezone dateOfBirth createdAt id`,
  user: 'name firstName lastName email phone id',
  location: 'name email phone address city state country postalCode website timezone id',
  workflow: 'name id',
  trigger: 'type at events tags eventStartTime changes.status.from changes.status.to',
}

/** Every merge field that can be offered: those of the records, custom fields by their keys, what payloads brought. */
export function mergeFields(
  custom: { name: string; fieldKey: string; model: string }[],
  payloadPaths: string[],
): Option[] {
  const own = Object.entries(known).flatMap(([root, names]) =>
    names.split(/\s+/).map((name) => optionFor(root, name, nameOf(name))),
  )
  const given = custom.map(({ fieldKey, model, name }) =>
    optionFor(model, fieldKey.split('.').at(-1) ?? fieldKey, name),
  )
  const brought = payloadPaths.map((path) => optionFor('payload', path, path))
  return [...own, ...given, ...brought, { id: 'now', label: 'Now', detail: 'now' }]
}

function optionFor(root: string, name: string, says: string): Option {
  const id = `${root}.${name}`
  return { id, label: `${mergeRoots[root] ?? root} · ${says}`, detail: id }
}

/** The paths of a payload that lead to something that can be written, in the order in which they stand. */
export function pathsIn(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return at ? [at] : []
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, at ? `${at}.${name}` : name))
}
