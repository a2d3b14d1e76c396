export const accountWords = {
  signedInAs: 'Signed in as',
  roles: { admin: 'Admin', user: 'User', own: 'User, only assigned data' },
  password: 'Password',
  passwordHelp: 'Changing it signs you out of every other browser.',
  changePassword: 'Change password',
  sessions: 'Sessions',
  sessionsHelp: 'Sign out of every browser, this one too; for a device that was lost, or borrowed.',
  everywhere: 'Sign out everywhere',
  everywhereTitle: 'Sign out everywhere?',
  everywhereConfirm: 'You sign in again wherever you go on. Nothing that is saved is lost.',
  notSignedOut: 'You are still signed in.',
}
