"""The engines below the ledger: what each database is asked through.

sqlite.py      a file: sqlite-utils over one connection
sqlite_move.py a file as one side of a move
postgres/      a server: psycopg over a few connections
"""
