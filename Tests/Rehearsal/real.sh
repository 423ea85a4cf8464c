#!/usr/bin/env bash
# real.sh PROGRAM [FOLDER]: every shipped strategy that fills as the bot does, and plain rules over averages and bands, over
# all real candles of the folder (default ../shared/data), by the backtest and by the bot's own engine. Fails where one
# trade differs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(readlink -f "${1:?path of the built program}")
folder=${2:-${CARILLON_SHARED:-$root/../shared}/data}
if [ ! -f "$folder/BTCUSDT-1h.csv.gz" ]; then echo "real candles: skipped, there are none in $folder"; exit 0; fi
folder=$(readlink -f "$folder")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"   # away from any configuration: the compiled-in strategies

for frame in 1h 5m; do
    mkdir "$frame"
    for file in "$folder"/*USDT-"$frame".csv.gz; do ln -s "$file" "$frame/"; done
done
check() { # strategy, candles, further options
    local out
    printf '%-16s %-3s %-12s ' "$1" "$2" "${*:3}"
    out=$("$program" backtest "$1" --candles "$2" "${@:3}" --engine --fast --home "$scratch/home") || { echo "$out" | grep -A 20 '^engine' || echo "$out"; exit 1; }
    echo "$out" | sed -n 's/^engine *//p'
}
for strategy in trend-following mean-reversion hourly-panel; do check "$strategy" 1h; done
check scalping 5m
check trend-following 5m --detail 5m
check mean-reversion 5m --detail 5m

# Plain rules, whose values are often equal to the price or to each other where ticks are coarse. Small purchases: the engine's
# breakers, which a backtest does not have, stay out of the way.
rule() { # name, entry, exit
    printf 'name: %s\nversion: 1\nsymbols: universe\ntimeframe: 1h\nentry: %s\nexit: %s\nbracket:\n  stop: 6 %%\n  rungs: [{gain: 12 %%, share: 100 %%}]\nsizing: {equity: 1 %%, positions: 3, capital: 10000}\n' "$@" > "$1.yaml"
    check "$1.yaml" 1h
}
rule close-above-sma "close > sma(20)" "close < sma(20)"
rule two-averages "crosses_above(sma(5), sma(10))" "crosses_below(sma(5), sma(10))"
rule band-reached "close <= bollinger_lower(20, 2)" "close >= bollinger_middle(20, 2)"
# The engine buys nothing far above its median; a rule that stays below meets it nowhere.
rule band-left "crosses_above(close, bollinger_upper(20, 2)) and close < 1.5 * sma(20)" "crosses_below(close, sma(20))"
rule average-touched "close == sma(3) or crosses_below(bollinger_middle(10, 1), close)" "close < bollinger_lower(10, 1)"
