"""Mail without a password: a token by a program of the user's, or by logging in once at Microsoft or Google.

settings.py  What is said of a login: the provider, the user's own client id, where the tokens are kept.
problem.py   No token could be had: why, and whether a person has to do something.
ask.py       One form posted to a provider, and the JSON that it answers.
device.py    Log in on any device with a short code, and wait until that is done (RFC 8628).
browser.py   Log in with a browser whose last address is pasted here (RFC 8252, PKCE); needs no listener.
tokens.py    What a provider hands out, read from its answer.
keep.py      The tokens of a login, in a file that only its owner reads.
access.py    A token that is good now: the kept one, or a new one for the refresh token.
command.py   A token from the user's own program.
xoauth2.py   What SMTP and IMAP are told with a token (SASL XOAUTH2), and what they say where they refuse it.
"""
