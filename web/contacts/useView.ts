import { useCallback, useMemo } from 'react'
import { useLocation, useParams, useSearchParams } from 'wouter'
import { readView, type View, writeView } from './ask.ts'

/** What the URL asks for: which contacts, in which order, and which of them is open. */
export function useView() {
  const { id: openId } = useParams<{ id?: string }>()
  const [params, setParams] = useSearchParams()
  const [, navigate] = useLocation()
  const text = String(params)
  const view = useMemo(() => readView(new URLSearchParams(text)), [text])
  const change = useCallback(
    (part: Partial<View>) =>
      setParams((before) => writeView({ ...readView(before), ...part }), { replace: 'query' in part }),
    [setParams],
  )
  const open = (id: string | null) => {
    const path = id ? `/contacts/${id}` : '/contacts'
    navigate(text ? `${path}?${text}` : path, { replace: Boolean(id && openId) })
  }
  return { view, change, openId, open }
}
