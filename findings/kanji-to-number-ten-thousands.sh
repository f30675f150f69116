#!/usr/bin/env bash
# kanji-to-number adds the values of the characters up: 十万円 (100,000 yen) becomes 10010円.
#
# Expected: the package promises to turn kanji numerals in running text into digits, and does so for 一億人
# and 第百十五条. Seen: anything of ten or more before 万 or 億 is added, not multiplied, and figures written
# one by one are added as well, so 二〇二六 (the year 2026) is 10. No error, and the result looks like a number.
# Who is hit: fares, rewards and subsidies in notices (十万円), years, populations. kanjize 1.6.1 reads the same
# strings as one would; compare with it before trusting either.
#
# kanji-to-number 0.2.1, kanjize 1.6.1; output seen on 2026-11-29:
#   十万 10010 / 100000, 千万 11000 / 10000000, 二〇二六 10 / 2026, 二十五 25 / 25; 助成は十万円まで -> 助成は10010円まで
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check kanji-to-number==0.2.1 kanjize==1.6.1 2>pip.log || { cat pip.log; exit 1; }

cat >look.py <<'PY'
from kanji_to_number import kanji_to_number, kanji_to_number_in_text
from kanjize import kanji2number

for word in ("十万", "千万", "百二十万", "二〇二六", "二十五"):
    print(word, kanji_to_number(word), kanji2number(word))
print(kanji_to_number_in_text("助成は十万円まで、定員は二十五人"))
PY
venv/bin/python look.py >seen
cat seen

cat >expected <<'TXT'
十万 10010 100000
千万 11000 10000000
百二十万 10120 1200000
二〇二六 10 2026
二十五 25 25
助成は10010円まで、定員は25人
TXT
if ! diff expected seen; then
  echo "kanji-to-number 0.2.1 no longer adds instead of multiplying: this finding is out of date."
  exit 1
fi
