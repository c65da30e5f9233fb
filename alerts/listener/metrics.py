"""The figures as Prometheus reads them: names, units and types by its rules; a registry of their own, nothing global."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alerts.listener.figures import Figures, Stored
from alerts.listener.tally import BOUNDS, Counts

if TYPE_CHECKING:
    from prometheus_client import Metric


def exposition(figures: Figures) -> tuple[bytes, str]:
    """The text and its media type; raises ImportError where the library is not installed."""
    from prometheus_client import CollectorRegistry, ProcessCollector
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    registry.register(_Figures(figures))
    return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


class _Figures:
    """What the library asks for its metrics."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Every metric, with what it means."""
        figures = self._figures
        yield _labelled("jobalerts_build_info", "The version that runs.", "version", {figures.version: 1})
        yield _one("jobalerts_ready", "1 where the database can be read and what was due was done, else 0.", figures.ready)
        yield _counter("jobalerts_faults", "Jobs that ended with a fault of the program or database.", (), {(): figures.faults})
        yield from _of_counts(figures.counts)
        if figures.stored:
            yield from _of_store(figures.stored, figures.sources)


def _of_counts(counts: Counts) -> Iterator[Metric]:
    from prometheus_client.core import HistogramMetricFamily

    polls = {(result,): count for result, count in counts.polls.items()}
    yield _counter("jobalerts_polls", "Readings of a source, by how they ended.", ("result",), polls)
    buckets = list(zip([*(str(bound) for bound in BOUNDS), "+Inf"], counts.times, strict=True))
    yield HistogramMetricFamily("jobalerts_poll_seconds", "Time that a reading took.", buckets=buckets, sum_value=counts.seconds)
    words = "Attempts to send a message, by channel and how they ended."
    yield _counter("jobalerts_deliveries", words, ("channel", "result"), counts.deliveries)


def _of_store(stored: Stored, most: int) -> Iterator[Metric]:
    yield _one("jobalerts_sources", "Sources that are watched.", len(stored.read))
    yield _one("jobalerts_sources_failing", "Sources whose last reading failed.", stored.failing)
    read = {key: moment.timestamp() for key, moment in sorted(stored.read.items())[:most] if moment}
    name = "jobalerts_source_last_success_timestamp_seconds"
    yield _labelled(name, "When a source was last read well; of the first [http] sources of them.", "source", read)
    yield _labelled("jobalerts_alerts_owed", "Alerts that wait to be told, by channel.", "channel", stored.owed)
    yield _one("jobalerts_alerts_oldest_owed_seconds", "Age of the oldest alert that waits.", stored.oldest)
    late = "By how long the longest waiting that is due was not done."
    yield _labelled("jobalerts_lateness_seconds", late, "work", stored.lateness)
    yield _one("jobalerts_database_size_bytes", "Size of the database with its log.", stored.size)


def _one(name: str, words: str, value: float) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, words, value=float(value))


def _labelled(name: str, words: str, label: str, values: object) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    metric = GaugeMetricFamily(name, words, labels=[label])
    for key, value in dict(values).items():  # type: ignore[call-overload]
        metric.add_metric([key], float(value))
    return metric


def _counter(name: str, words: str, labels: tuple[str, ...], values: object) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    metric = CounterMetricFamily(name, words, labels=labels)
    for key, value in dict(values).items():  # type: ignore[call-overload]
        metric.add_metric(key, float(value))
    return metric
