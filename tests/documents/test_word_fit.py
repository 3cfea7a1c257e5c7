import re

import pytest
from writing import rendered

from negotiation_kit.documents.text_width import width_of
from negotiation_kit.documents.word import TEXT_WIDTH
from negotiation_kit.documents.word_fit import Need, fitting, with_columns_fitted

TABLE = "| Invoice | Amount | Remark |\n|---|---:|---|\n| {{ invoice }} | {{ amount }} | {{ remark }} |\n"


def widths(source: str = TABLE, **values: str) -> list[int]:
    body = with_columns_fitted(rendered(source, "docx", **values))
    grid, cells = ([int(each) for each in re.findall(rf'<w:{tag} w:w="(\d+)"', body)] for tag in ("gridCol", "tcW"))
    assert grid * 2 == cells
    return grid


def test_a_table_whose_texts_fit_stays_as_the_template_says():
    assert [3024, 3024, 3024] == widths(invoice="SZ-211", amount="4 850 000", remark="")


def test_a_sum_is_never_broken_in_its_middle():
    source = TABLE.replace("---:", "--:").replace("|---|", "|---------|").replace("|---|\n", "|---------|\n")
    narrow = widths(source, invoice="SZ", amount="1", remark="a remark")
    wide = widths(source, invoice="SZ", amount="123\N{NO-BREAK SPACE}456\N{NO-BREAK SPACE}789,00", remark="a remark")

    assert width_of("123\N{NO-BREAK SPACE}456\N{NO-BREAK SPACE}789,00") + 200 > narrow[1]
    assert width_of("123\N{NO-BREAK SPACE}456\N{NO-BREAK SPACE}789,00") + 200 == wide[1]
    assert [TEXT_WIDTH, TEXT_WIDTH] == [sum(narrow), sum(wide)]


def test_a_text_that_breaks_takes_what_others_leave():
    long = "delivery note L-4000 and L-5000, taken over by the warehouse of the client"

    assert widths(invoice=long, amount="1", remark="")[0] > 3024


def test_room_to_write_in_is_not_taken():
    long = "delivery note L-4000 and L-5000, taken over by the warehouse of the client"

    assert 3024 == widths(invoice=long, amount="1", remark="")[2]


def test_a_day_stays_on_one_line_where_there_is_room():
    source = "| Day | Text |\n|--|---------------|\n| {{ day }} | A |\n"

    assert width_of("24 March 2025") + 200 == widths(source, day="24 March 2025")[0]


def test_words_too_long_for_the_page_share_it():
    assert [3000, 6000] == fitting([4500, 4500], [Need(5000, 5000, 5000), Need(10000, 10000, 10000)])


def test_a_short_text_gives_way_to_a_long_word():
    assert [2000, 7000] == fitting([4500, 4500], [Need(2000, 4000, 4000), Need(7000, 7000, 7000)])


@pytest.mark.parametrize("given", [[10, 20, 30], [3024, 3024, 3024], [1, 1, 9070]])
def test_no_width_is_lost_or_won(given):
    needs = [Need(7, 9, 40), Need(30, 30, 0), Need(3, 3, 9000)]

    assert sum(given) == sum(fitting(given, needs))


def test_a_table_around_another_is_left_alone():
    source = "::: note\n| A | B |\n|---|---|\n| a | b |\n:::"
    body = rendered(source, "docx")

    assert body == with_columns_fitted(body)


def test_a_line_to_write_on_ends_at_the_new_edge():
    source = "| Invoice | Signed |\n|-----|--|\n| {{ invoice }} | ____ |\n"
    before, after = (rendered(source, "docx", invoice="x " * 80), None)
    after = with_columns_fitted(before)
    stop, cell = (re.findall(pattern, after) for pattern in (r'w:pos="(\d+)"', r'<w:tcW w:w="(\d+)"'))

    assert int(cell[-1]) - 200 == int(stop[0])


def test_a_long_text_keeps_most_of_its_room_beside_short_ones():
    assert [2400, 6600] == fitting([3000, 6000], [Need(600, 600, 9000), Need(1000, 6600, 6600)])


def test_a_column_to_write_in_keeps_most_of_its_room_too():
    assert 2400 <= fitting([3000, 6000], [Need(), Need(1000, 6500, 9000)])[0]
