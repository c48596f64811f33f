"""A figure is read as papers print it, and its shape is checked."""

import pytest
from timing import cpu_seconds

from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.questions.records import Statistic
from sphinx_mecfs.evidence.questions.statistics import read_statistics

LEVEL = "has an interval of {}%, which is not between 0 and 100"
BOUNDS = "names an interval whose two bounds cannot be read"
ORDER = "has an interval whose lower bound is above the upper"
OUTSIDE = "has an estimate outside its interval"
P_VALUE = "has a p value that is not between 0 and 1"


def only(text):
    (statistic,), findings = read_statistics("alpha-2001", text)
    assert findings == ()
    return statistic


def faults(text):
    (statistic,), findings = read_statistics("alpha-2001", text)
    start = f"alpha-2001: {statistic.text!r} "
    assert {finding.problem for finding in findings} <= {Problem.STATISTIC}
    assert {finding.field for finding in findings} <= {"Statistics"}
    assert all(finding.message.startswith(start) for finding in findings)
    return [finding.message.removeprefix(start) for finding in findings]


def test_a_figure_is_kept_word_for_word_and_read():
    text = "HR 0.27, 95% CI 0.10-0.70, p = 0.007"
    assert only(text) == Statistic("alpha-2001", text, 0.27, 95.0, 0.10, 0.70, 0.007, "=")


def test_blanks_and_line_breaks_are_squeezed():
    assert only(" HR  0.27,\n  95% CI\t0.10-0.70 ").text == "HR 0.27, 95% CI 0.10-0.70"


@pytest.mark.parametrize(
    "interval",
    [
        "95% CI 0.10-0.70",
        "95% CI 0.10–0.70",
        "95% CI 0.10—0.70",
        "95% CI 0.10 - 0.70",
        "95% CI 0.10 to 0.70",
        "95% CI 0.10, 0.70",
        "95% CI 0.10,0.70",
        "95% CI: 0.10-0.70",
        "95% CI = 0.10-0.70",
        "95% CI .10-.70",
        "95% CI 0·10–0·70",
        "95 % CI 0.10-0.70",
        "(95% CI 0.10-0.70)",
        "[95% CI 0.10-0.70]",
        "(95% CI, 0.10-0.70)",
        "95% CI (0.10, 0.70)",
        "95% CI [0.10; 0.70]",
        "95% ci 0.10-0.70",
        "95% CrI 0.10-0.70",
        "95% confidence interval 0.10-0.70",
        "95% credible interval, 0.10 to 0.70",
        "95% CI 1.0e-1 to 7.0E-1",
    ],
)
def test_an_interval_is_read_in_each_shape_that_papers_print(interval):
    statistic = only(f"HR 0.27 {interval}")
    assert (statistic.estimate, statistic.level, statistic.low, statistic.high) == (0.27, 95.0, 0.10, 0.70)


@pytest.mark.parametrize(
    ("text", "estimate", "low", "high"),
    [
        ("MD −3.5 (95% CI −6.0 to −1.0)", -3.5, -6.0, -1.0),
        ("MD -3.5 (95% CI -6.0--1.0)", -3.5, -6.0, -1.0),
        ("MD –3.5 (95% CI –6.0––1.0)", -3.5, -6.0, -1.0),
        ("difference 5 (95% CI -1-11)", 5.0, -1.0, 11.0),
        ("difference 0 (95% CI −2, 2)", 0.0, -2.0, 2.0),
    ],
)
def test_a_minus_sign_is_told_from_the_dash_between_bounds(text, estimate, low, high):
    statistic = only(text)
    assert (statistic.estimate, statistic.low, statistic.high) == (estimate, low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12%, 95% CI 8%-17%", 8.0, 17.0),
        ("12%, 95% CI 8% to 17%", 8.0, 17.0),
        ("mean 1,500 steps, 95% CI 1,000-2,000", 1000.0, 2000.0),
        ("mean 1,500 steps, 95% CI 1,000, 2,000", 1000.0, 2000.0),
        ("mean 1,234,567, 95% CI 1,000,000 to 2,000,000.5", 1_000_000.0, 2_000_000.5),
        ("mean 150, 95% CI 100,200", 100.0, 200.0),
    ],
)
def test_bounds_may_have_percent_signs_and_thousands_separators(text, low, high):
    statistic = only(text)
    assert (statistic.low, statistic.high) == (low, high)


@pytest.mark.parametrize(("text", "level"), [("90% CI 1-3", 90.0), ("99.9% CI 1-3", 99.9)])
def test_the_level_of_an_interval_is_read(text, level):
    assert only(text).level == level


@pytest.mark.parametrize(
    ("text", "estimate"),
    [
        ("aHR=0.5", 0.5),
        ("cOR: 2", 2.0),
        ("SMD was −0.4", -0.4),
        ("hazard ratio of 1.8", 1.8),
        ("β = 1e-3", 0.001),
        ("NNT 7", 7.0),
        ("3 months: HR 0.5, 95% CI 0.2-0.9", 0.5),
        ("HR 3 at first and HR 0.5 later, 95% CI 0.2-0.9", 0.5),
        ("0.5 (95% CI 0.2-0.9)", 0.5),
        ("odds ratio (OR), 0.5 (95% CI 0.2-0.9)", 0.5),
    ],
)
def test_the_estimate_is_the_number_by_its_name_or_the_only_one_before_the_interval(text, estimate):
    assert only(text).estimate == estimate


@pytest.mark.parametrize(
    "text", ["12 of 30 (40%, 95% CI 23-59)", "95% CI 23-59", "95% CI 23-59, HR 40", "12 of 30", "TNF2 fell, 95% CI 1-2"]
)
def test_there_is_no_estimate_where_none_or_several_may_be_meant(text):
    assert only(text).estimate is None


@pytest.mark.parametrize(
    ("text", "relation", "value"),
    [
        ("p = 0.007", "=", 0.007),
        ("P<.001", "<", 0.001),
        ("p>0.99", ">", 0.99),
        ("p ≤ 0.05", "≤", 0.05),
        ("p <= 0.05", "<=", 0.05),
        ("p≥0.2", "≥", 0.2),
        ("p >= 0.2", ">=", 0.2),
        ("p=0·007", "=", 0.007),
        ("p-value = 0.03", "=", 0.03),
        ("P values < 0.03", "<", 0.03),
        ("p = 3.4e-8", "=", 3.4e-8),
        ("p = 3.4E-8", "=", 3.4e-8),
        ("p = 3.4 × 10-8", "=", 3.4e-8),
        ("p = 3.4 × 10−8", "=", 3.4e-8),
        ("p = 3.4 × 10–8", "=", 3.4e-8),
        ("p = 3.4×10^-8", "=", 3.4e-8),
        ("p = 3.4 x 10⁻⁸", "=", 3.4e-8),
        ("p = 1.1*10⁻¹²", "=", 1.1e-12),
        ("p = 1.3 × 10-8", "=", 1.3e-8),
        ("p < 10^-8", "<", 1e-8),
        ("p < 10−8", "<", 1e-8),
        ("p < 10⁻⁸", "<", 1e-8),
        ("p = 0", "=", 0.0),
        ("p = 1", "=", 1.0),
        ("p = 1.0.", "=", 1.0),
    ],
)
def test_a_p_value_is_read_in_each_shape_that_papers_print(text, relation, value):
    statistic = only(text)
    assert (statistic.p_relation, statistic.p) == (relation, value)


def test_of_several_p_values_the_first_is_kept_and_all_are_checked():
    statistic = only("p = 0.04 for pain, p < 0.2 for sleep")
    assert (statistic.p_relation, statistic.p) == ("=", 0.04)
    assert faults("p = 0.04 for pain, p = 1.4 for sleep") == [P_VALUE]


@pytest.mark.parametrize(
    "text", ["two thirds improved", "12 of 30 improved", "p not given", "p = NS", "SNP = 5", "p = 0,03", "—"]
)
def test_a_text_without_a_figure_that_can_be_read_is_kept_as_it_is(text):
    assert only(text) == Statistic("alpha-2001", text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("HR 1; HR 2", ["HR 1", "HR 2"]),
        ("HR 1;; HR 2 ;", ["HR 1", "HR 2"]),
        ("HR 1 (95% CI 0-2; p = 0.9)", ["HR 1 (95% CI 0-2; p = 0.9)"]),
        ("HR 1 [95% CI 0-2; p = 0.9]; HR 2", ["HR 1 [95% CI 0-2; p = 0.9]", "HR 2"]),
        ("HR 1 (a; [b; c] d; e); HR 2", ["HR 1 (a; [b; c] d; e)", "HR 2"]),
        ("a) HR 1; b) HR 2", ["a) HR 1", "b) HR 2"]),
        ("HR 1 (n = 3; HR 2", ["HR 1 (n = 3", "HR 2"]),
        ("", []),
        (" ; ", []),
    ],
)
def test_semicolons_part_figures_except_within_brackets(text, parts):
    statistics, findings = read_statistics("alpha-2001", text)
    assert [statistic.text for statistic in statistics] == parts
    assert findings == ()


def test_each_part_is_read_by_itself_and_faults_name_theirs():
    statistics, findings = read_statistics("alpha-2001", "HR 2 (95% CI 1-3; p = 0.1); HR 5, 95% CI 1-3; p = 2")
    assert [(one.estimate, one.high, one.p) for one in statistics] == [
        (2.0, 3.0, 0.1),
        (5.0, 3.0, None),
        (None, None, 2),
    ]
    assert [finding.message for finding in findings] == [
        f"alpha-2001: 'HR 5, 95% CI 1-3' {OUTSIDE}",
        f"alpha-2001: 'p = 2' {P_VALUE}",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HR 0.5, 95% CI 0.7-0.1", [ORDER]),
        ("MD -3, 95% CI -1 to -6", [ORDER]),
        ("HR 0.8, 95% CI 0.1-0.7", [OUTSIDE]),
        ("12 of 30 (40%, 95% CI 50-59)", [OUTSIDE]),
        ("HR 0.5, 95% CI", [BOUNDS]),
        ("HR 0.5, 95% CI 0.1", [BOUNDS]),
        ("HR 2, 0% CI 1-3", [LEVEL.format(0)]),
        ("HR 2, 100% CI 1-3", [LEVEL.format(100)]),
        ("HR 2, 105% CI", [LEVEL.format(105), BOUNDS]),
        ("p = 1.2", [P_VALUE]),
        ("p = -0.1", [P_VALUE]),
        ("p = −0.1", [P_VALUE]),
        ("p = 0,007", [P_VALUE]),
        ("p = 3 × 10^8", [P_VALUE]),
        ("p = 2 × 10^400", [P_VALUE]),
        ("p = 100", [P_VALUE]),
        ("HR 0.8, 95% CI 0.1-0.7, p = 7", [OUTSIDE, P_VALUE]),
    ],
)
def test_a_figure_that_cannot_be_right_is_a_fault(text, expected):
    assert faults(text) == expected


@pytest.mark.parametrize(
    "text", ["HR 0.1, 95% CI 0.1-0.7", "HR 0.7, 95% CI 0.1-0.7", "HR 1, 95% CI 1-1", "p = 0", "p = 1.00"]
)
def test_bounds_and_ends_themselves_are_sound(text):
    assert faults(text) == []


UNITS = [
    "7",
    "1,111,",
    "1.",
    "(",
    "[",
    ")",
    "(;",
    "; )",
    ";",
    " ",
    "1 ",
    "-",
    "95% CI ",
    "95% CI (",
    "p = ",
    "mean ",
    "1e",
]


@pytest.mark.parametrize("head", ["", "95% CI ", "p = 1 × 10^"])
@pytest.mark.parametrize("unit", UNITS)
def test_hostile_text_takes_no_more_than_linear_time(head, unit):
    text = (head + unit * 100_000)[:100_000]
    assert cpu_seconds(lambda: read_statistics("alpha-2001", text), tries=1) < 2


def test_an_interval_that_was_not_reported_is_no_fault():
    (statistic,), findings = read_statistics("a-2001", "HR 0.5 (95% CI not reported)")
    assert (statistic.estimate, statistic.low, findings) == (0.5, None, ())


def test_a_minus_sign_or_from_may_stand_in_an_interval():
    for text in ("HR 0.3, 95% CI 0.10−0.70", "HR 0.3, 95% CI from 0.10 to 0.70"):
        (statistic,), findings = read_statistics("a-2001", text)
        assert (statistic.low, statistic.high, findings) == (0.1, 0.7, ())
