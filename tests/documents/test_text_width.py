from negotiation_kit.documents.text_width import width_of, wrapped


def test_an_accent_is_as_wide_as_its_letter():
    assert width_of("arviztűrő") == width_of("árvíztűrö")


def test_bold_runs_wider_and_twice_the_size_twice_as_wide():
    assert width_of("Interest", bold=True) > width_of("Interest")
    assert abs(width_of("Interest", size=440) - 2 * width_of("Interest")) <= 1


def test_a_text_is_parted_at_blanks_where_it_would_run_too_wide():
    lines = list(wrapped("end of the negotiation window (account manager)", 2000, size=200))

    assert "end of the negotiation window (account manager)" == " ".join(lines)
    assert len(lines) > 1
    assert all(width_of(line, size=200) <= 2000 for line in lines)


def test_a_word_too_long_stands_on_a_line_of_its_own():
    assert ["a", "incomprehensibilities", "b"] == list(wrapped("a incomprehensibilities b", 600, size=200))


def test_no_words_are_no_lines():
    assert [] == list(wrapped("  ", 2000, size=200))
