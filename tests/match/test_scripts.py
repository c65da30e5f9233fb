"""Names glued to figures or to another script are found, and words of scripts that part them otherwise than by spaces."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from alerts.match import scripts, words

from .saying import check, rows

VERSIONS = r"""
python | + Python3 Developer
python | ~ Python3.11 or newer
python | ~ python2/3
java | + Java17 Engineer
java | ~ Java8, Java11 and Java 21
java | - JavaScript3
c++ | + C++17 Engineer
c++ | ~ C++11/14/17
c++ | ~ Modern C++20.
c++ | - C17 Engineer
c# | ~ C#12 and .NET8
.net | ~ C#12 and .NET8
.net | + .NET8 Developer
.net | ~ ASP.NET8
.net | ~ NET Core and SQL
.net | ! our site acme.net
.net | ! sales@acme.net
php | + PHP8 Developer
vue | ~ Vue3, Nuxt3
angular | ~ Angular2+
unity | + Unity3D Developer
html | ~ HTML5/CSS3
css | ~ HTML5/CSS3
laravel | ~ Laravel11
3d | ~ 3-D modelling
3d | + 3D Artist
3-D | + 3D Artist
python2 | - Python Developer
python3 | - Python Developer
python3 | + Python3 Developer
c++17 | - C++ Developer
web | - Web3 Developer
s3 | ~ AWS S3
ec2 | ~ Amazon EC2
log | ! Log4J
neo | ! Neo4j
oracle | ~ Oracle19c
node | + NodeJS Developer
angular | ~ AngularJS
express | ~ ExpressJS
k8s | + K8s Engineer
b2b | + B2B Sales
"python" | + Python3 Developer
"""

SCRIPTS = r"""
java | + Java개발자
java | + Java開発エンジニア
java | + Java开发工程师
java | + 高级Java工程师
java | - JavaScript開発
java | + ＪＡＶＡエンジニア
python | + Pythonエンジニア募集
python | + Python3개발자
c++ | + C++开发
c++ | + C++17开发
c++ | + Ｃ＋＋エンジニア
c++ | + Программист С++
개발자 | + 프론트엔드개발자
개발자 | + 개발자를 모집합니다
개발자 | + 백엔드개발자입니다
개발자 | + 시니어 백엔드 개발자(서울)
자바 | + 자바개발자
자바 | - 자바스크립트 프론트엔드
자바 | - 자바스크립트개발자
의사 | ! 원활한 의사소통 능력
간호사 | + 병동간호사 채용
간호사 | - 간호조무사
간호사 | + 간호사모집
영업 | + 해외영업팀장
디자이너 | + UI/UX디자이너
프론트엔드 개발자 | + 프론트엔드개발자
프론트엔드개발자 | + 프론트엔드 개발자
エンジニア | + ﾊﾞｯｸｴﾝﾄﾞｴﾝｼﾞﾆｱ
ｴﾝｼﾞﾆｱ | + バックエンドエンジニア
看護師 | + 正看護師募集
分析数据 | - 数据分析师
วิศวกร | + วิศวกรซอฟต์แวร์
พยาบาล | + รับสมัครพยาบาลวิชาชีพ
วิศวกร | - พยาบาลวิชาชีพ
គណនេយ្យករ | + ជ្រើសរើសគណនេយ្យករ
ວິສະວະກອນ | + ຮັບສະໝັກວິສະວະກອນ
مهندس | + مُهَنْدِس مدني
مهندس | + المهندس المدني
مهندس | + مطلوب مهندسين
المهندس | + مهندس مدني
محاسب | + محاسبة
محاسب | + مطلوب المحاسبين
ادارة | + إدارة
مدير | - إدارة
مهندس | + مهندس نرم‌افزار
इंजीनियर | + सॉफ्टवेयर इंजीनियर
"""


@rows(VERSIONS)
def test_names_with_a_version(row: tuple[str, ...], now: datetime):
    check(row, now)


@rows(SCRIPTS)
def test_scripts(row: tuple[str, ...], now: datetime):
    check(row, now)


@pytest.mark.parametrize("text", ["Java개발자", "ﾊﾞｯｸ ｴﾝﾄﾞ", "مُهَنْدِس مدني", "C++17开发", "รับสมัครพยาบาล"])
def test_places_of_glued_words_are_their_own(text: str):
    """What each word covers is part of the text, in order, and nothing is covered twice."""
    spans = [(start, end) for _, start, end in words.spans(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans) == text.replace(" ", "")


def test_what_means_nothing_in_arabic_is_not_read():
    """The stretching line and the vowel signs change nothing."""
    assert words.fold("مـهـنـدس") == words.fold("مُهَنْدِس") == "مهندس"
    assert scripts.arabic_spellings("المهندسات") == ("المهندسات", "مهندسات", "مهندس")
