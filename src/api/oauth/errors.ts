export { writeError } from '../errors.ts'
