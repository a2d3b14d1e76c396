import { v1 } from '../../../src/api/v1/routes.ts'
import { fuzz } from '../../support/fuzz.ts'

fuzz('v1', {
  rows: v1,
  send: (crm, method, path, body) =>
    crm.ask(method, path, { body, token: crm.first.apiKey, headers: { version: '', 'content-type': 'text/plain' } }),
  errorProperties: ['msg'],
  isTraced: false,
  isStrict: false,
})
