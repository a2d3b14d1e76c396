import { developerWords as words } from '../words/developer.ts'

/** Lists the pipelines, with the ids that everything else needs. */
export const pipelinesCommand = (
  origin: string,
  locationId: string,
) => `curl "${origin}/opportunities/pipelines?locationId=${locationId}" \\
  -H "Authorization: Bearer $GHL_TOKEN" \\
  -H "Version: 2021-07-28"`

/** Ready to paste, with this server's address and this location's id in them. */
export const snippets = (origin: string, locationId: string) => [
  {
    id: 'token',
    label: words.snippets.token,
    text: `export PIPEWRIGHT_URL=${origin}
export LOCATION_ID=${locationId}
export GHL_TOKEN=pit-…`,
  },
  { id: 'pipelines', label: words.snippets.pipelines, text: pipelinesCommand('$PIPEWRIGHT_URL', '$LOCATION_ID') },
  {
    id: 'search',
    label: words.snippets.search,
    text: `curl "$PIPEWRIGHT_URL/opportunities/search?location_id=$LOCATION_ID&status=open&limit=20" \\
  -H "Authorization: Bearer $GHL_TOKEN" \\
  -H "Version: 2021-07-28"`,
  },
  {
    id: 'create',
    label: words.snippets.create,
    text: `curl -X POST "$PIPEWRIGHT_URL/opportunities/" \\
  -H "Authorization: Bearer $GHL_TOKEN" \\
  -H "Version: 2021-07-28" \\
  -H "Content-Type: application/json" \\
  -d '{"locationId":"'$LOCATION_ID'","pipelineId":"…","pipelineStageId":"…","contactId":"…","name":"Big roof","status":"open","monetaryValue":250}'`,
  },
  {
    id: 'won',
    label: words.snippets.won,
    text: `curl -X PUT "$PIPEWRIGHT_URL/opportunities/OPPORTUNITY_ID/status" \\
  -H "Authorization: Bearer $GHL_TOKEN" \\
  -H "Version: 2021-07-28" \\
  -H "Content-Type: application/json" \\
  -d '{"status":"won"}'`,
  },
  {
    id: 'client',
    label: words.snippets.client,
    text: `import { HighLevel } from '@gohighlevel/api-client'

const ghl = new HighLevel({ privateIntegrationToken: process.env.GHL_TOKEN })
ghl.getHttpClient().defaults.baseURL = '${origin}'

const { pipelines } = await ghl.opportunities.getPipelines({ locationId: '${locationId}' })`,
  },
]

export const mcpSnippets = (origin: string) => [
  {
    id: 'claude',
    label: words.claude,
    text: `claude mcp add --transport http pipewright ${origin}/mcp --header "Authorization: Bearer pit-…"`,
  },
  {
    id: 'other',
    label: words.other,
    text: JSON.stringify(
      {
        mcpServers: {
          pipewright: { type: 'http', url: `${origin}/mcp`, headers: { Authorization: 'Bearer pit-…' } },
        },
      },
      null,
      2,
    ),
  },
]

export const authorizeAddress = (origin: string) =>
  `${origin}/oauth/chooselocation?response_type=code&client_id=…&redirect_uri=…&scope=opportunities.readonly`
