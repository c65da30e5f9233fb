"""The user's own aliases reach the commands that compile a search: query, and preview of a file that is only tried."""

from __future__ import annotations

import json

from alerts.cli.demo.site import Given, Site
from alerts.cli.main import main

CONFIG = """
[settings]
database = "a.db"
gather = "0s"
[network]
allow_private = ["127.0.0.1"]
pace = "0s"
[aliases]
"kübel" = ["software engineer"]
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"
[[searches]]
name = "speakers"
title = ["engineer"]
languages = ["English", "de"]
[channels.out]
kind = "file"
path = "FOLDER/out.jsonl"
"""
ROW = {
    "id": 1, "internal_job_id": 2, "title": "Software Engineer", "location": {"name": "Berlin"}, "company_name": "Acme",
    "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/1", "content": "Work number 1.",
}  # fmt: skip


def test_own_aliases_reach_query_and_preview(tmp_path, capsys):
    path, tried = tmp_path / "config.toml", tmp_path / "tried.toml"
    tried.write_text('[[searches]]\nname = "tried"\ntitle = ["kübel"]\n', encoding="utf-8")
    with Site(lambda asked: Given(json.dumps({"jobs": [ROW]}).encode())) as site:
        path.write_text(CONFIG.replace("SITE", site.url).replace("FOLDER", str(tmp_path)), encoding="utf-8")
        assert main(["poll", "--config", str(path)]) == 0
    capsys.readouterr()
    assert main(["query", "--config", str(path), "speakers"]) == 0
    assert capsys.readouterr().out.strip() == 'title:engineer AND (speaks:"English" OR speaks:"de")'
    assert main(["preview", "--config", str(path), "--json", str(tried)]) == 0
    assert json.loads(capsys.readouterr().out)["wanted"] == [ROW["absolute_url"]]
