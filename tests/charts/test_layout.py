"""Where marks stand, by themselves, without Sphinx."""

import itertools

import pytest
from studies import study
from timing import cpu_seconds

from sphinx_mecfs.evidence.vocabulary import Design
from sphinx_mecfs.extension.charts.layout import GAP, rows_of
from sphinx_mecfs.extension.charts.legend import SIZES, flow, radius_of
from sphinx_mecfs.extension.charts.scale import Scale, scale_of

LEFT, RIGHT = 100.0, 700.0


def many(count, years=30):
    designs = list(Design)[:6]
    return [
        study(
            f"name{number:05}-{1990 + number * 7 % years}",
            design=designs[number % len(designs)],
            participants=(number * 37) % 1500 or None,
        )
        for number in range(count)
    ]


def rows(studies):
    return rows_of(studies, scale_of(studies, LEFT, RIGHT), 20.0)


def test_every_study_has_one_place_in_the_row_of_its_design():
    studies = many(120)
    placed = [(row.design, place.study) for row in rows(studies) for place in row.placed]
    assert {one.key for _design, one in placed} == {one.key for one in studies}
    assert len(placed) == 120
    assert all(design is one.design for design, one in placed)


def test_no_mark_lies_over_another():
    for row in rows(many(150)):
        for one, other in itertools.combinations(row.placed, 2):
            distance = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert distance >= one.radius + other.radius + GAP - 0.2


def test_marks_stay_in_their_row_and_at_their_year():
    studies = many(90)
    scale = scale_of(studies, LEFT, RIGHT)
    found = rows(studies)
    for row in found:
        for place in row.placed:
            assert row.top <= place.y - place.radius
            assert place.y + place.radius <= row.bottom
            assert place.x == scale.x(place.study.year)
    assert [row.top for row in found[1:]] == [row.bottom for row in found[:-1]]


def test_the_order_in_which_studies_come_makes_no_difference():
    studies = many(60)
    assert rows(studies) == rows(studies[::-1])


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (2000, 2000, [2000]),
        (2001, 2004, [2001, 2002, 2003, 2004]),
        (1988, 2025, [1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025]),
    ],
)
def test_the_axis_names_round_years(first, last, ticks):
    assert Scale(first, last, LEFT, RIGHT).ticks() == ticks


def test_a_single_year_stands_in_the_middle():
    assert Scale(2001, 2001, LEFT, RIGHT).x(2001) == (LEFT + RIGHT) / 2


def test_more_people_make_a_larger_mark():
    radii = [radius_of(study(participants=people)) for people, _radius, _says in SIZES]
    assert radii == sorted(set(radii))
    assert radius_of(study(participants=None)) == radius_of(study(participants=9)) < radius_of(study(participants=10))


def test_words_of_a_legend_begin_a_new_line_where_there_is_no_room():
    places = flow(["word " * 8] * 5, 10.0, 760.0)
    assert len({y for _x, y in places}) > 1
    assert all(0 <= x < 760 for x, _y in places)


def test_a_map_of_four_times_as_many_studies_takes_less_than_twice_that_time_for_each():
    def seconds(count):
        studies = many(count, years=count // 10)
        return cpu_seconds(lambda: rows(studies))

    assert seconds(1200) < 8 * seconds(300) + 0.05
