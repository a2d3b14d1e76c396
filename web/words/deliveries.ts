export const deliveryWords = {
  title: 'Deliveries',
  failed: 'The deliveries could not be loaded',
  none: 'Nothing was sent yet',
  noneHelp: 'What happens from now on is told here, with its payload and every attempt. Move a deal to see it.',
  noneFound: 'Nothing matches these filters',
  noneFoundHelp: 'The log goes back 30 days, unless whoever runs the server has chosen otherwise.',
  clear: 'Clear filters',

  filters: 'Filters',
  state: 'state',
  type: 'event',
  record: 'record',
  when: 'sent',
  is: (what: string) => `is ${what}`,
  within: (from: string | null, to: string | null) => {
    if (from && to) return from === to ? `on ${from}` : `${from} – ${to}`
    return from ? `from ${from} on` : `until ${to}`
  },
  recordId: 'Id of the record',
  recordIdHelp: 'A deal, a contact, a note, a task.',
  from: 'From',
  to: 'To',
  states: { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' },
  columns: {
    type: 'Event',
    record: 'Record',
    state: 'State',
    attempts: 'Attempts',
    created: 'When',
    actions: 'Actions',
  },
  nextAttempt: 'next try',
  soon: 'in a moment',
  behind: 'after an earlier one',
  records: {
    opportunity: 'Deal',
    contact: 'Contact',
    note: 'Note',
    task: 'Task',
    user: 'User',
    location: 'Location',
  } as Record<string, string>,

  again: 'Send again',
  now: 'Send now',
  sentAgain: (type: string) => `${type} is sent again.`,
  notSentAgain: (type: string) => `${type} could not be sent again.`,

  panelFailed: 'This delivery could not be loaded',
  panelGone: 'This delivery is gone: the log goes back 30 days, unless told otherwise.',
  previous: 'Newer delivery',
  next: 'Older delivery',
  id: 'webhookId',
  happened: 'Happened',
  settled: { delivered: 'Arrived', failed: 'Given up' },
  due: 'Next try',
  payload: 'Payload',
  copyPayload: 'Copy the payload',
  attempts: 'Attempts',
  noAttempts: 'Not sent yet.',
  noAnswer: 'No answer',
  took: (ms: string) => `${ms} ms`,
  emptyAnswer: 'The answer had no body.',

  rangeTitle: 'Send again',
  rangeHelp: 'In their old order, each with its old webhookId, so that a receiver knows what it has met before.',
  span: 'When',
  spans: {
    hour: 'The last hour',
    day: 'The last 24 hours',
    week: 'The last 7 days',
    all: 'All that is kept',
    days: 'Certain days',
  },
  which: 'Which',
  noStates: 'Choose at least one.',
  rangeAction: 'Send again',
  resent: (count: number) =>
    count === 0
      ? 'There was nothing to send again.'
      : count === 1
        ? 'One delivery is sent again.'
        : `${count.toLocaleString()} deliveries are sent again.`,
}

export const verifyWords = {
  title: 'Verify deliveries',
  intro:
    'Anybody who knows your address can send to it. Each delivery is signed, so that your receiver can tell ours from others’. Check the body as it came, before anything parses it, and refuse what is older than five minutes.',
  withSecret: 'With the webhook’s secret',
  withSecretHelp:
    'Standard Webhooks: the headers webhook-id, webhook-timestamp and webhook-signature. Libraries exist for most languages.',
  withKey: 'As HighLevel’s receivers do',
  withKeyHelp: 'The header X-GHL-Signature, checked with the public key below. HighLevel’s own client does it.',
  language: 'Language',
  keys: 'Public keys',
  keysHelp:
    'The same for every webhook of this server. Fetch them once a day; x-pipewright-key-id says which one signed.',
  keysFailed: 'The public keys could not be loaded',
  noKeys: 'Made with the first webhook',
  noKeysHelp: 'There is nothing to verify yet.',
  active: 'Signs now',
  coming: 'Signs from',
  ended: 'No longer signs',
  until: 'published until',
  keyId: 'Key id',
  pem: 'PEM',
  whpk: 'Standard Webhooks',
  spki: 'SPKI, base64',
  copyKey: (label: string) => `Copy as ${label}`,
  algorithms: { ed25519: 'Ed25519', rsa: 'RSA' } as Record<string, string>,
  algorithmHelp: { ed25519: 'X-GHL-Signature and v1a', rsa: 'x-wh-signature' } as Record<string, string>,
}
