/** Without what a form left blank: that says nothing about a contact, and takes nothing away from one that is found. */
export const said = <Sent extends object>(sent: Sent): Partial<Sent> =>
  Object.fromEntries(Object.entries(sent).filter(([, value]) => isSaid(value))) as Partial<Sent>

const isSaid = (value: unknown) => (typeof value === 'string' ? value.trim() !== '' : (value ?? null) !== null)
