#!/bin/sh
# Runs the Telegram notifier against the Bot API fake that python-telegram-bot was validated with
# (../shared/tools/fake_telegram.py, loopback port 8081). Skips where the fake or Python is missing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
fake="${CARILLON_SHARED:-$root/../shared}/tools/fake_telegram.py"
python="${PYTHON:-python3}"
if ! [ -f "$fake" ]; then echo "skipped: no fake Bot API beside this repository"; exit 0; fi
if ! command -v "$python" >/dev/null; then echo "skipped: no Python here"; exit 0; fi

# The fake imports a module that Python 3.13 dropped and never uses it: an empty one stands in.
scratch=$(mktemp -d)
: > "$scratch/cgi.py"
PYTHONPATH="$scratch" "$python" "$fake" > "$scratch/requests" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT INT TERM

tries=0
until "$python" -c 'import socket; socket.create_connection(("127.0.0.1", 8081), 1)' 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 20 ]; then echo "failed: the fake Bot API does not answer"; cat "$scratch/requests"; exit 1; fi
    sleep 0.1
done

cd "$root"
CARILLON_FAKE_TELEGRAM=http://127.0.0.1:8081 swift test --jobs 1 --filter TelegramFakeTests
# The fake prints every request, so the second try after refused markup can be seen to carry none.
if ! grep badmd "$scratch/requests" | grep -qv parse_mode; then echo "failed: no plain-text try after refused markup"; exit 1; fi
echo "$(grep -c '"path"' "$scratch/requests") requests seen by the fake Bot API"
