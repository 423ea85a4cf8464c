#!/usr/bin/env bash
# proven.sh PROGRAM: runs whose trades and whole journal are known, demos and journals of earlier versions that go on, held
# against heads.tsv (name, entries, final equity, digest of all closed trades, head of the chain). A change of heads.tsv is a change of what the bot does:
# it is made on purpose, in a commit that says why. What lies beside the repository is skipped where it is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(readlink -f "${1:?path of the built program}")
shared=$(readlink -m "${CARILLON_SHARED:-$here/../../../shared}")/data
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"   # away from any configuration
differs=0

run() { # name, options of the demo
    local name=$1 said entries equity trades head was
    shift
    said=$("$program" demo --json --home "$scratch/$name" "$@" 2>"$scratch/errors" | tail -n 1) || said=
    read -r entries equity head < <(sed -nE 's/.*"entries":([0-9]+).*"equityEnd":([0-9.]+).*"journalHash":"([0-9a-f]+)".*/\1 \2 \3/p' <<<"$said") || true
    # What was bought and sold: pair, times, quantities, prices, money and reasons, whatever the journal's language is.
    trades=$("$program" trades --json --home "$scratch/$name" 2>>"$scratch/errors" | sha256sum | cut -c 1-16)
    was=$(awk -v name="$name" '$1 == name { print $2, $3, $4, $5 }' "$here/heads.tsv")
    if [ -n "$head" ] && [ "$entries $equity $trades $head" = "$was" ]; then
        printf '%-22s %3s entries  %-15s %s %s\n' "$name" "$entries" "$equity" "$trades" "$head"
    else
        printf '%-22s DIFFERS: %s\n%22s  it was: %s\n' "$name" "${entries:-no} ${equity:-result} $trades ${head:-}" "" "${was:-in no row of heads.tsv}"
        cat "$scratch/errors"
        differs=1
    fi
}

old() { # name, file of an earlier version's journal, options of the demo that goes on
    mkdir "$scratch/$1"
    gzip -dc "$2" > "$scratch/$1/journal.sqlite"
    run "$1" "${@:3}"
}

for seed in 7 3 11 42; do run "seed-$seed-72h" --seed "$seed" --hours 72; done
# Killed between an announcement and its answer, they come to the trades and the equity of the run that was not killed.
old killed-entries "$here/homes/killed-entries.sqlite.gz" --seed 7 --hours 24
old killed-exit "$here/homes/killed-exit.sqlite.gz" --seed 7 --hours 24
old strategy-open "$here/homes/strategy-open.sqlite.gz" --seed 4 --hours 60 --config "$here/strategies.yaml"
old own-24h "$here/homes/own-24h.sqlite.gz" --seed 7 --hours 48
# Of the second version of the journal's language, killed between the announcement of an exit and its answer.
old version-2 "$here/homes/version-2.sqlite.gz" --seed 3 --hours 24
if [ -d "$shared" ]; then
    run fall-2022-144h --candles "$shared" --start 2022-11-04T00:00:00Z --hours 144
    old journal-seed-3 "$shared/journals/demo-seed3-72h.sqlite.gz" --seed 3 --hours 96
    old journal-strategies "$shared/journals/strategies-candles-200h.sqlite.gz" --candles "$shared" --start 2023-10-20T00:00:00Z --hours 240 \
        --config "$shared/journals/strategies.carillon.yaml"
else
    echo "real candles and two journals: skipped, there is no $shared"
fi
exit $differs
