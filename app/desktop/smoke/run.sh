#!/usr/bin/env bash
# Starts the Windows program under wine on a display of its own, waits for its
# window, takes a picture of it, closes it, and says how it ended.
#
#   run.sh MULUTONG.EXE PICTURE.png
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exe=$(realpath "$1")
picture=$2
mkdir -p "$(dirname "$picture")"

work=$(mktemp -d)
pids=()
cleanup() {
  wineserver -k 2> /dev/null || true
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES='bcryptprimitives=n;winemenubuilder=d;mscoree=d;mshtml=d' HOME=$work LANG=C.UTF-8
mkdir "$work/program"
cp "$exe" "$work/program/mulutong.exe"

exec 3> "$work/display"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 2> /dev/null &
pids+=($!)
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display")
export DISPLAY

wine wineboot -i > /dev/null 2>&1
wineserver -w
x86_64-w64-mingw32-gcc -shared -O1 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
  "$here/bcryptprimitives.c" -ladvapi32
wine "$work/program/mulutong.exe" --data "C:\\drafts" > "$work/log" 2>&1 &
program=$!
pids+=("$program")

window=
for _ in $(seq 300); do
  window=$(xdotool search --onlyvisible --class mulutong.exe 2> /dev/null | tail -n 1) && [ -n "$window" ] && break
  kill -0 "$program" 2> /dev/null || { echo "the program ended before it had a window:"; cat "$work/log"; exit 1; }
  sleep 0.2
done
[ -n "$window" ] || { echo "no window after a minute:"; cat "$work/log"; exit 1; }

# The picture is taken once two in a row are the same and show more than one colour.
before=
for _ in $(seq 60); do
  sleep 1
  import -window root "$work/now.png"
  now=$(convert "$work/now.png" -format '%# %k' info:)
  [ "$now" = "$before" ] && [ "${now##* }" -gt 16 ] && break
  before=$now
done
cp "$work/now.png" "$picture"
[ "${now##* }" -gt 16 ] || { echo "the window stays empty, see $picture"; exit 1; }
title=$(xdotool getwindowname "$window")
echo "under wine: window “$title”, picture in $picture"
