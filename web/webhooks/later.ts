import { lazy } from 'react'

/** What nobody sees at first: asked for when it is opened. */
export const WebhookPage = lazy(async () => ({ default: (await import('./WebhookPage.tsx')).WebhookPage }))
export const VerifyPage = lazy(async () => ({ default: (await import('./verify/VerifyPage.tsx')).VerifyPage }))
export const WebhookDialog = lazy(async () => ({ default: (await import('./form/WebhookDialog.tsx')).WebhookDialog }))
export const RotateDialog = lazy(async () => ({ default: (await import('./form/RotateDialog.tsx')).RotateDialog }))
export const RangeDialog = lazy(async () => ({ default: (await import('./deliveries/RangeDialog.tsx')).RangeDialog }))
