"""The command line: ``job-alerts`` and its commands, one file each; the demo.

main.py      finds the command, reads the call, says errors in one line
journey.py   the help: commands in the order in which a person needs them
completion.py  completion for bash, zsh and fish, made from the parser itself
terminal.py  what a terminal can: width, links, progress
log_lines.py what a line of the log looks like: for a terminal, for journald with its levels, or as JSON
log_repeats.py  holds back a warning that says the same again and again
streams.py   standard input, output and error as they are found: closed, full, or of another character set
"""
