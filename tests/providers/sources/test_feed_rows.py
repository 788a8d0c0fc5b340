"""Feeds are rows of data; a file with one bad row is refused with all its bad rows named."""

from pathlib import Path

import pytest

from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority
from providers.sources.feeds.rows import DEFAULT_FEEDS, FeedKind, FeedRow, load_feeds, read_feeds

CSV = """# a comment
address,publisher,authority,kind,ticker,cadence_hours
https://feeds.example/{ticker}.xml,Example,Other,name,,744
https://issuer.example/rss?a=b,NVIDIA,newswire,issuer, nvda ,
"https://www.example/all,markets",Example,newswire,general,,96.5
"""


def test_a_csv_file_is_read_row_by_row() -> None:
    rows = read_feeds(CSV, name="feeds.csv")

    assert rows[0] == FeedRow(
        address="https://feeds.example/{ticker}.xml",
        publisher="Example",
        authority=Authority.OTHER,
        kind=FeedKind.NAME,
        cadence_hours=744.0,
    )
    assert rows[0].address_for("BRK-B") == "https://feeds.example/BRK-B.xml"
    assert rows[0].address_for("A&B=C") == "https://feeds.example/A%26B%3DC.xml"
    assert (rows[1].ticker, rows[1].kind) == ("NVDA", FeedKind.ISSUER)
    assert isinstance(rows[1].cadence_hours, Gap)
    assert rows[2].address == "https://www.example/all,markets"


def test_json_and_toml_say_the_same() -> None:
    json_text = '[{"address":"https://a.example/x","publisher":"A","authority":"other","kind":"general","cadence_hours":5}]'
    toml_text = '[[feed]]\naddress="https://a.example/x"\npublisher="A"\nauthority="other"\nkind="general"\ncadence_hours=5'

    assert read_feeds(json_text, name="f.JSON") == read_feeds(toml_text, name="f.toml")


def test_every_bad_row_is_named_at_once() -> None:
    bad = CSV + (
        "ftp://x,A,other,general,,\n"
        "https://a.example/x,A,gossip,general,,\n"
        "https://a.example/x,A,other,name,,\n"
        "https://a.example/{ticker},A,other,general,,\n"
        ",A,other,general,,\n"
        "https://a.example/x,A,other,general,,-1\n"
        "https://{ticker}.example/x,A,other,name,,\n"
        "https://a.example/x,A,other,issuer,not a ticker,\n"
    )

    with pytest.raises(BadRequest) as caught:
        read_feeds(bad, name="feeds.csv")

    assert str(caught.value) == (
        "The feeds file feeds.csv has rows that cannot be read. row 4: address is not an http address; "
        "row 5: authority must be one of official, newswire, other; "
        "row 6: a ticker, or {ticker} in the address, is missing; row 7: a general feed has no ticker; "
        "row 8: address is missing; row 9: cadence_hours must be a positive number of hours; "
        "row 10: address is not an http address; row 11: ticker is no ticker."
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "f.csv"),
        ("address,publisher\n", "f.csv"),
        ("publisher\nA\n", "f.csv"),
        ("{", "f.json"),
        ("{}", "f.json"),
        ("[1]", "f.json"),
        ("[[feed]", "f.toml"),
        ("x=1", "f.toml"),
        (CSV, "f.txt"),
        ("adress,publisher,authority,kind\nhttps://a.example,A,other,general\n", "f.csv"),
        ("address,publisher,authority,kind\nhttps://a.example,A,other,general,,,,\n", "f.csv"),
    ],
)
def test_a_file_that_is_no_list_of_feeds_is_refused(text: str, name: str) -> None:
    with pytest.raises(BadRequest, match=r"^The feeds file f\."):
        read_feeds(text, name=name)


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes("Börse".encode("latin-1"))

    with pytest.raises(BadRequest, match="could not be opened"):
        load_feeds(tmp_path / "gone.csv")
    with pytest.raises(BadRequest, match="is not UTF-8 text"):
        load_feeds(latin)


def test_a_file_is_loaded_with_a_byte_order_mark_too(tmp_path: Path) -> None:
    file = tmp_path / "feeds.csv"
    file.write_bytes(b"\xef\xbb\xbf" + CSV.split("\n", 1)[1].encode())

    assert len(load_feeds(file)) == 3


def test_the_built_in_rows_hold_no_dead_feed_and_a_cadence_each() -> None:
    assert not any("reuters" in row.address for row in DEFAULT_FEEDS)
    assert all(isinstance(row.cadence_hours, float) for row in DEFAULT_FEEDS)
    assert {row.kind for row in DEFAULT_FEEDS} == {FeedKind.NAME, FeedKind.GENERAL}


def test_an_address_alone_is_a_row_with_what_is_known_of_it() -> None:
    rows = read_feeds(
        "address\nhttps://www.cnbc.com/id/1/rss.html\nhttps://blog.example/{ticker}.xml\n", name="f.csv"
    )

    assert [(row.publisher, row.authority, row.kind, row.cadence_hours) for row in rows] == [
        ("CNBC", Authority.NEWSWIRE, FeedKind.GENERAL, 168.0),
        ("blog.example", Authority.OTHER, FeedKind.NAME, NOT_GIVEN),
    ]
