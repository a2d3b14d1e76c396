/** How a receiver checks a delivery with its webhook's secret. */
export const secretSnippets = [
  {
    id: 'node',
    label: 'Node.js',
    text: `import { Webhook } from 'standardwebhooks' // npm install standardwebhooks

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
const payload = webhook.verify(rawBody, request.headers) // throws where it was not us`,
  },
  {
    id: 'python',
    label: 'Python',
    text: `from standardwebhooks import Webhook  # pip install standardwebhooks

webhook = Webhook(os.environ["WEBHOOK_SECRET"])
payload = webhook.verify(raw_body, request.headers)  # raises where it was not us`,
  },
  {
    id: 'bare',
    label: 'Node.js, no library',
    text: `import { createHmac, timingSafeEqual } from 'node:crypto'

const key = Buffer.from(process.env.WEBHOOK_SECRET.slice('whsec_'.length), 'base64')
const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = request.headers
const wanted = createHmac('sha256', key).update(\`\${id}.\${at}.\${rawBody}\`).digest()
const isOurs = signatures.split(' ').some((signature) => {
  const given = Buffer.from(signature.replace('v1,', ''), 'base64')
  return signature.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted)
})
const isFresh = Math.abs(Date.now() / 1000 - at) < 300`,
  },
]

/** How it is checked with the public key, which is put in where it is known. */
export const keySnippets = (pem: string) => [
  {
    id: 'node',
    label: 'Node.js, no library',
    text: `import { verify } from 'node:crypto'

const pem = \`${pem}\`
const signature = Buffer.from(request.headers['x-ghl-signature'], 'base64')
const isOurs = verify(null, rawBody, pem, signature)`,
  },
  {
    id: 'client',
    label: 'HighLevel’s client',
    text: `const pem = \`${pem}\`
const signature = request.headers['x-ghl-signature']
const isOurs = ghl.webhooks.verifyEd25519Signature(rawBody, signature, pem)`,
  },
]
