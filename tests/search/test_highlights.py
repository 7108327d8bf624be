"""Where the words of a query stand in a text."""

import pytest

from search.highlights import words_beginning


@pytest.mark.parametrize(
    ("beginnings", "found"),
    [
        ({"бө"}, ["бөлшек", "болшек", "бөлме"]),
        ({"бө", "7"}, ["бөлшек", "болшек", "7болшек", "бөлме"]),
        ({"ә"}, ["а"]),
        ({"ха"}, ["хат", "xaт"]),
    ],
)
def test_whole_words_are_found_by_their_beginnings_in_any_letters_that_look_alike(beginnings, found):
    text = "бөлшек, болшек қабөлшек 7болшек _бөлме а б хат xaт сахат."
    assert [word.group() for word in words_beginning(beginnings).finditer(text)] == found
