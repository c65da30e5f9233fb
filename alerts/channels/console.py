"""The terminal, or the journal of a service: prints the message.

For trying things out, and for a service whose journal is read. A message is one block of text; nothing in it can move the
cursor or change colours, because the renderer lets no control character through.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from alerts.model import options
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "text"
LIMITS = Limits(items=500, size=1_000_000)


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "console"``."""

    #: Which stream of the process to print to.
    stream: Literal["stdout", "stderr"] = "stdout"


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """Print ``message``."""
    stream = sys.stderr if options.stream == "stderr" else sys.stdout
    text = f"{message.subject}\n{'=' * min(len(message.subject), 78)}\n{message.text}\n"
    # A terminal that knows ASCII only is shown question marks instead of failing.
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except (OSError, ValueError) as error:
        return Outcome("later", f"{options.stream} cannot be written to ({error})")
    return Outcome("sent", f"printed to {options.stream}")
