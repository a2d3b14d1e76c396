import { v2 } from '../../../src/api/v2/routes.ts'
import { v3 } from '../../../src/api/v3/routes.ts'
import { fuzz } from '../../support/fuzz.ts'

/** The other rows are v2's own, and tried there. */
const own = Object.fromEntries(Object.entries(v3).filter(([id, row]) => row !== v2[id]))

fuzz('v3', {
  rows: own,
  send: (crm, method, path, body) => crm.ask(method, path, { body, headers: { version: 'v3' } }),
  isTraced: true,
  isStrict: true,
})
