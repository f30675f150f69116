#!/usr/bin/env bash
# phonenumbers finds no telephone number in "TEL0197-24-0000", but finds it in the same letters full width.
#
# Expected: PhoneNumberMatcher looks for numbers in running text, and parse() reads the very same string. Seen: a
# number that touches an ASCII letter is passed over without a word (a rule against product numbers in English);
# kanji, brackets, ℡ and full-width letters may touch it. Japanese notices, without spaces, write TEL0197… and
# FAX0197… all the time, so of two numbers in a line one is found, and it is not always the telephone.
# Who is hit: whoever draws telephone numbers out of 備考, 連絡先 or a PDF's text: put a space between a letter and a
# digit first.
#
# phonenumbers 9.0.43; output seen on 2026-11-29: see "expected" below (invented numbers).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.43 2>pip.log || { cat pip.log; exit 1; }

cat >look.py <<'PY'
import phonenumbers

for text in ("TEL0197-24-0000", "TEL 0197-24-0000", "ＴＥＬ０１９７－２４－００００", "℡0197-24-0000", "電話0197-24-0000",
             "TEL(0197)24-0000", "電話0197-24-0000、FAX0197-24-0001", "FAX：0197-24-0001　TEL0197-24-0000"):
    found = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(text, "JP")]
    print(text, "->", *found)
print(phonenumbers.format_number(phonenumbers.parse("TEL0197-24-0000", "JP"), phonenumbers.PhoneNumberFormat.NATIONAL))
PY
venv/bin/python look.py >seen
cat seen

cat >expected <<'TXT'
TEL0197-24-0000 ->
TEL 0197-24-0000 -> 0197-24-0000
ＴＥＬ０１９７－２４－００００ -> ０１９７－２４－００００
℡0197-24-0000 -> 0197-24-0000
電話0197-24-0000 -> 0197-24-0000
TEL(0197)24-0000 -> (0197)24-0000
電話0197-24-0000、FAX0197-24-0001 -> 0197-24-0000
FAX：0197-24-0001　TEL0197-24-0000 -> 0197-24-0001
0197-24-0000
TXT
if ! diff expected seen; then
  echo "phonenumbers now treats letters before a number differently: this finding is out of date."
  exit 1
fi
