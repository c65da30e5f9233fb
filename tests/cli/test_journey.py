"""Who calls the program without a command is shown what there is, in the order in which it is needed."""

from __future__ import annotations

from alerts.cli import journey, main


def test_no_command_shows_the_commands_by_the_journey(capsys):
    assert main.main([]) == 0
    said = capsys.readouterr().out
    heads = [said.index(f"\n{group}:\n") for group in journey.GROUPS]
    assert heads == sorted(heads)
    assert said.index("\n  init ") < said.index("\nLook:")
    assert "job-alerts init" in said.splitlines()[-1]


def test_every_command_stands_in_the_help_once(capsys):
    assert main.main([]) == 0
    said = capsys.readouterr().out
    assert [name for name in main.names() if said.count(f"\n  {name} ") != 1] == []


def test_no_group_names_a_command_that_there_is_not():
    named = [name for members in journey.GROUPS.values() for name in members]
    assert len(named) == len(set(named))
    assert set(named) <= set(main.names())


def test_the_help_fits_the_terminal(monkeypatch, capsys):
    for columns in (60, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        main.main([])
        assert max(map(len, capsys.readouterr().out.splitlines()[3:])) <= columns
