"""The commands, one file each, a few lines each.

A command is a file with a caption ``name: what it does``, ``arguments(parser)`` and ``run(args) -> exit status``.
"""
