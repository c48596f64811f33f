"""What is a DOI, a PubMed id, a web address, a date, a trial registration id."""

from __future__ import annotations

import datetime

import pytest

from sphinx_mecfs.evidence.identifiers import (
    REGISTRIES,
    fold_doi,
    is_pmcid,
    is_pmid,
    is_web_address,
    normalise_doi,
    parse_iso_date,
    registrations_in,
)


@pytest.mark.parametrize(
    "text",
    [
        "10.1016/S0140-6736(11)60096-2",
        "https://doi.org/10.1016/S0140-6736(11)60096-2",
        "http://dx.doi.org/10.1016/S0140-6736(11)60096-2",
        "doi:10.1016/S0140-6736(11)60096-2",
        " DOI: 10.1016/S0140-6736(11)60096-2 ",
    ],
)
def test_a_doi_is_found_behind_its_usual_prefixes_and_keeps_its_capitals(text):
    assert normalise_doi(text) == "10.1016/S0140-6736(11)60096-2"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.12/x",
        "10.1016",
        "10.1016/",
        "10.1016/a b",
        "10.1016/<b>",
        "10.1016/a\x07",
        "10.1016/a\u202eb",
        "see 10.1016/x",
        "https://example.org/10.1016/x",
        "١٠.1016/x",
    ],
)
def test_what_is_no_doi_is_refused(text):
    assert normalise_doi(text) is None


def test_capitals_do_not_tell_dois_apart():
    assert fold_doi("10.1128/mBio.00266-12") == fold_doi("10.1128/MBIO.00266-12")


def test_pubmed_ids_are_numbers_and_pmc_ids_have_their_letters():
    assert is_pmid("19566965")
    assert not any(map(is_pmid, ["", "0123", "PMID 1", "1.0", "١٢٣", "12345678901"]))
    assert is_pmcid("PMC3719933")
    assert not any(map(is_pmcid, ["", "3719933", "pmc3719933", "PMC", "PMC01"]))


@pytest.mark.parametrize(
    "text",
    [
        "https://www.nice.org.uk/guidance/ng206",
        "http://[2001:db8::1]:8080/x?y=(1)#z",
        "HTTPS://example.org",
        "https://en.wikipedia.org/wiki/Ørsted@home",
    ],
)
def test_http_and_https_addresses_are_web_addresses(text):
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org",
        "https://",
        "https:///x",
        "https://a b.org",
        'https://example.org/"onclick="x',
        "https://example.org/<x>",
        "https://nice.org.uk@example.org/",
        "https://example.org/\u202egro",
        "https://example.org\n",
    ],
)
def test_everything_else_is_no_web_address(text):
    assert not is_web_address(text)


def test_only_full_dates_that_exist_are_dates():
    assert parse_iso_date("2024-02-29") == datetime.date(2024, 2, 29)
    assert not any(map(parse_iso_date, ["2023-02-29", "20240229", "2024-W09-4", "2024-2-9", "2024-02-29 "]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NCT02229942 (EudraCT 2014-000795-25)", ["NCT02229942", "2014-000795-25"]),
        ("ISRCTN54285094", ["ISRCTN54285094"]),
        ("EUCTR2013-001234-12-GB", ["EUCTR2013-001234-12-GB"]),
        ("2022-500024-30-00", ["2022-500024-30-00"]),
        ("ACTRN12622000949785, jRCTs031180150", ["ACTRN12622000949785", "jRCTs031180150"]),
        ("UMIN000012345", ["UMIN000012345"]),
        ("ChiCTR-TRC-10001234 ChiCTR2000029308", ["ChiCTR-TRC-10001234", "ChiCTR2000029308"]),
        ("DRKS00012345; CTRI/2020/03/024402", ["DRKS00012345", "CTRI/2020/03/024402"]),
        ("NTR2121 and NL7783", ["NTR2121", "NL7783"]),
        ("NCT0222994", []),
        ("NCT022299421", []),
        ("XNCT02229942", []),
        ("2014-000795-25-7", []),
        ("not registered", []),
    ],
)
def test_registration_ids_are_found_by_the_form_of_their_registry(text, found):
    assert [one.id for one in registrations_in(text)] == found


def test_each_found_id_names_its_registry():
    found = registrations_in("2014-000795-25 in one list, 2022-500024-30-00 in the other")
    assert [one.registry for one in found] == ["EudraCT", "EU CTIS"]
    assert all(one.registry in REGISTRIES for one in found)
