#!/usr/bin/env bash
# run.sh PROGRAM [NAME...]: the small inputs beside this repository that once went wrong, each a folder with a
# `repro.sh PROGRAM` that ends with 0 where the fault is mended. NAME picks those whose folder begins so. One that
# waits for real minutes runs with SLOW=1 only, and is named where it is left out.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(readlink -f "${1:?path of the built program}")
shift
folder=${CARILLON_SHARED:-$root/../shared}/cases
if [ ! -d "$folder" ]; then echo "cases: skipped, there is no $folder"; exit 0; fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0
for path in "$folder"/*/repro.sh; do
    name=$(basename "$(dirname "$path")")
    wanted=$([ $# -eq 0 ] && echo yes || echo no)
    for pick in "$@"; do [[ $name == "$pick"* ]] && wanted=yes; done
    [ $wanted = yes ] || continue
    if [ -z "${SLOW:-}" ] && grep -qi 'takes about .* minutes' "$path"; then
        echo "skipped  $name: it waits for real minutes (SLOW=1)"
        skipped=$((skipped + 1))
        continue
    fi
    # Ends with 2 where it could not begin, e.g. a market that gave no entry: that is no success either.
    code=0
    timeout 900 bash "$path" "$program" > "$scratch/out" 2>&1 < /dev/null || code=$?
    if [ $code -eq 0 ]; then
        echo "mended   $name"
        passed=$((passed + 1))
    else
        echo "FAULT    $name (exit $code)"
        sed 's/^/    /' "$scratch/out"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
