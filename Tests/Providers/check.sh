#!/bin/sh
# Asks an independent server (litellm's proxy with mock models, on loopback) through both providers.
# Needs python3 and a package index for the first run; everything lives under .build/check-providers.
set -eu
cd "$(dirname "$0")/../.."

version=1.106.2
home=.build/check-providers
python=$home/venv/bin/python
mkdir -p "$home"

if [ "$("$python" -c 'from importlib.metadata import version; print(version("litellm"))' 2>/dev/null)" != "$version" ]; then
    echo "installing litellm $version (once, about 800 MB)"
    python3 -m venv "$home/venv"
    "$python" -m pip install --quiet --disable-pip-version-check "litellm[proxy]==$version"
fi

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
LITELLM_LOCAL_MODEL_COST_MAP=True LITELLM_TELEMETRY=False NO_PROXY=127.0.0.1 \
    "$home/venv/bin/litellm" --config Tests/Providers/litellm.yaml --host 127.0.0.1 --port "$port" >"$home/proxy.log" 2>&1 &
proxy=$!
trap 'kill "$proxy" 2>/dev/null; wait "$proxy" 2>/dev/null || true' EXIT INT TERM

tries=0
until "$python" -c "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:$port/health/liveliness', timeout=1)" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ] || ! kill -0 "$proxy" 2>/dev/null; then
        echo "the proxy did not start; its last words ($home/proxy.log):" >&2
        tail -n 20 "$home/proxy.log" >&2
        exit 1
    fi
    sleep 0.5
done

CARILLON_LITELLM="http://127.0.0.1:$port" swift test ${SWIFT_TEST_FLAGS:-} --filter IndependentServerTests

# A whole cycle of the program with a panel of models: once all answer, then each way a guard can fail. The
# cycle always ends well; only with an answering guard may it buy.
program=.build/debug/carillon
for risk in decision busy broken too-long down analyst-openai; do
    scratch=$(mktemp -d)
    cat >"$scratch/carillon.yaml" <<YAML
panel:
  - {name: candidates, kind: prompt, role: voter, model: shortlist, provider: openai}
  - {name: technical, kind: prompt, role: voter, model: decision, provider: openai}
  - {name: risk, kind: prompt, role: guard, model: $risk, provider: openai}
models:
  openaiURL: http://127.0.0.1:$port/v1
YAML
    CARILLON_OPENAI_API_KEY=sk-loopback-only "$program" cycle --home "$scratch/home" --config "$scratch/carillon.yaml" --json >"$scratch/out"
    entries=$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["entries"])' "$scratch/out")
    echo "a panel whose guard is $risk: $entries bought"
    if [ "$risk" = decision ] && [ "$entries" != 1 ]; then echo "failed: an agreed coin was not bought" >&2; cat "$scratch/out" >&2; exit 1; fi
    if [ "$risk" != decision ] && [ "$entries" != 0 ]; then echo "failed: bought without a guard" >&2; exit 1; fi
    rm -rf "$scratch"
done
