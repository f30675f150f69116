"""How fast the proposals are, in ratios against other ways of asking the same, with the bar beside each (performance §4, §5)."""

import os

# Before numpy is loaded: one core each, as the protocol wants it (performance §5, rule 4).
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
