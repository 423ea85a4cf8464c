#!/usr/bin/env bash
# Install and uninstall into a scratch folder: what lands where, that configuration is never overwritten,
# that open positions stop an uninstall, and that state, logs and configuration survive it.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(readlink -f "${1:?path of the built program}")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
checks=0
fail() { echo "install: $1" >&2; exit 1; }
holds() { local what=$1; shift; "$@" || fail "not so: $what"; checks=$((checks + 1)); }
refuses() { local what=$1; shift; ! "$@" > "$root/words" 2>&1 || fail "should have been refused: $what"; checks=$((checks + 1)); }
has() { grep -q -- "$1" "$2"; }
put_in() { DESTDIR=$root/d PREFIX=/opt/bell "$top/systemd/install.sh" "$program"; }
take_out() { DESTDIR=$root/d PREFIX=/opt/bell CONFIRM=${1:-} "$top/systemd/uninstall.sh"; }
etc=$root/d/etc/carillon

put_in > "$root/words"
holds "the program is there and runs" test -n "$("$root/d/opt/bell/bin/carillon" --version)"
holds "the units name the installed path" has "^ExecStart=/opt/bell/bin/carillon cycle " "$root/d/etc/systemd/system/carillon-cycle.service"
holds "the settings name the installed prompts" has "^prompts: /etc/carillon/prompts$" "$etc/carillon.yaml"
holds "prompts and schemas are installed" test -f "$etc/prompts/schemas/decision.json"
holds "strategies are installed" test -f "$etc/strategies/trend-following.yaml"
holds "the benchmarks' strategies are not" test ! -e "$etc/strategies/bench-w1.yaml"
holds "nothing half written is left" test -z "$(find "$root/d" -name '*.installing')"

printf '# mine\n' >> "$etc/carillon.yaml"
printf '# mine\n' >> "$etc/prompts/technical.md"
before=$(cat "$etc/carillon.yaml" "$etc/prompts/technical.md" | sha256sum)
put_in > "$root/words"
holds "edited files are kept to the byte" test "$before" = "$(cat "$etc/carillon.yaml" "$etc/prompts/technical.md" | sha256sum)"
holds "the shipped settings are laid beside them" test -f "$etc/carillon.yaml.new"
holds "the person is told" has "kept /etc/carillon/carillon.yaml" "$root/words"
holds "an unedited file gets no second one" test ! -e "$etc/risk.yaml.new"

refuses "a relative PREFIX" env DESTDIR="$root/d" PREFIX=opt "$top/systemd/install.sh" "$program"
refuses "a PREFIX that a unit cannot hold" env DESTDIR="$root/e" PREFIX="/opt/my bells" "$top/systemd/install.sh" "$program"
holds "a refused install changes nothing" test ! -e "$root/e"

# A stand-in that answers `status` shows each case of the question before an uninstall.
state=$root/d/var/lib/carillon
mkdir -p "$state" "$root/d/var/log/carillon"
: > "$state/journal.sqlite"
answer() { printf '#!/bin/sh\n%s\n' "$1" > "$root/d/opt/bell/bin/carillon"; }
answer "echo '{\"positions\":[{\"symbol\":\"SOL/USDT\"}]}'"
refuses "an uninstall with an open position" take_out
holds "the position is named" has SOL/USDT "$root/words"
holds "and nothing was removed" test -f "$root/d/etc/systemd/system/carillon-monitor.timer"
answer "echo 'the journal is damaged' >&2; exit 70"
refuses "an uninstall where nobody can tell what is open" take_out
answer "echo '{\"positions\" : [ ]}'"
take_out > "$root/words"
holds "without positions no question is asked" test ! -e "$root/d/opt/bell/bin/carillon"
holds "no unit is left" test -z "$(ls "$root/d/etc/systemd/system")"
holds "the journal stays" test -f "$state/journal.sqlite"
holds "the logs stay" test -d "$root/d/var/log/carillon"
holds "the settings stay" test -f "$etc/carillon.yaml"

put_in > "$root/words"
answer "echo '{\"positions\":[{\"symbol\":\"SOL/USDT\"}]}'"
take_out 1 > "$root/words"
holds "CONFIRM=1 goes on" test ! -e "$root/d/opt/bell/bin/carillon"

# An upgrade waits for what is under way, brings an earlier version's journal to its form, and goes back where it cannot.
rm -rf "$state"
put_in > "$root/words"
mkdir -p "$state"
gzip -dc "$top/Tests/Proven/homes/strategy-open.sqlite.gz" > "$state/journal.sqlite"
: > "$state/cycle.lock"
: > "$root/words"
flock "$state/cycle.lock" sh -c "until grep -q waiting '$root/words'; do :; done; : > '$root/ended'" &
holder=$!
until ! flock -n "$state/cycle.lock" true; do :; done
put_in > "$root/words"
holds "it waited for the cycle under way" test -f "$root/ended"
wait "$holder"
holds "the account of the earlier version was made anew, and the person told" has "made anew from 218 entries" "$root/words"
put_in > "$root/words"
holds "the next time there is nothing to do" has "the journal is as this version keeps it" "$root/words"
printf 'not a journal' > "$state/journal.sqlite"
rm -f "$state"/journal.sqlite-* "$state/journal.anchor"
answer "echo before"
refuses "an upgrade over a journal that the new program does not take" put_in
holds "the old program is back" test "$("$root/d/opt/bell/bin/carillon")" = before
holds "and the person is told" has "the old one is in its place again" "$root/words"
holds "nothing is left beside it" test ! -e "$root/d/opt/bell/bin/carillon.before"

# The real program on a real journal: whatever it holds, the answer is understood one way or the other.
rm -rf "$state"
put_in > "$root/words"
"$program" demo --home "$state" --hours 6 --json > "$root/demo" 2>&1
open=$("$program" status --home "$state" --json)
if [[ $open =~ \"positions\"[[:space:]]*:[[:space:]]*\[[[:space:]]*\] ]]; then
    holds "an account without positions is let go" take_out > "$root/words"
else
    holds "status lists positions" test -z "${open##*\"positions\"*}"
    refuses "an uninstall with the demo's positions open" take_out
    holds "CONFIRM=1 lets it go" take_out 1 > "$root/words"
fi
echo "install: $checks checks passed"
