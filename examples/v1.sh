#!/usr/bin/env bash
# A deal through the first API: made with its contact, moved, won, listed page by page, deleted. Needs curl and node, and
#   export PIPEWRIGHT_URL=http://127.0.0.1:4400 GHL_API_KEY=eyJ...
# Says on standard error what it does; standard output is the replies, one JSON value to a line.
set -euo pipefail
trap 'echo "${reply:-}" >&2' ERR # what the server said

# Answers one field of a reply: field "$reply" .contact.id
field() { node -p "JSON.parse(process.argv[1])$2" "$1"; }

# No Version header, and no content type: v1 needs neither.
ask() { curl -sS --fail-with-body -H "Authorization: Bearer $GHL_API_KEY" "$@"; }

echo "1. Pipelines and their stages" >&2
reply=$(ask "$PIPEWRIGHT_URL/v1/pipelines/")
echo "$reply"
STAGE_ID=$(field "$reply" '.pipelines[0].stages[0].id')
NEXT_STAGE_ID=$(field "$reply" '.pipelines[0].stages[1].id')
OPPORTUNITIES="$PIPEWRIGHT_URL/v1/pipelines/$(field "$reply" '.pipelines[0].id')/opportunities"

echo "2. A deal for whoever has this e-mail address, who is created if nobody has" >&2
reply=$(ask -X POST "$OPPORTUNITIES/" -d '{
    "title": "Website redesign",
    "stageId": "'"$STAGE_ID"'",
    "status": "open",
    "monetaryValue": 220,
    "email": "john@deo.com",
    "phone": "+1 202-555-0107",
    "name": "John Deo",
    "companyName": "Tesla Inc",
    "tags": ["v1"]
  }')
echo "$reply"
ID=$(field "$reply" .id)

echo "3. Another value; it stays in its stage" >&2
reply=$(ask -X PUT "$OPPORTUNITIES/$ID" -d '{ "title": "Website redesign", "status": "open", "monetaryValue": 250 }')
echo "$reply"

echo "4. Won, in the next stage: answers \"\"" >&2
reply=$(ask -X PUT "$OPPORTUNITIES/$ID/status" -d '{ "status": "won", "stageId": "'"$NEXT_STAGE_ID"'" }')
echo "$reply"

echo "5. What is won for John, page by page" >&2
NEXT="$OPPORTUNITIES?status=won&query=john@deo.com&limit=1"
while [ "$NEXT" != null ]; do
  reply=$(ask "$NEXT")
  echo "$reply"
  NEXT=$(field "$reply" .meta.nextPageUrl)
done

echo "6. Deleted: answers \"\"" >&2
reply=$(ask -X DELETE "$OPPORTUNITIES/$ID")
echo "$reply"
