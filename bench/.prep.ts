import { prepare } from './data.ts'

await prepare(1_000_000, 'bench/.data')
