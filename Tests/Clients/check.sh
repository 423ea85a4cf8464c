#!/usr/bin/env bash
# Client libraries from the package index against the program's exchange on loopback.
# usage: check.sh PROGRAM [CLIENT...]   (default: all; everything lives under .build/clients)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$1
shift
clients=("$@")
[ ${#clients[@]} -gt 0 ] || clients=(ccxt python-binance binance-connector)
home=.build/clients
mkdir -p "$home"

for client in "${clients[@]}"; do
    # One environment each: two of them install a package of the same name.
    package=$(cd Tests/Clients && PYTHONDONTWRITEBYTECODE=1 python3 -c "import clients; print(clients.PACKAGES['$client'])")
    if [ "$(cat "$home/$client/installed" 2>/dev/null)" != "$package" ]; then
        echo "installing $package (once)"
        python3 -m venv --clear "$home/$client"
        "$home/$client/bin/python" -m pip install --quiet --disable-pip-version-check "$package"
        echo "$package" >"$home/$client/installed"
    fi
done

rm -f "$home/ready"
"$program" exchange --venue binance --synthetic 7 --port 0 --control-port 0 --balance USDT=100000 --json >"$home/ready" 2>"$home/exchange.log" &
exchange=$!
trap 'kill "$exchange" 2>/dev/null; wait "$exchange" 2>/dev/null || true' EXIT INT TERM
for _ in $(seq 300); do
    [ -s "$home/ready" ] && break
    kill -0 "$exchange" 2>/dev/null || { echo "the exchange did not start:" >&2; cat "$home/exchange.log" >&2; exit 1; }
    sleep 0.1
done
url=$(python3 -c 'import json, sys; print(json.loads(open(sys.argv[1]).readline())["url"])' "$home/ready")

failed=0
for client in "${clients[@]}"; do
    NO_PROXY=127.0.0.1 PYTHONDONTWRITEBYTECODE=1 "$home/$client/bin/python" Tests/Clients/flow.py "$url" test-key test-secret "$client" || failed=1
done
exit "$failed"
