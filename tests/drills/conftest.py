"""The stage of the story tests, for drills that need no process of their own."""

from tests.story.conftest import stage

__all__ = ["stage"]
