"""job-alerts: reads the places where jobs are published and tells a person once, with the reason why."""

__version__ = "0.1.0"
