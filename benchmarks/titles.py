"""A corpus of real titles with what another matcher says of them: every disagreement with ours, printed.

usage: python benchmarks/titles.py FOLDER        (FOLDER holds careerops-title-recall-corpus.json)

Their filter in our configuration: each positive keyword is an entry of ``title``, ``A + B`` being all words of one entry; each
negative one an entry ``title:`` of ``exclude``.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.explain import short
from alerts.model.posting import Posting
from alerts.model.search import Search

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def main(folder: Path) -> None:
    corpus = json.loads((folder / "careerops-title-recall-corpus.json").read_text("utf-8"))
    wanted = tuple(word.replace(" + ", " ") for word in corpus["title_filter"]["positive"])
    unwanted = tuple(f"title:{word}" for word in corpus["title_filter"]["negative"])
    search = compile_search(Search("corpus", title=wanted, exclude=unwanted))
    differ = 0
    for row in corpus["titles"]:
        posting = Posting("corpus", row["title"], "https://example.org", row["title"], language="en")
        match = evaluate(search, posting, now=NOW)
        if match.wanted != row["matches"]:
            differ += 1
            failed = [reason for part in match.reasons for reason in part.parts if part.answer == "no" and reason.answer == "no"]
            why = (
                "; ".join(short(match)) if match.wanted else "; ".join(f"{r.condition} {r.wanted} {r.found}" for r in failed[:1])
            )
            print(f"{'ours' if match.wanted else 'theirs':7}{row['title']}   [{why}]")
    print(f"{differ} of {len(corpus['titles'])} titles differ")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
