"""Entries of a Greenhouse board, as its address answers them; and the commands, called over a configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alerts.cli.main import main


def caller(path: Path, capsys) -> Callable[..., tuple[int, str, str]]:
    """Runs a command with the configuration at ``path``: (exit status, standard output, standard error)."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main([*words[:1], "--config", str(path), *words[1:]])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def job(number: int, title: str, place: str = "Berlin, Germany", published: str = "2026-11-20T10:00:00-05:00") -> dict:
    return {
        "id": number,
        "internal_job_id": number + 100,
        "title": title,
        "location": {"name": place},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": f"We pay €70,000 - €90,000 per year. Work number {number}.",
        "first_published": published,
    }
