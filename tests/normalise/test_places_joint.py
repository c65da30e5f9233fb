"""All elements of a place are chosen together: what holds a town says which town it is. Own examples, none from a board."""

import pytest

from alerts.model.raw import RawPlace
from alerts.normalise import places

HELD = {
    # a county, department, landscape or borough behind a town
    "Dorking, Surrey": [("Dorking", "GB")],
    "Maldon, Essex": [("Maldon", "GB")],
    "London, Kent": [("London", "GB")],
    "Perth, Perthshire": [("Perth", "GB")],
    "Halifax, West Yorkshire": [("Halifax", "GB")],
    "Boston, Lincolnshire": [("Boston", "GB")],
    "Newcastle, County Down": [("Newcastle", "GB")],
    "Kent, South East England": [(None, "GB")],
    "Bredon, Buckinghamshire": [("Bredon", "GB")],
    "Candiac, Roussillon": [("Candiac", "CA")],
    "Lille, Nord": [("Lille", "FR")],
    "Herne, Ruhr": [("Herne", "DE")],
    "Dublin, County Dublin": [("Dublin", "IE")],
    "Lake Forest, Orange County": [("Lake Forest", "US")],
    # the number of a department, the plate of a province, a postcode
    "Laval (53)": [("Laval", "FR")],
    "Valence - 26": [("Valence", "FR")],
    "Aussois - 73": [("Aussois", "FR")],
    "Torino (TO)": [("Turin", "IT")],
    "Bergamo, BG": [("Bergamo", "IT")],
    "53000 Laval": [("Laval", "FR")],
    "Springfield 62701": [("Springfield", "US")],
    "London N6A 3K7": [("London", "CA")],
    # a suburb beside its city
    "Cambridge, Boston": [("Cambridge", "US"), ("Boston", "US")],
    # the same names where something else holds them
    "Durham, NC": [("Durham", "US")],
    "Kent, WA": [("Kent", "US")],
    "Surrey, BC": [("Surrey", "CA")],
    "Cornwall, Ontario": [("Cornwall", "CA")],
    "Norfolk, Virginia": [("Norfolk", "US")],
    "Paris, London": [("Paris", "FR"), ("London", "GB")],
    "Main Street, Dublin": [("Dublin", "IE")],
    "Dallas (75)": [("Dallas", "US")],
    "Gate 12 (44)": [],
}


@pytest.mark.parametrize(("words", "wanted"), HELD.items())
def test_what_holds_a_town_says_which_town_it_is(words: str, wanted: list[tuple[str | None, str]]) -> None:
    assert [(place.city, place.country) for place in places.parse(words)] == wanted


ADDRESSES = {
    "г. Рязань, ул. Новая, д. 5, офис 3": [("Ryazan’", "RU")],
    "Тульская обл., Новомосковск, Садовый пр-кт, д. 7": [("Novomoskovsk", "RU")],
    "Московская обл., Дмитровский р-н, рп Икша": [("Iksha", "RU")],
    "ул. Зелёная, д. 4, корп. 2": [(None, "RU")],
    "м. Сокол": [(None, "RU")],
    "Гоголя, 14": [(None, "RU")],
    "Минск, ул. Ленина, 5": [("Minsk", "BY")],
    "Алматы, ул. Абая, 10": [("Almaty", "KZ")],
    "Київ, вул. Хрещатик 1": [("Kyiv", "UA")],
    "Quận 1, TP. Hồ Chí Minh": [("Ho Chi Minh City", "VN")],
    "Bình Dương: Thuận An": [("Thuận An", "VN")],
    "Tây Ninh: Gò Dầu": [("Gò Dầu", "VN")],
    "广东省深圳市南山区": [("Shenzhen", "CN")],
    "浙江省杭州市": [("Hangzhou", "CN")],
    "福岡県北九州市": [("Kitakyushu", "JP")],
    "東京都渋谷区": [("Tokyo", "JP")],
    "경기도 성남시": [("Seongnam-si", "KR")],
}


@pytest.mark.parametrize(("words", "wanted"), ADDRESSES.items())
def test_addresses_in_other_scripts_lose_their_streets(words: str, wanted: list[tuple[str | None, str]]) -> None:
    assert [(place.city, place.country) for place in places.parse(words)] == wanted


DEFAULTS = [
    ("Durham", "GB", "GB"),
    ("Newcastle", "AU", "AU"),
    ("London", "CA", "CA"),
    ("Kent", "GB", "GB"),
    ("Georgia", "GE", "GE"),
    ("Brest", "FR", "FR"),
    ("Севастополь", "RU", "RU"),
    # what says more, or is known far better elsewhere, stays
    ("Durham, NC", "GB", "US"),
    ("Lincoln, Nebraska", "GB", "US"),
    ("Berlin, Germany", "US", "DE"),
    ("Melbourne", "US", "AU"),
    ("Lisbon", "GB", "PT"),
]


@pytest.mark.parametrize(("words", "country", "wanted"), DEFAULTS)
def test_the_default_country_settles_only_what_is_ambiguous(words: str, country: str, wanted: str) -> None:
    assert [place.country for place in places.read((RawPlace(words),), country=country)] == [wanted]
