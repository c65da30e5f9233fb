"""Which certificate authorities are believed, and what helps when a certificate is refused."""

from __future__ import annotations

import ssl

#: OpenSSL's codes: the chain ends in something that nobody here vouches for.
_UNKNOWN_AUTHORITY = (2, 18, 19, 20, 21)
_NOT_IN_FORCE = (9, 10)
_OTHER_NAME = (62, 63, 64)


def trust(ca_file: str | None = None) -> ssl.SSLContext:
    """The authorities of certifi, of this machine's own store, and of ``ca_file``; raises OSError where that is unusable."""
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    # Every Python as strict as the others: authorities of companies often lack what 3.13 began to demand, and a certificate
    # that is named itself is believed, whoever signed it.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def unreadable(error: OSError) -> str:
    """Why a file of authorities is of no use."""
    why = (
        "it holds no certificate in PEM form" if isinstance(error, ssl.SSLError) or not error.strerror else error.strerror.lower()
    )
    return f"the file of authorities cannot be read: {why}"


def advice(error: ssl.SSLCertVerificationError, key: str) -> str:
    """What the operator can do; ``key`` is the option that names a file of authorities."""
    if error.verify_code in _UNKNOWN_AUTHORITY:
        return f"if it is one of your own, set {key} to a PEM file with it or with the authority that signed it"
    if error.verify_code in _OTHER_NAME:
        return "it is made out to another name, so use the name that it is made out to"
    if error.verify_code in _NOT_IN_FORCE:
        return "it is not in force: have it renewed, or set this machine's clock"
    return ""
