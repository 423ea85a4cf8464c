#!/usr/bin/env bash
# `make uninstall`: first names the positions that are open, because nobody looks after them afterwards;
# with any (or where that cannot be told) it goes on only with CONFIRM=1. Removes the program and its
# units; state, logs, configuration, keys and user stay.
set -euo pipefail
prefix=${PREFIX:-/usr/local} destination=${DESTDIR:-}
binary=$destination$prefix/bin/carillon
units=$destination/etc/systemd/system
state=$destination/var/lib/carillon
configuration=$destination/etc/carillon/carillon.yaml

fail() { echo "make uninstall: $1" >&2; exit "${2:-1}"; }
[ -n "$destination" ] || [ "$(id -u)" = 0 ] || fail "this must run as root (or with DESTDIR=folder)" 77

# The status, asked as the services' own user so that no file of theirs changes hands.
status() {
    local ask=("$binary" status --home "$state" "$@")
    [ ! -e "$configuration" ] || ask+=(--config "$configuration")
    if [ "$(id -u)" = 0 ] && [ -z "$destination" ] && id carillon >/dev/null 2>&1; then ask=(runuser -u carillon -- "${ask[@]}"); fi
    "${ask[@]}"
}

if [ -e "$state/journal.sqlite" ]; then
    if [ ! -x "$binary" ]; then
        warning="the program is gone, so it cannot be asked what is open in ${state#"$destination"}"
    elif ! facts=$(status --json 2>&1); then
        printf '%s\n' "$facts" >&2
        warning="it cannot be told what is open in ${state#"$destination"}"
    elif [[ $facts =~ \"positions\"[[:space:]]*:[[:space:]]*\[[[:space:]]*\] ]]; then
        warning=
    else
        status || true
        warning="positions are open; afterwards nobody sells them at their stops. To close them first: runuser -u carillon -- carillon close --all"
    fi
    if [ -n "$warning" ]; then
        [ "${CONFIRM:-}" = 1 ] || fail "$warning. To go on anyway: make uninstall CONFIRM=1 (nothing was changed)"
        echo "make uninstall: $warning. Going on, as CONFIRM=1 says."
    fi
fi

running=
if [ -z "$destination" ] && [ -d /run/systemd/system ]; then running=yes; fi
names=(carillon-cycle.timer carillon-monitor.timer carillon-verify.timer carillon-cycle.service carillon-monitor.service carillon-verify.service carillon-alert@.service)
if [ -n "$running" ]; then
    # Timers first, so that nothing starts anew; a step under way is let finish (TimeoutStopSec).
    systemctl disable --quiet --now "${names[@]:0:3}" 2>/dev/null || true
    systemctl stop "${names[@]:3:3}" 2>/dev/null || true
fi
for name in "${names[@]}"; do rm -f "$units/$name"; done
rm -f "$destination/usr/lib/sysusers.d/carillon.conf" "$destination/etc/logrotate.d/carillon" "$binary"
[ -z "$running" ] || systemctl daemon-reload

echo "removed carillon and its units. Kept: /var/lib/carillon (journal), /var/log/carillon, /etc/carillon, /etc/credstore/carillon.*, the user carillon"
