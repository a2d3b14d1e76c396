import { later } from '../page/later.ts'

/** What nobody sees at first: asked for when it is opened. */
export const WebhookPage = later(async () => ({ default: (await import('./WebhookPage.tsx')).WebhookPage }))
export const VerifyPage = later(async () => ({ default: (await import('./verify/VerifyPage.tsx')).VerifyPage }))
export const WebhookDialog = later(async () => ({ default: (await import('./form/WebhookDialog.tsx')).WebhookDialog }))
export const RotateDialog = later(async () => ({ default: (await import('./form/RotateDialog.tsx')).RotateDialog }))
export const RangeDialog = later(async () => ({ default: (await import('./deliveries/RangeDialog.tsx')).RangeDialog }))
