"""The child process in which strangers' bytes are read under limits: a hostile page costs one reading only.

reader.py      has pages read by the kinds of sources, safe to share between threads
children.py    one such process as a rule, more for as long as some read slowly
work.py        one task: which kind reads which page; every failure becomes a line
wire.py        how tasks and their results travel between the two processes
child.py       the reading process: its limits, and its loop
own_program.py a program of the user's own, and all that it starts; it is not in the sandbox, but without our secrets
process.py     the same process seen from outside: started, asked with a deadline, killed
"""
