"""Write the predictions for one task of the labelled rows: ``python benchmarks/predict.py TASK DIR`` prints JSON lines.

DIR holds the rows as they are labelled; only the fields that a task allows are read. The tasks are the files of
``benchmarks/tasks``, each with ``predict(folder) -> Iterator[dict]``.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(task: str, folder: str) -> None:
    file = HERE / "tasks" / f"{task}.py"
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in (HERE / "tasks").glob("*.py")))
        sys.exit(f"predict.py: no task {task!r}; known: {known}")
    spec = importlib.util.spec_from_file_location(f"task_{task}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for row in module.predict(Path(folder)):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.path.insert(0, str(HERE.parent))
    main(sys.argv[1], sys.argv[2])
