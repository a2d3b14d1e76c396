#!/usr/bin/env bash
# The stage-update recipes, from the list of pipelines to a won and a lost deal. Needs curl and node, and
#   export PIPEWRIGHT_URL=http://127.0.0.1:4400 GHL_TOKEN=pit-... LOCATION_ID=...
# Says on standard error what it does; standard output is the replies, one JSON object to a line.
set -euo pipefail
trap 'echo "${reply:-}" >&2' ERR # what the server said

# Answers one field of a reply: field "$reply" .opportunity.id
field() { node -p "JSON.parse(process.argv[1])$2" "$1"; }

echo "1. Fetch all pipelines and stage IDs" >&2
reply=$(curl -sS --fail-with-body -G "$PIPEWRIGHT_URL/opportunities/pipelines" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Location-Id: $LOCATION_ID" \
  --data-urlencode "locationId=$LOCATION_ID")
echo "$reply"
PIPELINE_ID=$(field "$reply" '.pipelines[0].id')
FIRST_STAGE_ID=$(field "$reply" '.pipelines[0].stages[0].id')
SECOND_STAGE_ID=$(field "$reply" '.pipelines[0].stages[1].id')
LAST_STAGE_ID=$(field "$reply" '.pipelines[0].stages.at(-1).id')

echo "   A contact for the deals" >&2
reply=$(curl -sS --fail-with-body -X POST "$PIPEWRIGHT_URL/contacts/upsert" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Content-Type: application/json" \
  -d '{
    "locationId": "'"$LOCATION_ID"'",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "email": "ada@example.com"
  }')
echo "$reply"
CONTACT_ID=$(field "$reply" '.contact.id')

echo "2. Create an opportunity" >&2
reply=$(curl -sS --fail-with-body -X POST "$PIPEWRIGHT_URL/opportunities" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Location-Id: $LOCATION_ID" \
  -H "Content-Type: application/json" \
  -d '{
    "locationId": "'"$LOCATION_ID"'",
    "pipelineId": "'"$PIPELINE_ID"'",
    "pipelineStageId": "'"$FIRST_STAGE_ID"'",
    "contactId": "'"$CONTACT_ID"'",
    "name": "Website redesign",
    "status": "open",
    "monetaryValue": 5000
  }')
echo "$reply"
OPPORTUNITY_ID=$(field "$reply" '.opportunity.id')

echo "3. Move it to another stage" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Content-Type: application/json" \
  -d '{ "pipelineStageId": "'"$SECOND_STAGE_ID"'" }')
echo "$reply"

echo "4. Update its monetary value" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Content-Type: application/json" \
  -d '{ "monetaryValue": 7500 }')
echo "$reply"

echo "5. Mark it won, in its last stage" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Content-Type: application/json" \
  -d '{ "pipelineStageId": "'"$LAST_STAGE_ID"'", "status": "won" }')
echo "$reply"

echo "6. Mark it lost" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  -H "Content-Type: application/json" \
  -d '{ "status": "lost" }')
echo "$reply"

echo "7. Search the pipeline for what was lost" >&2
reply=$(curl -sS --fail-with-body -G "$PIPEWRIGHT_URL/opportunities/search" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28" \
  --data-urlencode "location_id=$LOCATION_ID" \
  --data-urlencode "pipeline_id=$PIPELINE_ID" \
  --data-urlencode "contact_id=$CONTACT_ID" \
  --data-urlencode "status=lost")
echo "$reply"

echo "8. Read it" >&2
reply=$(curl -sS --fail-with-body "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28")
echo "$reply"

echo "9. Delete it" >&2
reply=$(curl -sS --fail-with-body -X DELETE "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28")
echo "$reply"
