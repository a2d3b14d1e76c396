import { nameOf } from './automationForms.ts'

/** `steps.1.branches.yes.0` and `conditions.0.value` as a person counts. */
function whereabouts(card: string, field: string): string {
  const numbers = card.split('.').filter((part) => part !== 'steps' && part !== 'branches')
  const place = numbers.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : (branches[part] ?? part)))
  const first =
    card === 'trigger'
      ? 'Trigger'
      : card.startsWith('steps.')
        ? `Step ${place.join(' › ')}`
        : card === 'steps'
          ? 'Steps'
          : 'Workflow'
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part))
  return name ? `${first} · ${nameOf(name)}` : first
}

const branches: Record<string, string> = {
  yes: 'Yes',
  no: 'No',
  found: 'Found',
  notFound: 'Not found',
  met: 'Met in time',
  timedOut: 'Timed out',
}

export const editorWords = {
  title: 'Step',
  whereabouts,
  branches,
  parts: { steps: 'Steps', runs: 'Runs', versions: 'Versions' },
  partsLabel: 'Parts of the workflow',
  rename: 'Rename',
  renameTitle: 'Rename workflow',
  name: 'Name',
  save: 'Save',
  saving: { saved: 'Saved', saving: 'Saving…', refused: 'Not saved' },
  nothingToPublish: 'Nothing to publish',
  upToDate: 'Up to date',
  publishedHelp: 'What is published is this draft.',
  notSaved: 'The draft was not saved',
  notRenamed: 'It was not renamed',
  changedElsewhere: 'Somebody else has changed it meanwhile.',
  discardMine: 'Show theirs',
  overwriteTheirs: 'Overwrite with mine',
  canvas: 'Steps of the workflow',
  trigger: 'Trigger',
  noTrigger: 'Choose what starts it',
  chooseTrigger: 'Starts with',
  addStep: 'Add step',
  addFirst: 'Add the first step',
  groups: { deal: 'Deals', contact: 'Contact', flow: 'Flow', outside: 'Outside' },
  theEnd: 'End',
  more: (title: string) => `Actions for ${title}`,
  up: 'Move up',
  down: 'Move down',
  duplicate: 'Duplicate',
  remove: 'Remove',
  removed: (title: string) => `“${title}” is removed.`,
  toMend: (count: number) => (count === 1 ? 'One thing is missing' : `${count} things are missing`),
  keys: [
    ['ArrowUp+ArrowDown', 'next card'],
    ['Alt+ArrowUp', 'move'],
    ['Mod+d', 'duplicate'],
    ['Del', 'remove'],
  ] as const,
  stepName: 'Called',
  stepNameHelp: 'Your own name for this step.',
  gone: 'This step does not exist any more.',
  nothingToSet: 'There is nothing to set here.',
  readonly: 'You may look at this workflow, but not change it.',

  entryLabel: 'Who may enter again',
  entry: { again: 'Everybody, each time', deal: 'Each deal once', contact: 'Each contact once' },

  address: 'Address',
  addressHelp: 'Send JSON there with POST. Whoever knows it can start this workflow.',
  rotate: 'New address',
  rotateTitle: 'Give it a new address?',
  rotateHelp: 'The old one ends at once: whatever is sent there is lost.',
  rotated: 'It has a new address. Give it to whoever sends.',
  notRotated: 'The address stays as it is',
  samples: 'Last payloads',
  noSamples: 'Nothing was sent yet. Send something, and map it here.',
  outcomes: { started: 'Started a run', 'passed over': 'Passed over', captured: 'Looked at', refused: 'Refused' },

  publish: 'Publish',
  publishTitle: (name: string) => `Publish “${name}”?`,
  publishFirst: 'From now on it begins for whoever its trigger means.',
  overtaken: 'Somebody else has changed it meanwhile. What stands here now is what you would publish.',
  publishNext: 'Runs under way go on in the version that they began with; whoever enters from now on takes this one.',
  publishAgain: 'It is published again as it is.',
  changes: 'What changes',
  blocked: 'Something stands in the way',
  blockedHelp: 'Mend this, and publish it then.',
  change: {
    name: (to: string) => `It is called “${to}”`,
    trigger: (title: string) => `The trigger is ${title}`,
    filters: 'The trigger’s filters are others',
    settings: 'Who may enter again',
    added: (title: string) => `New: ${title}`,
    removed: (title: string) => `Removed: ${title}`,
    changed: (title: string) => `Changed: ${title}`,
    order: 'The order of the steps',
  },

  versions: {
    title: 'Versions',
    none: 'Nothing was published yet',
    noneHelp: 'Each time you publish, what you published is kept here.',
    failed: 'The versions could not be loaded',
    version: (number: number) => `Version ${number}`,
    current: 'Runs now',
    isDraft: 'The draft is the same',
    steps: (count: number) => (count === 1 ? '1 step' : `${count} steps`),
    restore: 'Make it the draft',
    restored: (number: number) => `The draft is version ${number} again.`,
    notRestored: 'The draft stays as it is',
    by: (name: string) => `by ${name}`,
  },
}

export const testWords = {
  open: 'Test run',
  title: 'Test run',
  about: {
    deal: 'See what the draft would do for a deal. Nothing is changed, sent or waited for.',
    contact: 'See what the draft would do for a contact. Nothing is changed, sent or waited for.',
  },
  aboutPayload: 'See what the draft would do with what is sent to it. Nothing is changed, sent or waited for.',
  begin: 'Begin with',
  example: (name: string) => `Example: ${name}`,
  sample: 'What was sent last',
  payload: 'Payload',
  payloadHelp: 'Change it as you like, such as the e-mail to that of a contact you have.',
  notJson: 'Write a JSON object, such as { "id": "1" }.',
  run: 'Run the test',
  done: 'It would go through to the end.',
  stopped: 'It would stop here.',
  failed: 'It would fail here.',
  noSteps: 'It would do nothing.',
}

export const subjectWords = {
  deal: { label: 'Deal', placeholder: 'Search a deal' },
  contact: { label: 'Contact', placeholder: 'Search a contact' },
}

export const stepRunWords = {
  title: 'Runs at this step',
  none: 'No run has come here yet.',
  noneDraft: 'Nobody comes here before the workflow is published.',
  failed: 'The runs could not be loaded',
  more: 'Show more',
  here: (count: number) => (count === 1 ? 'One run is here now' : `${count.toLocaleString()} runs are here now`),
  failedHere: (count: number) =>
    count === 1
      ? 'One run failed here and waits for you'
      : `${count.toLocaleString()} runs failed here and wait for you`,
  elsewhere: (count: number) =>
    count === 1
      ? 'One run stands at a step that the draft does not have any more.'
      : `${count.toLocaleString()} runs stand at steps that the draft does not have any more.`,
  lookAt: 'Look at the runs',
}

export const enrolWords = {
  open: 'Enrol a contact',
  title: 'Enrol a contact',
  about: 'The contact enters as if the trigger had meant them.',
  run: 'Enrol',
  done: (name: string) => `${name} has entered.`,
}
