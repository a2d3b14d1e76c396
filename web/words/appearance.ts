export const appearance = {
  title: 'Appearance',
  theme: 'Theme',
  themeHelp: 'Remembered on this device.',
}
