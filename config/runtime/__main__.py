"""What `./run` calls; works with nothing but Python's own library."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from config.runtime.entry import main

sys.exit(main(sys.argv[1:]))
