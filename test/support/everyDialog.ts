/** A dialog, a menu or a popover of a page, and the way to it. */
export interface Opening {
  /** The place's name in everyPage.ts. */
  at: string
  /** A button, by the beginning of its name, and what is chosen from the menu that it opens. */
  press: readonly [button: string, ...choices: string[]]
  /** What of the strange business stands there. */
  shows?: readonly string[]
}

/** What opens from the pages. */
export const openings: Opening[] = [
  { at: 'board', press: ['Create opportunity'], shows: ['stage'] },
  { at: 'board', press: ['Bin'], shows: ['deleted deal', 'pipeline'] },
  { at: 'board', press: ['Actions for deal', 'Lost…'], shows: ['deal', 'reason'] },
  { at: 'board', press: ['Views', 'Save this view…'] },
  { at: 'board', press: ['Views'], shows: ['view'] },
  { at: 'board', press: ['owner'], shows: ['first name'] },
  { at: 'list', press: ['More', 'Import from CSV…'] },
  { at: 'list', press: ['tag'], shows: ['tag'] },
  { at: 'opportunity-page', press: ['Add task'] },
  { at: 'contacts', press: ['New contact'] },
  { at: 'contact', press: ['Actions for this contact', 'Delete…'], shows: ['first name of contact'] },
  { at: 'automations', press: ['Create workflow'] },
  { at: 'automations', press: ['Actions for workflow', 'Delete'], shows: ['workflow'] },
  { at: 'automation', press: ['Add step'] },
  { at: 'automation-runs', press: ['Actions for workflow', 'Rename'], shows: ['workflow'] },
  { at: 'automation-runs', press: ['Actions for workflow', 'Enrol a contact'] },
  { at: 'webhooks', press: ['New webhook'] },
  { at: 'webhook', press: ['Actions for webhook', 'New secret…'], shows: ['webhook'] },
  { at: 'webhook', press: ['Actions for webhook', 'Send again…'] },
  { at: 'webhook', press: ['Actions for webhook', 'Delete…'], shows: ['webhook'] },
  { at: 'settings-pipelines', press: ['Actions for pipeline', 'Delete pipeline'], shows: ['pipeline', 'stage'] },
  { at: 'settings-lost-reasons', press: ['Actions for reason', 'Rename'], shows: ['reason'] },
  { at: 'settings-custom-fields', press: ['Add field'] },
  { at: 'settings-custom-fields', press: ['Actions for field', 'Delete'], shows: ['field of opportunity'] },
  { at: 'settings-users', press: ['Add user'] },
  { at: 'settings-users', press: ['Actions for first name', 'Edit'], shows: ['first name', 'last name'] },
  { at: 'settings-users', press: ['Actions for first name', 'Delete'], shows: ['first name'] },
  { at: 'settings-integrations', press: ['Create token'] },
  { at: 'settings-integrations', press: ['Actions for token', 'Rotate…'], shows: ['token'] },
  { at: 'settings-integrations', press: ['Actions for token', 'Revoke'], shows: ['token'] },
  { at: 'settings-apps', press: ['Create app'] },
]
