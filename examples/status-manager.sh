#!/usr/bin/env bash
# The status manager's walk: one deal is created, moved, won, reopened and lost, and read after each change. Needs curl
# and node, and
#   export PIPEWRIGHT_URL=http://127.0.0.1:4400 GHL_TOKEN=pit-... LOCATION_ID=...
# Says on standard error what it does; standard output is the deal after each change, one JSON object to a line.
set -euo pipefail
trap 'echo "${reply:-}" >&2' ERR # what the server said

# Answers one field of a reply: field "$reply" .opportunity.id
field() { node -p "JSON.parse(process.argv[1])$2" "$1"; }

# Reads the opportunity.
show() {
  curl -sS --fail-with-body "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID" \
    -H "Authorization: Bearer $GHL_TOKEN" \
    -H "Version: 2021-07-28"
  echo
}

# The stages, and the contact that a new deal needs
reply=$(curl -sS --fail-with-body "$PIPEWRIGHT_URL/opportunities/pipelines?locationId=$LOCATION_ID" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Version: 2021-07-28")
PIPELINE_ID=$(field "$reply" '.pipelines[0].id')
NEW_STAGE_ID=$(field "$reply" '.pipelines[0].stages[1].id')
reply=$(curl -sS --fail-with-body -X POST "$PIPEWRIGHT_URL/contacts/upsert" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Version: 2021-07-28" \
  -d '{ "locationId": "'"$LOCATION_ID"'", "name": "Katherine Johnson", "email": "katherine@example.com" }')
CONTACT_ID=$(field "$reply" '.contact.id')

echo "Create a deal" >&2
reply=$(curl -sS --fail-with-body -X POST "$PIPEWRIGHT_URL/opportunities/" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Version: 2021-07-28" \
  -d '{
    "pipelineId": "'"$PIPELINE_ID"'",
    "locationId": "'"$LOCATION_ID"'",
    "name": "Trajectory",
    "status": "open",
    "contactId": "'"$CONTACT_ID"'"
  }')
OPPORTUNITY_ID=$(field "$reply" '.opportunity.id')
show

echo "Move to a new stage and keep status open" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID/status" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Version: 2021-07-28" \
  -d '{
"status": "open",
"pipelineStageId": "'"$NEW_STAGE_ID"'"
}')
show

echo "Update status to won" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID/status" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Version: 2021-07-28" \
  -d '{
"status": "won"
}')
show

echo "Reopen" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID/status" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Version: 2021-07-28" \
  -d '{
"status": "open"
}')
show

echo "Mark as lost" >&2
reply=$(curl -sS --fail-with-body -X PUT "$PIPEWRIGHT_URL/opportunities/$OPPORTUNITY_ID/status" \
  -H "Authorization: Bearer $GHL_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Version: 2021-07-28" \
  -d '{
"status": "lost"
}')
show
