#!/usr/bin/env node
// The stage-update recipes again, with fetch: nothing to install. Needs
//   export PIPEWRIGHT_URL=http://127.0.0.1:4400 GHL_TOKEN=pit-... LOCATION_ID=...
// Says on standard error what it does; standard output is the replies, one JSON object to a line.

const { PIPEWRIGHT_URL, GHL_TOKEN, LOCATION_ID } = process.env

const headers = {
  Authorization: `Bearer ${GHL_TOKEN}`,
  Version: '2021-07-28',
  'Location-Id': LOCATION_ID,
  'Content-Type': 'application/json',
}

async function ghl(title, path, options) {
  console.error(title)
  const response = await fetch(`${PIPEWRIGHT_URL}${path}`, { headers, ...options })
  const text = await response.text()
  console.log(text)
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text)
}

const send = (method, body) => ({ method, body: JSON.stringify(body) })

const { pipelines } = await ghl(
  'Fetch all pipelines and stage IDs',
  `/opportunities/pipelines?locationId=${LOCATION_ID}`,
)
const [pipeline] = pipelines
const stageId = (name) => pipeline.stages.find((stage) => stage.name === name).id

const { contact } = await ghl(
  'A contact for the deals',
  '/contacts/upsert',
  send('POST', { locationId: LOCATION_ID, firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com' }),
)

const { opportunity } = await ghl(
  'Create an opportunity',
  '/opportunities',
  send('POST', {
    locationId: LOCATION_ID,
    pipelineId: pipeline.id,
    pipelineStageId: stageId('New Lead'),
    contactId: contact.id,
    name: 'New deal from the website',
    status: 'open',
    monetaryValue: 1500,
  }),
)
const path = `/opportunities/${opportunity.id}`

await ghl('Move it to another stage', path, send('PUT', { pipelineStageId: stageId('Proposal Sent') }))
await ghl('Update its monetary value', path, send('PUT', { monetaryValue: 2500 }))
await ghl('Mark it won', path, send('PUT', { pipelineStageId: stageId('Closed Won'), status: 'won' }))
await ghl('Mark it lost', path, send('PUT', { status: 'lost' }))

const query = new URLSearchParams({ location_id: LOCATION_ID, pipeline_id: pipeline.id, q: 'website', status: 'lost' })
await ghl('Search the pipeline for what was lost', `/opportunities/search?${query}`)
await ghl('Read it', path)
await ghl('Delete it', path, { method: 'DELETE' })
