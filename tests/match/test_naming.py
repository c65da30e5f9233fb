"""Short entries that are English words mean the tool, field or country: their capitals, and what stands around them."""

from __future__ import annotations

from datetime import datetime

import pytest

from alerts.match import naming

from .saying import check, rows

NAMES = r"""
Go | + Go Developer
Go | + Senior Software Engineer (Go)
Go | + Backend Engineer - Go
Go | + Engineer, Go
Go | + Golang Engineer
Go | ~ backend in Go and Python
Go | ~ We write Go.
Go | ~ python, go, rust
Go | ~ Go-Entwickler gesucht
Go | ~ Java/Go/Python
Go | ~ Go1.22 and gRPC
Go | ! go the extra mile
Go | ! You will go through an interview.
Go | ! Go-live support
Go | ! our go-to-market team
Go | ! Go above and beyond
Go | ! food to go
Go | ! Ready, set, go
Go | - Ready to go sales rep
Go | - Go Getter Wanted
Go | - On The Go Driver
"Go" | ! go far
go | ! go the extra mile
go | + Go Developer
golang | ~ Go developer
Golang | ~ backend in Go and Python
golang | ~ We write Go
golang | - Go to Market Lead
golang | ! You will go far
golang | ~ Go 1.22, gRPC
Go | ~ Go 1.21+
Go | ! Go 3 miles
Node | ~ NodeJS
R | ~ R/Shiny
ML | ! a 20 ml syringe
ML | ~ ml models
go to market | + Go-to-Market Lead
go developer | + Developer, Go and Rust
R | + R Programmer
R | ~ Python or R
R | ~ SQL, R, SAS
R | ! R&D department
R | ! A/R and A/P
R | ! Dr. R. Smith
C | ~ embedded C on ARM
C | ~ C/C++
C | ~ C, C++ and Rust
C | ! C-level executives
C | ! C-Suite
C | - Vitamin C sales
C | ! Series C funding
C | ! kat. C
IT | ~ our IT department
IT | + IT-Support
IT | + IT SUPPORT TECHNICIAN
IT | ! It is a great place
IT | ! make it work
IT | ! IT IS A GREAT PLACE
IT | ! it's on us
it | ! make it work
IT manager | + Manager, IT
US | ~ remote in the US
US | ~ US-based
US | ~ U.S. citizens
US | ! join us
US | ! JOIN US TODAY
US | ! about us
AI | ~ AI-driven
AI | ! j'ai toujours
AI | ! Sai is in Dubai
Excel | ~ Word and Excel
Excel | ~ Advanced Excel skills
Excel | ~ MS Office (word, excel, powerpoint)
Excel | ! you excel at sales
Excel | ! Excel in your career
Excel | ! those who Excel in teams
Word | ~ Microsoft Word
Word | ! spread the word
Access | ~ Excel, Access, Word
Access | ~ Microsoft Access
Access | ! access to parking
Access | ! Access to a gym
Access | ! Identity & Access Management
Spring | ~ Java and Spring Boot
Spring | ~ using Spring and Hibernate
Spring | ! starting this spring
Spring | - Intern, Spring 2027
Spring | - Spring Internship
Spring | ! Silver Spring, MD
Swift | ~ Swift and Kotlin
Swift | ! a swift response
Swift | - Swift Transportation Driver
React | ~ React Native
React | ~ We use React with TypeScript
React | ~ Exposure to React or Vue
React | ! able to react to changes
React | ! React quickly to incidents
Unity | + Unity Artist
Unity | ! unity and respect
Unity | ! Unity in diversity
Rust | + Rust engineer
Rust | - Rust-proofing technician
Rust | ! prevent rust
Ruby | ~ Ruby-on-Rails
Ruby | - Ruby Tuesday Server
Teams | ~ Slack, Zoom, Teams
Teams | ~ Microsoft Teams
Teams | ! our Teams are great
Node | ~ Node.js backend
Node | ! each node of the cluster
Express | ~ Node, Express and React
Express | ! American Express
Less | ! Less than a year
Make | ~ Zapier, Make, n8n
Make | ! Make a difference
OR | + OR Nurse
OR | ! London OR Paris
PM | ! 4 PM to 6 PM
chef | + Sous Chef
chef | + Chef de partie
chef | + Chefs wanted
chef | + Chef's Assistant
chef | - Chef de projet
chef | - Chef d'équipe
chef de projet | + Chef de projet web
spring | ~ starting this spring
"""


@rows(NAMES)
def test_names_that_are_words(row: tuple[str, ...], now: datetime):
    check(row, now)


@pytest.mark.parametrize("text", ["", "-", "'", "/", "&", ".", "…", "Go", "Go Go Go", "go\n\n", "数", "(((" * 30])
@pytest.mark.parametrize("word", ["go", "it", "r", "chef", "access", "rust"])
def test_any_surroundings_are_judged(word: str, text: str):
    """Whatever stands around a name, there is an answer."""
    said = f"{text}{word.title()}{text}"
    assert naming.is_name(word, said, len(text), len(text) + len(word)) in (True, False)
