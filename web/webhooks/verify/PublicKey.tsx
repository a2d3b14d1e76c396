import { Check } from 'lucide-react'
import { useState } from 'react'
import { Segments } from '../../ui/choices/Segments.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { verifyWords as words } from '../../words/deliveries.ts'
import type { Key } from './VerifyPage.tsx'

/** A key in the form that a receiver wants. */
export function PublicKey({ publicKey }: { publicKey: Key }) {
  const { id, algorithm, pem, standardWebhooks, publicKey: spki } = publicKey
  const forms = [
    { id: 'pem', label: words.pem, text: pem.trim() },
    ...(standardWebhooks ? [{ id: 'whpk', label: words.whpk, text: standardWebhooks }] : []),
    { id: 'spki', label: words.spki, text: spki },
  ]
  const [chosen, choose] = useState('pem')
  const form = forms.find((one) => one.id === chosen) ?? forms[0]
  return (
    <li className="verify-key">
      <div className="verify-key-head">
        <strong>{words.algorithms[algorithm]}</strong>
        <span className="soft">{words.algorithmHelp[algorithm]}</span>
        <Standing publicKey={publicKey} />
      </div>
      <p className="soft small">
        {words.keyId} <code>{id}</code>
      </p>
      <Segments label={id} options={forms} value={chosen} onChange={choose} />
      {form && <Copy text={form.text} label={words.copyKey(form.label)} isBlock />}
    </li>
  )
}

function Standing({ publicKey: { isActive, activeFrom, endsAt } }: { publicKey: Key }) {
  const { moment } = useFormats()
  const from = Date.parse(activeFrom)
  const until = endsAt ? `, ${words.until} ${moment(Date.parse(endsAt))}` : ''
  if (isActive) {
    return (
      <Badge tone="won" icon={Check}>
        {words.active}
        {until}
      </Badge>
    )
  }
  return from > Date.now() ? (
    <Badge>{`${words.coming} ${moment(from)}`}</Badge>
  ) : (
    <Badge>{`${words.ended}${until}`}</Badge>
  )
}
