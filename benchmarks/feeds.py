"""Generated job feeds and a server of its own process for them: what whole.py has everybody read.

    python benchmarks/feeds.py FEEDS ENTRIES        prints its address

``/set/new/1`` and ``/set/validators/0`` change what it serves.
RSS and Atom take turns, half of the bodies in CDATA; an entry is about 3 KB of HTML. Everything is drawn from the seed.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import sys
from html import escape

ROLES = (
    *("Software Engineer", "Data Analyst", "Product Manager", "Nurse", "Accountant", "Platform Engineer", "Sales Manager"),
    *("Data Scientist", "Security Engineer", "Designer", "Project Manager", "Support Specialist", "Machine Learning Engineer"),
)
SENIORITY = ("", "", "Senior ", "Junior ", "Lead ", "Principal ")
CITIES = ("Berlin, Germany", "Paris, France", "London, UK", "Toronto, Canada", "Austin, TX", "Madrid, Spain", "Remote")
SKILLS = (
    *("Python", "Go", "Kubernetes", "PostgreSQL", "TypeScript", "React", "Terraform", "AWS", "Java", "Kafka", "Rust", "Excel"),
    *("Salesforce", "Figma", "Linux", "Django", "Spark", "dbt", "GraphQL", "Tableau", "SAP", "Jira", "Docker", "Airflow"),
)
#: Said once a posting at most: what readers of pay, experience, place and work look for.
FACTS = (
    "We ask for {n}+ years of experience with {skill}.",
    "The salary range is ${n}0,000 - ${m}0,000 per year, depending on experience.",
    "You can work remotely from anywhere within the European Union.",
    "This is a hybrid role with two days a week in our office.",
    "You must be authorised to work in the country; we cannot sponsor visas.",
    "Full-time, permanent contract with 30 days of holiday.",
    "Fluent English is required, German is a plus.",
)
SUBJECTS = ("Our team", "You", "The company", "Together with colleagues from product you", "This role", "Every engineer here")
VERBS = ("will build", "maintains", "shapes", "works on", "reviews and improves", "helps customers with", "documents")
THINGS = ("internal tools", "the billing platform", "our data pipelines", "patient records", "the mobile app", "reports", "plans")
ENDS = ("every day", "with care", "for millions of users", "across several teams", "in short cycles", "and learns from failures")


def _text(chance: random.Random, words: list[str]) -> str:
    parts, facts = [], chance.sample(FACTS, 4)
    while sum(map(len, parts)) < 2700:
        sentences = [fact.format(n=chance.randint(2, 8), m=9, skill=chance.choice(SKILLS)) for fact in facts[:1]]
        facts = facts[1:]
        for _ in range(3):
            invented = " ".join(chance.choices(words, k=5))
            said = (chance.choice(SUBJECTS), chance.choice(VERBS), chance.choice(THINGS), "with", chance.choice(SKILLS), invented)
            sentences.append(f"{' '.join(said)} {chance.choice(ENDS)}.")
        parts.append(f"<p>{escape(' '.join(sentences))}</p>")
    listed = "".join(f"<li>{skill}</li>" for skill in chance.sample(SKILLS, 6))
    return "".join(parts) + f"<ul>{listed}</ul>"


def entry(feed: int, number: int, words: list[str]) -> bytes:
    """One entry, the same whenever it is asked for."""
    chance = random.Random(f"{feed}-{number}")
    title = f"{chance.choice(SENIORITY)}{chance.choice(ROLES)} ({chance.choice(CITIES)})"
    link, body = f"https://jobs{feed}.example.org/{number}", _text(chance, words)
    body = f"<![CDATA[{body}]]>" if feed % 4 < 2 else escape(body, quote=False)
    if feed % 2:
        return (
            f'<entry><title>{title}</title><link href="{link}"/><id>urn:job:{feed}:{number}</id>'
            f'<updated>2026-11-20T10:00:00Z</updated><content type="html">{body}</content></entry>\n'
        ).encode()
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{feed}-{number}</guid>"
        f"<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>{body}</description></item>\n"
    ).encode()


def feed(number: int, entries: list[bytes]) -> bytes:
    """The whole feed."""
    if number % 2:
        head = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs {number}</title><id>urn:feed:{number}</id>'
        return b'<?xml version="1.0" encoding="utf-8"?>\n' + head.encode() + b"".join(entries) + b"</feed>"
    head = f'<rss version="2.0"><channel><title>Jobs {number}</title><link>https://jobs{number}.example.org</link>'
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + head.encode() + b"".join(entries) + b"</channel></rss>"


class Server:
    """Serves the feeds ``/0`` … as they are now: with ``new`` newer entries in each, and with or without validators."""

    def __init__(self, feeds: int, entries: int) -> None:
        chance = random.Random(3)
        self._words = ["".join(chance.choices("aeioulnrstdmkpb", k=chance.randint(3, 9))) for _ in range(4000)]
        self._entries = entries
        self._rows = [[entry(n, k, self._words) for k in range(entries)] for n in range(feeds)]
        self._validators = True
        self._serve(0)

    def _serve(self, new: int) -> None:
        for number, rows in enumerate(self._rows):
            at = self._entries + new
            while len(rows) < at:
                rows.append(entry(number, len(rows), self._words))
        bodies = [feed(n, rows[new : new + self._entries][::-1]) for n, rows in enumerate(self._rows)]
        self._pages = [(body, f'"{hashlib.sha256(body).hexdigest()[:16]}"') for body in bodies]

    def bodies(self) -> list[bytes]:
        """The feeds as they are now."""
        return [body for body, _ in self._pages]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """All requests of one connection."""
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                writer.write(self._answer(lines))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, lines: list[str]) -> bytes:
        path = lines[0].split(" ")[1].strip("/").split("/")
        if path[0] == "set":
            if path[1] == "new":
                self._serve(int(path[2]))
            else:
                self._validators = path[2] == "1"
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        if not path[0].isdigit():
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        body, tag = self._pages[int(path[0])]
        heads = f"Content-Type: application/xml\r\nETag: {tag}\r\n" if self._validators else "Content-Type: application/xml\r\n"
        asked = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        if self._validators and asked.get("if-none-match") == tag:
            return f"HTTP/1.1 304 Not Modified\r\n{heads}\r\n".encode()
        return f"HTTP/1.1 200 OK\r\n{heads}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def main() -> None:
    """Serve until the end of the process."""
    server = await asyncio.start_server(Server(int(sys.argv[1]), int(sys.argv[2])).answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
