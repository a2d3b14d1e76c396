/** What each page is called, in the rail, in its header and in the command menu. */
export const pageNames = {
  board: 'Board',
  list: 'List',
  opportunity: 'Deal',
  contacts: 'Contacts',
  automations: 'Automations',
  webhooks: 'Webhooks',
  reports: 'Reports',
  developer: 'Developer',
  settings: 'Settings',
}
