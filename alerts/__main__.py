"""``python -m alerts``: the same as the command ``job-alerts``."""

import sys

from alerts.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
