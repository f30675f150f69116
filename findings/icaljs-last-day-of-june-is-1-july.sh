#!/usr/bin/env bash
# ical.js puts "the last day of June and December, yearly" on 1 July.
#
# Expected: BYMONTH=6,12;BYMONTHDAY=-1 is 30 June and 31 December; -1 is what one writes so that months of 30 and
# 31 days do not drift. Seen: from the second year the last day is counted with another month's length: 1 July,
# 30 March, 29 January, and a first day of 31 January is left out altogether. One month alone, or the same rule as
# FREQ=MONTHLY, is right. (A report of 2014 on the yearly last day, closed as fixed, was about one month.)
# Who is hit: closing days, deadlines and meetings at the ends of half years and quarters, in every web calendar
# that reads a municipality's .ics with ical.js: write FREQ=MONTHLY with BYMONTH, or one VEVENT for each date.
#
# ical.js 2.2.1 against rrule 2.8.1; output seen on 2026-11-29: see "expected" below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1 >npm.log 2>&1 || { cat npm.log; exit 1; }

cat >look.mjs <<'JS'
import ICAL from 'ical.js';
import rrule from 'rrule';

function compare(start, rule) {
  const steps = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start));
  const seen = [];
  for (let day = steps.next(); day && seen.length < 5; day = steps.next()) seen.push(day.toString());
  const right = rrule.rrulestr(`DTSTART:${start.replaceAll('-', '')}T000000Z\nRRULE:${rule}`).all();
  console.log(rule);
  console.log('  ical.js', ...seen);
  console.log('  rrule  ', ...right.map((day) => day.toISOString().slice(0, 10)));
}
compare('2026-06-30', 'FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1;COUNT=5');
compare('2027-03-31', 'FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1;COUNT=5');
compare('2027-01-31', 'FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=-1;COUNT=5');
compare('2026-06-30', 'FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1;COUNT=5');
JS
node look.mjs >seen
cat seen

cat >expected <<'TXT'
FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1;COUNT=5
  ical.js 2026-06-30 2026-12-31 2027-07-01 2027-12-31 2028-07-01
  rrule   2026-06-30 2026-12-31 2027-06-30 2027-12-31 2028-06-30
FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1;COUNT=5
  ical.js 2027-03-31 2027-09-30 2028-03-30 2028-09-30 2029-03-30
  rrule   2027-03-31 2027-09-30 2028-03-31 2028-09-30 2029-03-31
FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=-1;COUNT=5
  ical.js 2027-02-28 2028-01-29 2028-02-29 2029-01-28 2029-02-28
  rrule   2027-01-31 2027-02-28 2028-01-31 2028-02-29 2029-01-31
FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1;COUNT=5
  ical.js 2026-06-30 2026-12-31 2027-06-30 2027-12-31 2028-06-30
  rrule   2026-06-30 2026-12-31 2027-06-30 2027-12-31 2028-06-30
TXT
if ! diff expected seen; then
  echo "ical.js no longer mixes up the lengths of months: this finding is out of date."
  exit 1
fi
