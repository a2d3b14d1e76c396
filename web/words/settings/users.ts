export const userWords = {
  intro: 'Who signs in here, and what they may see and change.',
  add: 'Add user',
  failed: 'The users could not be loaded',
  you: 'You',
  noEmail: 'No e-mail address, so cannot sign in',
  roles: { admin: 'Admin', user: 'User', own: 'User, only assigned data' },
  roleHelp: {
    admin: 'May do everything in this location.',
    user: 'Sees and changes deals and contacts; not webhooks, private integrations, apps and these settings.',
    own: 'The same, but only for deals and contacts that are assigned to them or that they follow. Nothing else is there for them.',
  },

  edit: 'Edit',
  invite: 'Invitation link',
  delete: 'Delete',
  newTitle: 'Add user',
  editTitle: (name: string) => `Edit ${name}`,
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  role: 'Role',
  yourself: 'This is you: with another role you will not get back to these settings.',
  addAndInvite: 'Add and invite',
  save: 'Save',
  saved: (name: string) => `${name} is saved.`,
  changedRole: (name: string) => `${name} is saved. The role holds from now on.`,

  inviteTitle: (name: string) => `Invite ${name}`,
  inviteHelp: (email: string) =>
    `Send this link to ${email}. By it they choose a password and are signed in; it also helps when a password is forgotten.`,
  inviteEnds: (moment: string) => `It works once, until ${moment}. Links made before do not work any more.`,
  link: 'Invitation link',

  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteHelp:
    'They are signed out everywhere and cannot sign in any more. Deals and notes keep the name; nothing else is deleted.',
  deleteAction: 'Delete user',
  deleted: (name: string) => `${name} is deleted.`,
}
