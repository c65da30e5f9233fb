"""TOML in; sources, searches and channels out; every mistake at once, each with its place."""
