#!/usr/bin/env bash
# SheetJS (npm xlsx) shows a date in the Japanese era, 令和8年12月1日 in Excel, as "ggg2026年12月1日".
#
# Expected: the formatted text of a cell is what Excel shows; the format [$-411]ggge"年"m"月"d"日" is the one that
# Excel offers in Japan. Seen: g is taken for a letter and e for the year of our calendar, so the text holds "ggg" and
# 2026 where 8 stands; the short form [$-411]ge.m.d has no text at all and sheet_to_csv writes the day number 46357;
# the weekday in Japanese, (aaa), stays "(aaa)". No warning. sheet_to_csv and raw:false give exactly this text.
# Who is hit: every web form or viewer that reads or previews municipal spreadsheets in the browser. Read the number
# (raw) and format it oneself; an importer should know "ggg2026年" for what it is.
#
# xlsx 0.18.5 (the newest on npm), file made with it; output seen on 2026-11-29: see "expected" below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5 >npm.log 2>&1 || { cat npm.log; exit 1; }

cat >look.js <<'JS'
const XLSX = require('xlsx');

const forms = ['[$-411]ggge"年"m"月"d"日"', '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', '[$-411]ge.m.d', 'm"月"d"日"(aaa)',
  'yyyy"年"m"月"d"日"'];
const sheet = XLSX.utils.aoa_to_sheet(forms.map((form) => [form, 46357]));  // 1 December 2026
forms.forEach((form, row) => { sheet['B' + (row + 1)].z = form; });
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'list');
XLSX.writeFile(book, 'list.xlsx');

const read = XLSX.readFile('list.xlsx');
console.log(XLSX.utils.sheet_to_csv(read.Sheets.list));
console.log(XLSX.utils.sheet_to_json(read.Sheets.list, { header: 1 }).map((row) => row[1]).join(' '));
JS
node look.js >seen
cat seen

cat >expected <<'TXT'
"[$-411]ggge""年""m""月""d""日""",ggg2026年12月1日
"[$-ja-JP-x-gannen]ggge""年""m""月""d""日"";@",ggg2026年12月1日
[$-411]ge.m.d,46357
"m""月""d""日""(aaa)",12月1日(aaa)
"yyyy""年""m""月""d""日""",2026年12月1日
46357 46357 46357 46357 46357
TXT
if ! diff expected seen; then
  echo "SheetJS now writes Japanese dates differently: this finding is out of date."
  exit 1
fi
