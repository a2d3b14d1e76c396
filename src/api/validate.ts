export { type Check, coercingly, issuesOf, strictly } from '../domain/validate.ts'
