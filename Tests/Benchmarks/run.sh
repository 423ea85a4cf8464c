#!/usr/bin/env bash
# `make bench`: run.sh PROGRAM. Speeds of the built program beside a calibration loop timed in the same run;
# "× loop" is CPU time as a multiple of that loop's, which is what to compare between machines.
# Nothing is asserted. BENCH_DAYS (default 90) is the length of the long journal; 0 leaves it out.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(readlink -f "${1:?path of the built program}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"   # away from any configuration of this folder

"$(command -v cc || command -v clang)" -O2 -o measure "$here/measure.c"
loop=$(./measure --calibrate)

row() { # what, then "wall cpu peak" on standard input
    local wall cpu peak
    read -r wall cpu peak
    awk -v what="$1" -v w="$wall" -v c="$cpu" -v p="$peak" -v l="$loop" \
        'BEGIN { printf "%-58s %10.1f %10.1f %8.1f %8.3f\n", what, w, c, p / 1024, c / l }'
}
# how often the list "positions" of a status has an entry
open_positions() { "$program" status --home "$1" --config "$2" --json | { grep -o '"trade"' || true; } | wc -l; }

# A panel that agrees easily, so that three positions are open after the first cycle of some seed.
eager() { # file, seed
    printf 'feeds: {seed: %s}\nconsensus: {floor: 50 %%, agreements: 1}\nrisk: risk.yaml\n' "$2" > "$1"
}
printf 'profile: standard\n' > risk.yaml

echo "calibration loop $loop ms CPU · $(nproc) cores · $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
printf '%-58s %10s %10s %8s %8s\n' "" "wall ms" "CPU ms" "peak MB" "× loop"

./measure -r 11 "$program" --version | row "start and stop (--version), median of 11"

rm -rf day && ./measure "$program" demo --home day --hours 24 --seed 7 --json | row "demo, 24 h: 24 cycles and 1,440 monitor steps"

found=0
for seed in $(seq 1 40); do
    eager eager.yaml "$seed"
    rm -rf held
    "$program" cycle --home held --config eager.yaml > /dev/null
    found=$(open_positions held eager.yaml)
    [ "$found" -ge 3 ] && break
done
# A step right after the last has little to read; a minute later it reads one candle of each position.
./measure -r 21 "$program" monitor --home held --config eager.yaml | row "monitor as a process, $found open positions, median of 21"

if [ "${BENCH_DAYS:-90}" -gt 0 ]; then
    days=${BENCH_DAYS:-90}
    ./measure "$program" demo --home long --hours $((days * 24)) --seed 7 --json | row "demo, $days days"
    if "$program" monitor --home long > /dev/null 2> why; then
        ./measure -r 21 "$program" monitor --home long | row "monitor on the journal of $days virtual days, median of 21"
    else
        echo "monitor on the journal of $days virtual days: $(head -n 1 why)"
    fi
    ./measure -r 5 "$program" status --home long | row "status on the journal of $days virtual days, median of 5"
    ./measure "$program" journal verify --home long | row "journal verify, $days virtual days ($(du -m long/journal.sqlite | cut -f 1) MB)"
fi

awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "%.0f,%d.%02d,%d.90,%d.05,%d.%02d,%d.%05d\n", 1640995200000 + i * 60000,
    40000 + i % 997, i % 89, 40001 + i % 997, 39999 + i % 997, 40000 + (i + 7) % 997, (i + 1) % 89, i % 31, i % 99991 }' | awk -F, '{
    hi = $2 > $5 ? $2 : $5; lo = $2 < $5 ? $2 : $5; printf "%s,%s,%.2f,%.2f,%s,%s\n", $1, $2, hi + 1.5, lo - 1.25, $5, $6 }' > BTCUSDT-1m.csv
./measure "$program" candles import BTCUSDT-1m.csv --store candles | row "candles import, a million rows of .csv"
./measure -r 5 "$program" candles verify --store candles | row "candles verify, a million candles ($(du -m candles | tail -n 1 | cut -f 1) MB), median of 5"

for count in 30 100; do
    printf 'feeds: {instruments: %s}\n' "$count" > "many-$count.yaml"
    for run in 1 2 3 4 5; do
        rm -rf fresh
        ./measure "$program" cycle --home fresh --config "many-$count.yaml"
    done | sort -n -k 2 | sed -n 3p | row "cycle, $count instruments x 200 candles made up anew, median of 5"
done

echo "indicators over 10 million rows, CPU ns a row:"
"$program" indicators --bench
