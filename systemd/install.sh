#!/usr/bin/env bash
# `make install`: install.sh PROGRAM. Puts the program, its units and its user in place and starts the
# timers. PREFIX (default /usr/local) and DESTDIR are honoured; with DESTDIR nothing is created or
# started outside of it. A configuration file that is there is never written to: where the shipped one
# differs, it is laid beside it as NAME.new.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(dirname "$here")
program=${1:?path of the built program}
prefix=${PREFIX:-/usr/local} destination=${DESTDIR:-}
units=$destination/etc/systemd/system
settings=$destination/etc/carillon
binary=$prefix/bin/carillon

fail() { echo "make install: $1" >&2; exit "${2:-1}"; }
[ -x "$program" ] || fail "there is no built program; first: make build"
[[ $prefix == /* ]] || fail "PREFIX is not an absolute path: $prefix" 64
[ -n "$destination" ] || [ "$(id -u)" = 0 ] || fail "this must run as root (or with DESTDIR=folder)" 77

# Rendered first: what systemd could not read is refused before anything is changed.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$here/render.sh" "$scratch" "$binary" /etc/carillon/carillon.yaml

# put MODE SOURCE TARGET: complete or not at all, also while the old program is running.
put() {
    install -D -m "$1" "$2" "$3.installing"
    mv -f "$3.installing" "$3"
}

# keep SOURCE TARGET: only where there is none; a differing new one is laid beside it.
keep() {
    if [ ! -e "$2" ]; then
        put 0644 "$1" "$2"
    elif cmp -s "$1" "$2"; then
        rm -f "$2.new"
    else
        put 0644 "$1" "$2.new"
        echo "kept ${2#"$destination"}; the shipped one is beside it as $(basename "$2").new"
    fi
}

# An upgrade: no new hour begins, the cycle under way ends while the minutes go on guarding, then the minute stands still too, and
# nothing trades until the journal has this version's form. Where the new program refuses the journal, or somebody breaks off, the old
# one comes back.
state=$destination/var/lib/carillon before=$destination$binary.before
timers=(carillon-cycle.timer carillon-monitor.timer carillon-verify.timer)
stopped=() locks=() with=()
resume() {
    [ ! -e "$before" ] || mv -f "$before" "$destination$binary"
    [ ${#stopped[@]} = 0 ] || systemctl start "${stopped[@]}"
    rm -rf "$scratch"
}
trap resume EXIT
trap 'exit 130' INT TERM

# pause TIMER: stopped if it runs; started again at the end, however that comes.
pause() {
    if [ -n "$destination" ] || [ ! -d /run/systemd/system ] || ! systemctl is-active --quiet "$1"; then return 0; fi
    stopped+=("$1")
    systemctl stop "$1"
}

# alone NAME: waits for the lock of a cycle or a minute under way, and keeps it while the program is swapped.
alone() {
    [ -e "$state/$1.lock" ] || return 0
    local lock
    exec {lock}<>"$state/$1.lock"
    locks+=("$lock")
    flock -n "$lock" && return 0
    echo "waiting for the $1 under way"
    flock -w 900 "$lock" || fail "the $1 under way did not end within 15 minutes; nothing was changed" 75
}

# A journal is brought to its form by its owner: root's in a container, the service's user elsewhere.
migrate() {
    local as=() owner
    owner=$(stat -c %U "$state/journal.sqlite")
    [ "$owner" = "$(id -un)" ] || as=(runuser -u "$owner" --)
    [ ! -e "$settings/carillon.yaml" ] || with=(--config "$settings/carillon.yaml")
    "${as[@]}" "$destination$binary" journal migrate --home "$state" "${with[@]}"
}

pause carillon-cycle.timer
pause carillon-verify.timer
if [ -s "$state/journal.sqlite" ]; then
    alone cycle
    pause carillon-monitor.timer
    alone monitor
    if [ -e "$destination$binary" ]; then
        cp -p "$destination$binary" "$before.installing"
        mv -n "$before.installing" "$before"
        rm -f "$before.installing"
    fi
fi
put 0755 "$program" "$destination$binary"
for lock in "${locks[@]}"; do exec {lock}>&-; done
if [ -s "$state/journal.sqlite" ] && ! migrate; then
    if [ -e "$before" ]; then fail "the new program does not take the journal; the old one is in its place again" 78; fi
    fail "the program does not take the journal; see above" 78
fi
rm -f "$before"

# Prompts are texts a person edits, so they are configuration too.
sed 's|^prompts: .*|prompts: /etc/carillon/prompts|' "$top/config/carillon.yaml" > "$scratch/carillon.yaml"
keep "$scratch/carillon.yaml" "$settings/carillon.yaml"
keep "$top/config/risk.yaml" "$settings/risk.yaml"
while IFS= read -r file; do
    keep "$top/prompts/$file" "$settings/prompts/$file"
done < <(cd "$top/prompts" && find . -type f \( -name '*.md' -o -name '*.json' \) | sed 's|^\./||' | sort)

# Strategies as well; those of the benchmarks stay here.
for file in "$top"/config/strategies/*.yaml; do
    case $(basename "$file") in bench-*) ;; *) keep "$file" "$settings/strategies/$(basename "$file")" ;; esac
done

for unit in "$scratch"/*.service "$scratch"/*.timer; do put 0644 "$unit" "$units/$(basename "$unit")"; done
put 0644 "$here/carillon.sysusers" "$destination/usr/lib/sysusers.d/carillon.conf"
put 0644 "$here/carillon.logrotate" "$destination/etc/logrotate.d/carillon"

if [ -n "$destination" ]; then
    echo "installed below $destination; the user is not created and no timer is started there"
    exit 0
fi

if ! id carillon >/dev/null 2>&1; then
    if command -v systemd-sysusers >/dev/null; then
        systemd-sysusers /usr/lib/sysusers.d/carillon.conf
    else
        useradd --system --home-dir /var/lib/carillon --no-create-home --shell /usr/sbin/nologin carillon
    fi
fi
install -d -m 0700 -o carillon -g carillon /var/lib/carillon
install -d -m 0750 -o carillon -g carillon /var/log/carillon
# Where keys and tokens are laid for the services: root's alone.
[ -d /etc/credstore ] || install -d -m 0700 -o root -g root /etc/credstore

# systemd is only spoken to where it runs this machine.
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl enable --quiet --now "${timers[@]}"
    echo "installed $binary; the next cycle: $(systemctl show --property=NextElapseUSecRealtime --value carillon-cycle.timer)"
else
    echo "installed $binary; systemd does not run here, so nothing is started: carillon run does the same in one process"
fi
echo "next: carillon doctor; keys and settings: README, \"Make it yours\""
