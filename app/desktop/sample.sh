#!/usr/bin/env bash
# Opens the desktop program on a sample township, 籍山镇 in 南陵县, whose drafts it
# makes first where there are none: templates, with last year's workbook in them.
#
#   sample.sh MULU MULUTONG DATA
set -euo pipefail
mulu=$1
mulutong=$2
data=$3
book=$(dirname "$0")/../cmd/mulu/sample/籍山镇2025年政务公开标准目录.xlsx

if [ ! -e "$data/store.json" ]; then
  mkdir -p "$(dirname "$data")"
  "$mulu" init --data "$data" --unit 340223100 > /dev/null
  # 1 says that some rows want a look, which is what the desktop is for.
  "$mulu" import "$book" --data "$data" > /dev/null || [ $? -eq 1 ]
fi
exec "$mulutong" --data "$data"
