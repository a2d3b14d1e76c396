#!/usr/bin/env bash
# One deal in three dialects: created through v1 with its contact, moved through v2, forecast through v3, and read through
# each. Needs curl and node, and
#   export PIPEWRIGHT_URL=http://127.0.0.1:4400 GHL_TOKEN=pit-... GHL_API_KEY=eyJ...
# Says on standard error what it does; standard output is what the server answered, one JSON object to a line.
set -euo pipefail
trap 'echo "${reply:-}" >&2' ERR # what the server said

# Answers one field of a reply: field "$reply" .opportunity.id
field() { node -p "JSON.parse(process.argv[1])$2" "$1"; }

v1() { curl -sS --fail-with-body "$PIPEWRIGHT_URL/v1$1" -H "Authorization: Bearer $GHL_API_KEY" "${@:2}"; }
v2() { curl -sS --fail-with-body "$PIPEWRIGHT_URL$1" -H "Authorization: Bearer $GHL_TOKEN" -H "Version: 2021-07-28" "${@:2}"; }
v3() { curl -sS --fail-with-body "$PIPEWRIGHT_URL$1" -H "Authorization: Bearer $GHL_TOKEN" -H "Version: v3" "${@:2}"; }

reply=$(v1 /pipelines/)
PIPELINE_ID=$(field "$reply" '.pipelines[0].id')
FIRST_STAGE_ID=$(field "$reply" '.pipelines[0].stages[0].id')
SECOND_STAGE_ID=$(field "$reply" '.pipelines[0].stages[1].id')

echo "v1: create a deal, and its contact with it" >&2
reply=$(v1 "/pipelines/$PIPELINE_ID/opportunities/" -X POST -d '{
  "title": "Difference engine",
  "status": "open",
  "stageId": "'"$FIRST_STAGE_ID"'",
  "email": "ada@example.com",
  "name": "Ada Lovelace",
  "monetaryValue": 220
}')
OPPORTUNITY_ID=$(field "$reply" .id)
echo "$reply"

echo "v2: move it to the second stage" >&2
reply=$(v2 "/opportunities/$OPPORTUNITY_ID" -X PUT -H "Content-Type: application/json" -d '{
  "pipelineStageId": "'"$SECOND_STAGE_ID"'"
}')
echo "$reply"

echo "v3: say when it will close, and how likely" >&2
reply=$(v3 "/opportunities/$OPPORTUNITY_ID" -X PUT -H "Content-Type: application/json" -d '{
  "forecastExpectedCloseDate": "2027-01-31",
  "forecastProbability": 60
}')
echo "$reply"

echo "Read it through each" >&2
v1 "/pipelines/$PIPELINE_ID/opportunities/$OPPORTUNITY_ID"; echo
v2 "/opportunities/$OPPORTUNITY_ID"; echo
v3 "/opportunities/$OPPORTUNITY_ID"; echo
