/** The frame around every page: the rail, the menus of the person, what is said when the connection or the session goes. */
export const frameWords = {
  navigation: 'Main',
  pages: 'Pages',
  actions: 'Actions',
  more: 'More',
  skip: 'Skip to the page',
  menuOf: (name: string) => `${name}, your account`,
  account: ', your account',
  changePassword: 'Change password',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
  cannotSignOut: 'You are still signed in.',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  keyboard: 'Keyboard shortcuts',

  offline: (waiting: number) =>
    waiting === 0
      ? 'Offline. Changes you make now wait and are sent when the connection returns.'
      : `Offline. ${waiting === 1 ? 'One change waits' : `${waiting} changes wait`} and will be sent when the connection returns.`,
  deaf: 'Live changes are not coming through; this page refreshes itself every few seconds.',
  back: 'Back online.',

  notFound: 'This page does not exist',
  notFoundHelp: 'The address may be mistyped, or what it led to has been deleted.',
  noPermission: 'You do not have access to this page',
  noPermissionHelp: (scope: string) =>
    `It needs the permission “${scope}”. An administrator of this location can change your role.`,
  home: 'Go to the first page',
  cannotStart: 'Pipewright cannot be reached',
}

export const commandWords = {
  title: 'Commands',
  placeholder: 'Search deals, contacts, pages…',
  nothing: 'Nothing found for this.',
  searching: 'Searching…',
  groups: { here: 'On this page', go: 'Go to', do: 'Do', deals: 'Deals', contacts: 'Contacts' },
  goTo: (page: string) => page,
  open: 'Open the command menu',
  search: 'Search on this page',
  help: 'Show these shortcuts',
  undo: 'Undo the last change, while its message stands there',
  nothingToUndo: 'Nothing to undo: that takes a change of the last eight seconds.',
  close: 'Close what is open',
  thenKey: 'then',
}

export const entryWords = {
  signIn: 'Sign in',
  signInTo: 'Sign in to Pipewright',
  email: 'E-mail',
  password: 'Password',
  wrong: 'The e-mail or the password is wrong.',
  throttled: (seconds: number) =>
    `Too many attempts. Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
  forgotten: 'Forgotten your password? An administrator can send you a new invitation.',

  ended: 'Your session has ended',
  endedHelp: 'Sign in again to go on. Nothing on this page is lost.',
  signInAsOther: 'Sign in as somebody else',

  welcome: (name: string) => (name ? `Welcome, ${name}` : 'Welcome'),
  joinHelp: (location: string, email: string) => `Choose a password to join ${location} as ${email}.`,
  newPassword: 'New password',
  passwordHelp: 'At least 8 characters.',
  join: 'Join',
  cannotLookAtInvitation: 'The invitation cannot be looked at now',
  invalidInvitation: 'This invitation does not work any more',
  invalidInvitationHelp: 'It may have been used already, or have expired. Ask whoever invited you for a new one.',
  toSignIn: 'Go to sign-in',

  changePassword: 'Change password',
  currentPassword: 'Current password',
  wrongCurrent: 'This is not your current password.',
  changeHelp: 'You will be signed out of every other browser.',
  change: 'Change password',
  changed: 'Your password is changed.',
}
