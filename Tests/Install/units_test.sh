#!/usr/bin/env bash
# The units, rendered with the built path: systemd finds no fault and says not one word on standard error,
# each service's exposure is at most 1.5, the hardening is the same in each, and every command they start
# is one the program has. Skips what needs systemd-analyze where there is none.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(readlink -f "${1:?path of the built program}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "units: $1" >&2; exit 1; }

"$top/systemd/render.sh" "$folder" "$program" /etc/carillon/carillon.yaml
! grep -l '@[A-Z]*@' "$folder"/* || fail "a place was not filled"

block() { sed -n '/^CapabilityBoundingSet=/,$p' "$1"; }
for unit in "$folder"/*.service; do
    diff <(block "$folder/carillon-cycle.service") <(block "$unit") || fail "$(basename "$unit") is hardened differently"
done

while read -r command; do
    # shellcheck disable=SC2086  # `journal verify` is two words
    "$program" $command --help 2> /dev/null | grep -q "^USAGE: carillon $command\b" || fail "the program has no command '$command', which a unit starts"
done < <(sed -n "s|^ExecStart=$program \([a-z ]*[a-z]\) --.*|\1|p" "$folder"/*.service | sort -u)

if ! command -v systemd-analyze > /dev/null; then
    echo "units: rendered; there is no systemd-analyze here to judge them"
    exit 0
fi
# The files by path, so that what is installed on this machine plays no part.
words=$(systemd-analyze verify "$folder"/*.service "$folder"/*.timer 2>&1) || fail "systemd-analyze verify: $words"
[ -z "$words" ] || fail "systemd-analyze verify says: $words"
for unit in "$folder"/*.service; do
    report=$(systemd-analyze security --offline=true --threshold=15 --no-pager "$unit" 2>&1) || { printf '%s\n' "$report"; fail "$(basename "$unit") is too exposed"; }
    printf '%s\n' "$report" | sed -n 's/^→ //p' | tail -n 1
done
echo "units: verified, nothing to say"
