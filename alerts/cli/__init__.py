"""The command line: ``job-alerts`` and its commands, one file each; the demo.

main.py   finds the command, reads the call, says errors in one line
"""
