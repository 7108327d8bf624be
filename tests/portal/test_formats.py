"""Dates, numbers and spans of time as each language writes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.humanize.templatetags.humanize import naturalday, naturaltime
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format, get_format, number_format, sanitize_separators
from django.utils.timesince import timesince
from django.utils.translation import override, trans_real

MOMENT = datetime(2026, 11, 23, 15, 4)


@pytest.fixture(scope="module", autouse=True)
def catalogues():
    """Django has loaded the default language already, perhaps before it was compiled."""
    call_command("compile_catalogues")
    trans_real._translations.clear()


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("kk", "2026 ж. 23 қараша", "2026 ж. 23 қараша, 15:04"),
        ("ru", "23 ноября 2026 г.", "23 ноября 2026 г., 15:04"),
        ("en", "23 November 2026", "23 November 2026, 15:04"),
    ],
)
def test_long_dates(language, day, moment):
    with override(language):
        assert date_format(MOMENT, "DATE_FORMAT") == day
        assert date_format(MOMENT, "DATETIME_FORMAT") == moment


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_short_dates_clock_and_week_are_the_same_everywhere(language):
    with override(language):
        assert date_format(MOMENT, "SHORT_DATE_FORMAT") == "23.11.2026"
        assert date_format(MOMENT, "SHORT_DATETIME_FORMAT") == "23.11.2026, 15:04"
        assert date_format(MOMENT, "TIME_FORMAT") == "15:04"
        assert get_format("FIRST_DAY_OF_WEEK") == 1
        assert get_format("DATE_INPUT_FORMATS")[0] == "%d.%m.%Y"
        assert "%Y-%m-%d" in get_format("DATE_INPUT_FORMATS")


@pytest.mark.parametrize(("language", "written"), [("kk", "1\xa0234\xa0567,89"), ("ru", "1\xa0234\xa0567,89"), ("en", "1,234,567.89")])
def test_numbers(language, written):
    with override(language):
        assert number_format(Decimal("1234567.89"), use_l10n=True, force_grouping=True) == written


def test_a_decimal_comma_is_understood():
    with override("kk"):
        assert sanitize_separators("2,5") == "2.5"


@pytest.mark.parametrize(("language", "weekday"), [("kk", "дүйсенбі"), ("ru", "понедельник"), ("en", "Monday")])
def test_weekdays(language, weekday):
    with override(language):
        assert date_format(MOMENT, "l") == weekday


@pytest.mark.parametrize(
    ("language", "span", "past", "future"),
    [
        ("kk", "1\xa0апта, 2\xa0күн", "1\xa0апта, 2\xa0күн бұрын", "1\xa0апта, 2\xa0күн өткен соң"),
        ("ru", "1\xa0неделя, 2\xa0дня", "1\xa0неделю, 2\xa0дня назад", "через 1\xa0неделю, 2\xa0дня"),
    ],
)
def test_spans_of_time(language, span, past, future):
    now = timezone.now()
    with override(language):
        assert timesince(now - timedelta(days=9), now) == span
        assert naturaltime(now - timedelta(days=9)) == past
        assert naturaltime(now + timedelta(days=9, seconds=30)) == future


def test_recent_moments_in_kazakh():
    now = timezone.now()
    with override("kk"):
        assert naturaltime(now - timedelta(minutes=5)) == "5\xa0минут бұрын"
        assert naturaltime(now - timedelta(hours=1)) == "бір сағат бұрын"
        assert naturalday(date.today() + timedelta(days=1)) == "ертең"
