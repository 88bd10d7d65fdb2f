#!/usr/bin/env bash
# The main job on a sample township, 籍山镇 in 南陵县: drafts from templates, last
# year's workbook in, every entry checked, workbooks out.
#
#   run.sh MULU OUT     uses the program MULU and writes into the folder OUT
set -euo pipefail
mulu=$1
out=$2
book=$(dirname "$0")/籍山镇2025年政务公开标准目录.xlsx
drafts=$out/drafts

step() { printf '\n\033[1m%s\033[0m\n' "$1"; }

# run prints a command and runs it; 1 says that there is something to mend, which
# is what checks are for.
run() {
  printf '$ mulu %s\n' "$*"
  "$mulu" "$@" || [ $? -eq 1 ]
}

mkdir -p "$out"
find "$out" -mindepth 1 -maxdepth 1 ! -name desktop -exec rm -rf {} + # make run keeps the desktop's drafts there

step '一、从模板建立籍山镇的草稿'
run init --data "$drafts" --unit 340223100

step '二、看看去年的工作簿写了什么，导入会怎样'
run import "$book" --data "$drafts" --dry-run > "$out/导入预览.txt"
grep '^工作表' "$out/导入预览.txt"
echo "（逐行预览见 $out/导入预览.txt）"

step '三、导入（可以撤销）'
run import "$book" --data "$drafts" > "$out/导入结果.txt"
tail -n 1 "$out/导入结果.txt"
run history --data "$drafts"

step '四、检查每一条'
run check --data "$drafts" > "$out/检查结果.txt"
tail -n 1 "$out/检查结果.txt"
echo "（逐条结果见 $out/检查结果.txt，例如：）"
grep -m 3 -A 1 '错误' "$out/检查结果.txt"
run status --data "$drafts"

step '五、导出工作簿，并备份草稿'
run export --data "$drafts" --out "$out/国家标准版式"
run export --data "$drafts" --out "$out/籍山镇全部目录（安徽编码版式）.xlsx" --layout anhui --paper A3
run export --data "$drafts" --out "$out/籍山镇全部目录.csv" --format csv
run backup --data "$drafts" --out "$out/籍山镇备份.mulubak"
