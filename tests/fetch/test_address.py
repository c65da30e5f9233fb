"""An address means one thing only, or is refused; and what is secret in it is never shown."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alerts.fetch.address import BadAddress, join, parse

NEARLY = st.text(st.sampled_from("htps:/@?#[]%.\\ 0x17afeöß①。。\t\n\x00-_~;=&é中"), max_size=40)


@pytest.mark.parametrize(
    ("url", "same_as"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org:8080?q=1", "http://example.org:8080/?q=1"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org/ä?ö=%20'", "https://example.org/%C3%A4?%C3%B6=%20'"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://[0:0::1]/", "http://[::1]/"),
        ("https://a_b.example./", "https://a_b.example./"),
        ("https://example.org/?next=http://x\\y@z", "https://example.org/?next=http://x%5Cy@z"),
        ("https://example.org/a@b", "https://example.org/a@b"),
    ],
)
def test_spellings(url: str, same_as: str) -> None:
    assert parse(url).url == same_as


@given(st.one_of(st.text(max_size=60), NEARLY.map(lambda text: f"http://{text}")))
@example("http://[")
@example("http://[v1.x]/")
@example("http://[::1%25lo]/")
@example("http://h:٣/")
@example("http://\ud800/")
@example("http://h/\ud800")
@settings(max_examples=500, deadline=None)
def test_nothing_but_a_plain_address_comes_out(url: str) -> None:
    try:
        address = parse(url)
    except BadAddress as error:
        assert str(error).isprintable()  # noqa: PT017
        return
    assert parse(address.url) == address
    assert address.url.isascii()
    assert address.url.isprintable()
    assert not set(" \\@") & set(address.authority)


@given(st.one_of(st.text(max_size=60), NEARLY))
@settings(max_examples=300, deadline=None)
def test_joining_never_leaves_the_rules(location: str) -> None:
    base = parse("https://example.org/jobs/list?page=1")
    try:
        target = join(base, location)
    except BadAddress:
        return
    assert parse(target.url) == target
    if not location.strip(" ").lower().startswith(("http:", "https:", "//")):
        assert (target.scheme, target.host, target.port) == ("https", "example.org", 443)


def test_what_is_shown() -> None:
    address = parse("https://hooks.example:8443/services/T0/SECRET?token=SECRET")
    assert address.origin == "https://hooks.example:8443"
    assert address.shown == "https://hooks.example:8443/services/T0/SECRET"
    assert len(parse("https://example.org/" + "x" * 5000).shown) == 200
