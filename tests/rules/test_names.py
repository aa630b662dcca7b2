"""How names are folded and cut into words."""

import pytest

from selection.rules.names import AFTER_ALL, LONGEST, asked_words, folded, kept, sort_key, words_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Zoë Ó Briain", "zoe o briain", id="accents"),
        pytest.param("Zoe\u0308", "zoe", id="accents as letters of their own"),
        pytest.param("STRASSE straße", "strasse strasse", id="a letter that folds into two"),
        pytest.param("  Anne \u00a0 Marie\t", "anne marie", id="spaces of any kind"),
        pytest.param("O\u2019Brien O'Brien O\u02bcBrien", "o'brien o'brien o'brien", id="apostrophes are one"),
        pytest.param("\uff21\uff22\uff23", "abc", id="wide letters"),
        pytest.param("Ελένη Παπαδοπούλου", "ελενη παπαδοπουλου", id="Greek"),
        pytest.param("Ирина Соловьёва", "ирина соловьева", id="Cyrillic"),
        pytest.param("山田 太郎", "山田 太郎", id="Han"),
        pytest.param("سارة", "سارة", id="Arabic"),
        pytest.param("प्रिया", "प\u0930ि\u092f\u093e", id="Devanagari keeps its vowels"),
        pytest.param("An\0n", "an n", id="a letter that no database takes"),
        pytest.param("İpek", "ipek", id="a dotted capital"),
    ],
)
def test_folded(name: str, expected: str) -> None:
    assert folded(name) == expected


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param(" Zoe\u0308  Briain ", "Zoë Briain", id="composed, with single spaces"),
        pytest.param("Zo\0e\x07\n Briain\x9f", "Zo e Briain", id="without control characters"),
        pytest.param("Zoe \ud800", "Zoe", id="without halves of a pair"),
        pytest.param("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e", id="with the joiners of a script"),
    ],
)
def test_kept(typed: str, stored: str) -> None:
    assert kept(typed) == stored


def test_a_sort_key_fits_its_column_even_where_folding_makes_a_name_longer() -> None:
    assert len(sort_key("\ufdfa" * 200)) == LONGEST


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(("Zoë Briain",), {"zoe", "briain"}, id="words"),
        pytest.param(("Ann O\u2019Brien",), {"ann", "o'brien", "o", "brien", "obrien"}, id="an apostrophe"),
        pytest.param(("Lee Ng-Smith",), {"lee", "ng-smith", "ng", "smith", "ngsmith"}, id="two surnames"),
        pytest.param(("AB-12",), {"ab-12", "ab", "12", "ab12"}, id="a number"),
        pytest.param(
            ("jo.ng@service.example",), {"jo.ng@service.example", "jo", "ng"}, id="an address, not its domain"
        ),
        pytest.param(("-- '",), {"--", "'"}, id="signs alone"),
        pytest.param(("", "  "), set(), id="nothing"),
        pytest.param(("a" * 300,), {"a" * LONGEST}, id="longer than the column"),
    ],
)
def test_words_of(texts: tuple[str, ...], expected: set[str]) -> None:
    assert words_of(*texts) == expected


@pytest.mark.parametrize("asked", ["zoë", "ZOE", "o'b", "O\u2019B", "obri", "brien", "zoe.o@serv"])
def test_whatever_way_a_word_is_typed_it_begins_a_word_of_the_person(asked: str) -> None:
    words = words_of("Zoë O\u2019Brien", "zoe.obrien@service.example", "zoe.o@service.example")
    (first,) = asked_words(asked, most=8)
    assert any(first <= word < first + AFTER_ALL for word in words)


def test_a_search_takes_each_word_once_and_not_endlessly_many() -> None:
    assert asked_words("Zoë zoe  Ng", most=8) == ("zoe", "ng")
    assert len(asked_words(" ".join(str(number) for number in range(100)), most=8)) == 8
