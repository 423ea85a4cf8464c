#!/usr/bin/env bash
# lab.sh PROGRAM [REPEATS]: backtests beside the C floors of ../shared/bench (W7: of `ref7.c` here), run in turn; "x floor" is
# processor time of the run alone over the floor's. Trades must be byte for byte the floor's, and the least ratio at most the one
# in thresholds.tsv, or this fails. BENCH_FOLDER
# (default .build/bench) keeps floors and data; the data need Python 3 with venv and one package (numpy).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$(readlink -f "${1:?path of the built program}")
repeats=${2:-7}
shared=${CARILLON_SHARED:-$root/../shared}
folder=${BENCH_FOLDER:-$root/.build/bench}
if [ ! -f "$shared/bench/ref.c" ]; then echo "lab benches: skipped, there is no $shared/bench"; exit 0; fi

mkdir -p "$folder/bin"
if [ ! -f "$folder/data/w2/SYM49.csv" ]; then
    cp -r "$shared/bench/." "$folder/"
    (cd "$folder" && ./install.sh base numpy==2.4.6 && venvs/base/bin/python gen.py w1 w2) || { echo "lab benches: skipped, the data cannot be made here"; exit 0; }
fi
compiler=$(command -v gcc || command -v cc || command -v clang)
[ -x "$folder/bin/ref" ] || "$compiler" -O2 "$folder/ref.c" -o "$folder/bin/ref" -lm
[ -x "$folder/bin/ref4" ] || "$compiler" -O2 "$folder/ref4.c" -o "$folder/bin/ref4" -lm
[ "$folder/bin/ref7" -nt "$here/ref7.c" ] || "$compiler" -O2 "$here/ref7.c" -o "$folder/bin/ref7" -lm
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"   # away from any configuration: the compiled-in strategies

field() { sed -n "s/.*\"$1\": *\([0-9.e-]*\).*/\1/p"; }
floor_W1() { "$folder/bin/ref" "$@" "$folder/data/w1.bin"; }
floor_W2() { "$folder/bin/ref" "$@" "$folder"/data/w2/*.bin; }
floor_W7() { "$folder/bin/ref7" "$@" "$folder/data/w1.bin"; }
floor_W4() { "$folder/bin/ref4" "$folder/data/w2/SYM00.bin"; }
ours_W1() { "$program" backtest bench-w1 --bench --candles "$folder/data/w1.csv" "$@"; }
ours_W2() { "$program" backtest bench-w2 --bench --candles "$folder/data/w2" "$@"; }
ours_W7() { "$program" backtest bench-w7 --bench --candles "$folder/data/w1.csv" "$@"; }
ours_W4() { "$program" optimise bench-w4 --bench --candles "$folder/data/w2/SYM00.csv"; }

for work in W1 W7 W2; do
    "floor_$work" --trades "$scratch/floor.csv" > /dev/null
    "ours_$work" --trades "$scratch/ours.csv" > /dev/null
    cmp "$scratch/floor.csv" "$scratch/ours.csv" || { echo "$work: the trades differ" >&2; exit 1; }
    echo "$work: $(wc -l < "$scratch/ours.csv") trades, byte for byte the floor's"
done
slower=0
printf '%-4s %10s %12s %12s %10s %10s   %s\n' "" trades "floor ms" "ours ms" "x floor" "(least)" "medians of $repeats in turn, processor time of the run"
for work in W1 W7 W2 W4; do
    : > "$scratch/$work"
    for _ in $(seq 1 "$repeats"); do
        floor=$("floor_$work") ours=$("ours_$work")
        echo "$(field run_cpu_s <<< "$floor") $(field run_cpu_s <<< "$ours")" >> "$scratch/$work"
    done
    if [ "$(field trades <<< "$floor")" != "$(field trades <<< "$ours")" ]; then echo "$work: the trades differ" >&2; exit 1; fi
    awk -v work="$work" -v trades="$(field trades <<< "$ours")" '
        function median(v, n,   i, j, t) {
            for (i = 2; i <= n; i++) { t = v[i]; for (j = i - 1; j > 0 && v[j] > t; j--) v[j + 1] = v[j]; v[j + 1] = t }
            return v[int((n + 1) / 2)]
        }
        { f[NR] = $1; o[NR] = $2; if (NR == 1 || $1 < fl) fl = $1; if (NR == 1 || $2 < ol) ol = $2 }
        END { a = median(f, NR); b = median(o, NR); printf "%-4s %10d %12.2f %12.2f %10.2f %10.2f\n", work, trades, a * 1e3, b * 1e3, b / a, ol / fl }' "$scratch/$work" | tee "$scratch/row"
    most=$(awk -v work="$work" '$1 == work { print $2 }' "$here/thresholds.tsv")
    if awk -v most="$most" '{ exit !($6 > most) }' "$scratch/row"; then echo "$work: slower than thresholds.tsv allows ($most x floor)" >&2; slower=1; fi
done
exit $slower
