/** The parts of the settings by name. */
export const partNames = {
  business: 'Business info',
  pipelines: 'Pipelines',
  lostReasons: 'Lost reasons',
  customFields: 'Custom fields',
  users: 'Users',
  integrations: 'Private integrations',
  apps: 'OAuth apps',
  account: 'My account',
}

export const partGroups = { business: 'Business', access: 'Access', person: 'You' }

/** What several parts say. */
export const settingsWords = {
  actionsOf: (name: string) => `Actions for ${name}`,
  copy: (what: string) => `Copy ${what.toLowerCase()}`,
  done: 'Done',
}
