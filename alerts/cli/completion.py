"""Completion for bash, zsh and fish, made from the parser itself, so that it knows every command and option that there is."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """What can be typed behind a command."""

    caption: str
    #: Option → what it is for.
    options: Mapping[str, str]
    #: Words that an argument may be ("bash", "zsh", "fish").
    words: tuple[str, ...]


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """The script for one shell."""
    known = commands(parser)
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](known)


def commands(parser: argparse.ArgumentParser) -> dict[str, Command]:
    """Every command of the parser, with its options."""
    found: dict[str, Command] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            captions = {one.dest: one.help or "" for one in action._choices_actions}
            found |= {name: _command(sub, captions.get(name, "")) for name, sub in action.choices.items()}
    return found


def _command(parser: argparse.ArgumentParser, caption: str) -> Command:
    options = {name: one.help or "" for one in parser._actions for name in one.option_strings if name.startswith("--")}
    choices = [one.choices for one in parser._actions if one.choices and not one.option_strings]
    return Command(caption, options, tuple(str(word) for words in choices for word in words))


def _bash(known: Mapping[str, Command]) -> str:
    cases = "\n".join(f'    {name}) words="{" ".join([*one.options, *one.words])}" ;;' for name, one in known.items())
    return f"""\
# job-alerts for bash: job-alerts completion bash > ~/.local/share/bash-completion/completions/job-alerts
_job_alerts() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" command="" word words
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  case "$command" in
    "") words="{" ".join(known)} --config --help --verbose --version" ;;
{cases}
    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _job_alerts job-alerts
"""


def _zsh(known: Mapping[str, Command]) -> str:
    listed = "\n".join(f"    {shlex.quote(f'{name}:{_plain(one.caption)}')}" for name, one in known.items())
    rows = ((name, " ".join(map(shlex.quote, [*one.options, *one.words]))) for name, one in known.items())
    cases = "\n".join(f"      {name}) compadd -- {words}; _files ;;" for name, words in rows)
    return f"""\
#compdef job-alerts
# job-alerts for zsh: job-alerts completion zsh > a folder of $fpath, as _job-alerts
_job_alerts() {{
  local -a commands
  commands=(
{listed}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    case "$words[2]" in
{cases}
    esac
  fi
}}
compdef _job_alerts job-alerts
"""


def _fish(known: Mapping[str, Command]) -> str:
    lines = ["# job-alerts for fish: job-alerts completion fish > ~/.config/fish/completions/job-alerts.fish"]
    for name, one in known.items():
        lines.append(f"complete -c job-alerts -n __fish_use_subcommand -f -a {name} -d {_fished(one.caption)}")
        here = f"-n '__fish_seen_subcommand_from {name}'"
        lines += [f"complete -c job-alerts {here} -l {option[2:]} -d {_fished(said)}" for option, said in one.options.items()]
        lines += [f"complete -c job-alerts {here} -f -a {word}" for word in one.words]
    return "\n".join(lines) + "\n"


def _plain(caption: str) -> str:
    return " ".join(caption.replace(":", ",").split())


def _fished(words: str) -> str:
    """In quotes as fish reads them: a backslash before a quote."""
    return "'" + " ".join(words.split()).replace("\\", "\\\\").replace("'", "\\'") + "'"
