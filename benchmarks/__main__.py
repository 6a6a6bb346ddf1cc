"""`python -m benchmarks`: every benchmark, one after another."""

import sys

from benchmarks.run import main

sys.exit(main(sys.argv[1:]))
