"""Lets the tests of this folder import ``regold``, which also runs by hand."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
