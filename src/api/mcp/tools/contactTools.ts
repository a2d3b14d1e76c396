import { creates, reads, removes, sets } from './marks.ts'
import type { ToolTable } from './tool.ts'

const contact = { about: { contactId: 'The contact to work on' } }
const note = {
  names: { id: 'noteId' },
  about: { contactId: 'The contact that the note is about', noteId: 'The note to work on' },
}
const task = { about: { contactId: 'The contact that the task is about', taskId: 'The task to work on' } }
const tag = { about: { tagId: 'The tag to work on' } }

/** Contacts with their notes, tasks and tags, and what else a model must know to fill in an id. */
export const contactTools: ToolTable = {
  ghl_list_contacts: {
    row: 'get-contacts',
    marks: reads,
    description: 'List contacts, newest first, or those with a text in their name, e-mail, phone or company.',
    about: { query: 'Part of a name, e-mail, phone or company' },
  },
  ghl_search_contacts: {
    row: 'search-contacts-advanced',
    marks: reads,
    description: 'Find contacts by text, filters and groups of filters, in an order of your choice.',
    about: {
      query: 'Part of a name, e-mail, phone or company',
      filters:
        'A list of {field, operator, value} and of {group: "AND" or "OR", filters}. Operators: eq, not_eq, contains, ' +
        'not_contains, exists, not_exists, range. Fields such as firstNameLowerCase, email, phone, companyName, tags, ' +
        'assignedTo, dateAdded, customFields.<id>',
    },
  },
  ghl_find_duplicate_contact: {
    row: 'get-duplicate-contact',
    marks: reads,
    description: 'Find the contact that an e-mail address or a phone number belongs to; null where it is nobody.',
    about: { number: 'A phone number' },
  },
  ghl_get_contact: {
    ...contact,
    row: 'get-contact',
    marks: reads,
    description: 'Get one contact with all its fields.',
  },
  ghl_create_contact: {
    row: 'create-contact',
    marks: creates,
    description:
      'Create a contact. It needs a name, an e-mail address or a phone number. Refused when somebody has the address or ' +
      'number already; ghl_upsert_contact updates that contact instead.',
  },
  ghl_update_contact: {
    ...contact,
    row: 'update-contact',
    marks: removes,
    description:
      'Change any fields of a contact; those that are left out stay as they are. `tags` takes the place of all its tags: ' +
      'use ghl_add_contact_tags to add some.',
  },
  ghl_upsert_contact: {
    row: 'upsert-contact',
    marks: removes,
    description:
      'Update the contact with this e-mail address or phone number, or create it when there is none. ' +
      'Answers `new`, which says what happened. `tags` takes the place of all its tags.',
  },
  ghl_delete_contact: {
    ...contact,
    row: 'delete-contact',
    marks: removes,
    description: 'Delete a contact with its opportunities, notes and tasks. dryRun first.',
  },
  ghl_add_contact_followers: {
    ...contact,
    row: 'add-followers-contact',
    marks: sets,
    description: 'Let users follow a contact. ghl_list_users has their ids.',
  },
  ghl_remove_contact_followers: {
    ...contact,
    row: 'remove-followers-contact',
    marks: removes,
    description: 'Let users no longer follow a contact: those named, or all with isRemoveAllFollowers.',
  },

  ghl_list_notes: {
    ...contact,
    row: 'get-all-notes',
    marks: reads,
    description: 'List the notes about a contact, with their ids.',
  },
  ghl_get_note: { ...note, row: 'get-note', marks: reads, description: 'Get one note about a contact.' },
  ghl_create_note: {
    ...contact,
    row: 'create-note',
    marks: creates,
    description: 'Write a note about a contact; it is seen on its opportunities too.',
  },
  ghl_update_note: { ...note, row: 'update-note', marks: sets, description: 'Change a note about a contact.' },
  ghl_delete_note: { ...note, row: 'delete-note', marks: removes, description: 'Delete a note about a contact.' },

  ghl_list_tasks: {
    ...contact,
    row: 'get-all-tasks',
    marks: reads,
    description: 'List the tasks about a contact, with their ids.',
  },
  ghl_search_tasks: {
    row: 'task-search',
    omit: ['businessId'],
    marks: reads,
    description: 'Find tasks of all contacts: by contact, assignee, text, and whether they are done.',
    about: {
      contactId: 'Only about these contacts',
      assignedTo: "Only assigned to these users' ids",
      completed: 'Only those that are done, or are not',
      query: 'Only with this in the title or body',
    },
  },
  ghl_get_task: { ...task, row: 'get-task', marks: reads, description: 'Get one task about a contact.' },
  ghl_create_task: {
    ...contact,
    row: 'create-task',
    marks: creates,
    description: 'Give a task about a contact, perhaps to a user. dueDate is ISO 8601, such as 2026-12-01T09:00:00Z.',
  },
  ghl_update_task: { ...task, row: 'update-task', marks: sets, description: 'Change a task about a contact.' },
  ghl_complete_task: {
    ...task,
    row: 'update-task-completed',
    marks: sets,
    description: 'Mark a task as done, or as not done after all.',
  },
  ghl_delete_task: { ...task, row: 'delete-task', marks: removes, description: 'Delete a task about a contact.' },

  ghl_add_contact_tags: {
    ...contact,
    row: 'add-tags',
    marks: sets,
    description: 'Add tags to a contact; a new tag is made on the way. Tags are kept in lower case.',
  },
  ghl_remove_contact_tags: {
    ...contact,
    row: 'remove-tags',
    marks: removes,
    description: 'Remove tags from a contact; the tags themselves stay.',
  },
  ghl_update_contacts_tags: {
    row: 'create-association',
    marks: removes,
    description: 'Add tags to, or remove them from, many contacts at once. `responses` says what became of each.',
    about: {
      type: 'Whether to add or to remove',
      contacts: "The contacts' ids",
      removeAllTags: 'With remove: all tags, whatever `tags` names',
    },
  },
  ghl_list_tags: {
    row: 'get-location-tags',
    marks: reads,
    description: 'List all tags that contacts may have, with their ids.',
  },
  ghl_get_tag: { ...tag, row: 'get-tag-by-id', marks: reads, description: 'Get one tag.' },
  ghl_create_tag: { row: 'create-tag', marks: creates, description: 'Create a tag, which no contact has yet.' },
  ghl_update_tag: {
    ...tag,
    row: 'update-tag',
    marks: sets,
    description: 'Rename a tag, on all contacts that have it too.',
  },
  ghl_delete_tag: {
    ...tag,
    row: 'delete-tag',
    marks: removes,
    description: 'Delete a tag, from all contacts that have it too.',
  },

  ghl_get_location: {
    row: 'get-location',
    marks: reads,
    description: 'Get the location (the business) that all of this belongs to: name, time zone, currency, settings.',
  },
  ghl_list_users: {
    row: 'get-user-by-location',
    marks: reads,
    description: 'List the users of the location, whose ids assignedTo, followers and userId take.',
  },
  ghl_list_custom_fields: {
    row: 'get-custom-fields',
    marks: reads,
    description: 'List the custom fields of contacts or opportunities, with ids and keys for `customFields`.',
  },
}
