#!/usr/bin/env bash
# Serves a copy of a ledger and has schemathesis ask it what nobody thought of, holding every answer against the OpenAPI document:
# `contract.sh ENTENTE LEDGER`. The stream never ends, so it is left out. Two things are not
# checked: that whatever the document allows is taken (which words are types of PLOVER, names of parties or cursors is no matter of a
# schema), and that whatever it does not allow is refused (a condition without a value is none).
set -euo pipefail
entente=$(realpath "$1") ledger=$(realpath "$2")
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cp "$ledger" "$folder/year.entente"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==4.32.5"
"$entente" serve --ledger "$folder/year.entente" --listen 127.0.0.1:0 2>"$folder/log" &
server=$!
until address=$(grep -o 'http://[0-9.:]*' "$folder/log"); do
    kill -0 "$server" || { cat "$folder/log"; exit 1; }
    sleep 0.1
done
cd "$folder"
venv/bin/schemathesis run "$(head -1 <<<"$address")/api/v1/openapi.json" --exclude-path /api/v1/stream \
    --exclude-checks positive_data_acceptance,negative_data_rejection --max-examples "${EXAMPLES:-50}" --seed 1 --request-timeout 60
