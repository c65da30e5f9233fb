"""Has pages read by the kinds of sources, in a child process that can be killed."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

from alerts.model.errors import ReadError, UnknownKind
from alerts.model.form import Question
from alerts.model.options import Options
from alerts.model.page import Page
from alerts.model.raw import RawPosting, Reading
from alerts.sandbox import wire
from alerts.sandbox.children import Child, Children
from alerts.sandbox.process import Died, Late, Process
from alerts.sandbox.work import DONE, UNKNOWN_KIND, Task, perform


class Reader:
    """Reads pages with the kinds of sources; safe to share between threads. Pages are read one at a time, and beside those
    that take long.

    ``deadline`` is in seconds of wall and of CPU time, ``memory_mb`` limits the child's address space (where the platform
    can), ``idle`` seconds without work end the child until it is needed again. ``inline`` reads in this process, without
    limits. ``load`` names the function that finds a kind, as ``module:function``.
    """

    def __init__(
        self,
        *,
        deadline: float = 10.0,
        memory_mb: int = 768,
        idle: float = 120.0,
        inline: bool = False,
        load: str = "alerts.plugins:load",
    ) -> None:
        self._deadline = deadline
        self._memory_mb = memory_mb
        self._idle = idle
        self._inline = inline
        self._load = load
        self._children = Children()

    def read(self, kind: str, page: Page, options: Options) -> Reading:
        """What ``page`` says; raises ReadError, also when reading took too long or too much memory, and UnknownKind."""
        reading = self._run(Task("read", self._load, kind, (page, options)))
        if not isinstance(reading, Reading):
            raise ReadError(f"the kind {kind!r} read the page, but did not return a Reading; this is a fault of the kind")
        return reading

    def read_new(self, kind: str, page: Page, options: Options, known: Mapping[str, str]) -> Reading:
        """As ``read``, without the entries whose bytes are known by their key (→ id), for kinds that can tell them apart."""
        reading = self._run(Task("read_new", self._load, kind, (page, options, known)))
        if not isinstance(reading, Reading):
            raise ReadError(f"the kind {kind!r} read the page, but did not return a Reading; this is a fault of the kind")
        return reading

    def read_detail(self, kind: str, page: Page, raw: RawPosting, options: Options) -> RawPosting:
        """``raw`` with the details that ``page`` tells; raises as ``read``."""
        posting = self._run(Task("read_detail", self._load, kind, (page, raw, options)))
        if not isinstance(posting, RawPosting):
            raise ReadError(f"the kind {kind!r} read the details, but did not return a RawPosting; this is a fault of the kind")
        return posting

    def read_form(self, kind: str, page: Page, options: Options) -> tuple[Question, ...]:
        """What the form of an application asks; raises as ``read``."""
        found = self._run(Task("read_form", self._load, kind, (page, options)))
        if not isinstance(found, tuple) or not all(isinstance(one, Question) for one in found):
            raise ReadError(f"the kind {kind!r} read the form, but did not return questions; this is a fault of the kind")
        return found

    def close(self) -> None:
        """End the child once it has read what it reads; the reader may be used again."""
        self._children.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _run(self, task: Task) -> object:
        state, value = perform(task) if self._inline else self._ask_child(task)
        if state == DONE:
            return value
        raise (UnknownKind if state == UNKNOWN_KIND else ReadError)(str(value))

    def _ask_child(self, task: Task) -> tuple[str, object]:
        try:
            payload = wire.pack(task)
        except Exception as error:
            raise ReadError(f"a page or options of {task.kind!r} cannot be handed to the reading process: {error}") from None
        with self._children.lent(task.kind) as child:
            answer = self._answer(child, payload, task.kind)
        try:
            state, value = wire.unpack_result(answer)
        except Exception:
            raise ReadError(f"the kind {task.kind!r} returned something other than the values of alerts.model") from None
        return str(state), value

    def _answer(self, child: Child, payload: bytes, kind: str) -> bytes:
        for _ in range(2):
            try:
                return child.ask(self._start, payload, self._deadline)
            except Late:
                raise ReadError(f"reading this page as {kind!r} took longer than {self._deadline:g} s and was stopped") from None
            except Died as died:
                how = died
                if not died.rested:
                    break
        raise ReadError(f"reading this page as {kind!r} {how}")

    def _start(self) -> Process:
        return Process(self._deadline, self._memory_mb, self._idle)
