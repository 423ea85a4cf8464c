#!/usr/bin/env bash
# The exchange on loopback under load from one client process: orders and cancels at a steady rate, and not a coin out of place.
# usage: exchange.sh PROGRAM [PAIRS_PER_SECOND] [SECONDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$1 rate=${2:-2000} seconds=${3:-10}
scratch=$(mktemp -d)
gcc -O2 -w -o "$scratch/load" Tests/Benchmarks/load.c -lcrypto -lpthread
"$program" exchange --venue binance --synthetic 7 --port 0 --control-port 0 --balance USDT=1000000 --json >"$scratch/ready" 2>"$scratch/log" &
exchange=$!
trap 'kill "$exchange" 2>/dev/null; wait "$exchange" 2>/dev/null || true; rm -rf "$scratch"' EXIT INT TERM
for _ in $(seq 300); do [ -s "$scratch/ready" ] && break; kill -0 "$exchange" || { cat "$scratch/log" >&2; exit 1; }; sleep 0.1; done
field() { python3 -c 'import json, sys; print(json.loads(open(sys.argv[1]).readline())[sys.argv[2]])' "$scratch/ready" "$1"; }
port=$(field port) control=http://127.0.0.1:$(field controlPort)
curl --silent --fail --noproxy '*' -X POST -H 'Content-Type: application/json' -d '{"weight": 100000000, "ordersPerTenSeconds": 10000000, "ordersPerDay": 100000000}' "$control/limits" >/dev/null

"$scratch/load" "$port" test-key test-secret 2 "$rate" 8 BTCUSDT 0.001 30000 >/dev/null   # warm
"$scratch/load" "$port" test-key test-secret "$seconds" "$rate" 8 BTCUSDT 0.001 30000
curl --silent --fail --noproxy '*' "$control/audit" >"$scratch/audit"
python3 - "$scratch/audit" <<'PY'
import json, sys
audit = json.load(open(sys.argv[1]))
print("audit:", json.dumps({k: v for k, v in audit.items() if not isinstance(v, (list, dict))}))
PY
echo "exchange: $(awk '/VmHWM/ {print $2 / 1024 " MB peak"}' "/proc/$exchange/status"), $(awk '{print ($14 + $15) / 100 " s CPU"}' "/proc/$exchange/stat")"
