#!/usr/bin/env bash
# Fills the places in the unit templates: render.sh FOLDER BINARY CONFIG. The units land in FOLDER.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?folder} binary=${2:?path of the program} config=${3:?path of the configuration}
for path in "$binary" "$config"; do
    case $path in
        /*) ;;
        *) echo "render.sh: '$path' is not an absolute path" >&2; exit 64 ;;
    esac
    # What systemd would read as two words, a quote or a specifier cannot stand in ExecStart unescaped.
    if [[ $path =~ [^A-Za-z0-9/._+@:,-] ]]; then
        echo "render.sh: '$path' has a character that a unit file cannot hold plainly" >&2; exit 64
    fi
done
for template in "$here"/*.service "$here"/*.timer; do
    sed -e "s|@BINARY@|$binary|g" -e "s|@CONFIG@|$config|g" "$template" > "$folder/$(basename "$template")"
done
