import { v2 } from '../../../src/api/v2/routes.ts'
import { fuzz } from '../../support/fuzz.ts'

fuzz('v2', {
  rows: v2,
  send: (crm, method, path, body) => crm.ask(method, path, { body }),
  isTraced: true,
  isStrict: true,
})
