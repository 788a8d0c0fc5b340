"""The matrix of design/FAULTS.md as a table: what is injected, what is expected, and what injects it.

A row is injected by a function here, against real processes and files, or by tests of the room that it
concerns, against real servers, files and the real library on loopback; then the row names them and they are
run. Nothing is taken on trust.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.faults import (
    rows_clock,
    rows_delivery,
    rows_files,
    rows_kills,
    rows_ledger,
    rows_life,
    rows_months,
    rows_owner,
    rows_process,
    rows_push,
    rows_sources,
    rows_wire,
)

Check = Callable[..., Awaitable[str]]
PUSH = "tests/bot/push/test_push_desk.py"
WATCH = "tests/bot/push/test_push_watch.py"
DELIVERY = "tests/bot/telegram/test_delivery.py"
DUE = "tests/core/due/test_due_period.py"
READING = "tests/core/jury/test_reading.py"
MODELS = "tests/contracts/test_models.py"
SENDING = "tests/bot/telegram/test_sending.py"
POLLING = "tests/bot/telegram/test_polling.py"
YAHOO = "tests/providers/markets/test_yahoo_market.py"
ADDRESSES = "tests/providers/http/test_addresses.py"
PROXY = "tests/providers/http/test_proxy.py"
FETCHING = "tests/providers/http/test_fetching.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`check` takes a folder and `fast`, returns what was observed, and raises AssertionError otherwise.

    `alone`: nothing else is injected meanwhile. `tests` are (file, beginning of the test's name), all of
    which must pass; each must exist.
    """

    number: int  # 99 is shown as "all"
    injected: str
    expected: str
    check: Check | None = None
    alone: bool = False
    tests: tuple[tuple[str, str], ...] = ()


ROWS: tuple[Row, ...] = (
    Row(
        number=1,
        injected="down at the instant, back 6 h later",
        expected="one run, late",
        check=rows_clock.back_after_six_hours,
        tests=((PUSH, "test_down_at_the_instant_and_back_six_hours_later"),),
    ),
    Row(
        number=2,
        injected="down past the window",
        expected="missed, message, /fail",
        check=rows_clock.back_after_the_window,
        tests=((PUSH, "test_down_past_the_window"), (PUSH, "test_months_of_absence")),
    ),
    Row(
        number=3,
        injected="process stopped, loop blocked over the instant",
        expected="runs",
        check=rows_clock.asleep_over_the_instant,
        tests=(("tests/bot/push/test_push_schedule.py", "test_a_loop_that_was_blocked"),),
    ),
    Row(
        number=4,
        injected="days 1–31 × times × zones, 10 years",
        expected="12 runs a year",
        tests=((DUE, "test_every_day_and_time_gives_twelve_periods"), (DUE, "test_whenever_one_looks")),
    ),
    Row(
        number=5,
        injected="clock +31 d / −2 h",
        expected="one run",
        check=rows_clock.back_in_time_after_the_report,
        tests=((PUSH, "test_the_clock_may_jump"), (DUE, "test_a_clock_that_jumps_back")),
    ),
    Row(
        number=6,
        injected="5 restarts (kill −9) in the due minute",
        expected="one run",
        check=rows_process.restarts_in_the_due_minute,
        tests=((PUSH, "test_five_restarts"),),
    ),
    Row(
        number=7,
        injected="two replicas on one ledger",
        expected="one run, one report",
        check=rows_process.two_replicas,
        tests=(
            (PUSH, "test_two_processes_on_one_ledger"),
            ("tests/providers/ledger/test_ledger_pushes.py", "test_eight_processes"),
        ),
    ),
    Row(
        number=8, injected="getUpdates 409", expected="visible, exit ≠ 0", check=rows_process.a_second_poller
    ),
    Row(
        number=9,
        injected="exit at each step of a push",
        expected="one report, ≤ 1 extra call",
        check=rows_push.killed_at_each_step_of_a_push,
        tests=((PUSH, "test_a_kill_at_any_step"),),
    ),
    Row(
        number=10,
        injected="SIGTERM mid-run",
        expected="exit < 10 s, resumes",
        check=rows_process.terminated_in_the_run,
        tests=((PUSH, "test_parking_ends_within_ten_seconds"),),
    ),
    Row(
        number=11,
        injected="kill −9 with a full queue of commands",
        expected="0 acknowledged and lost",
        check=rows_process.killed_with_a_full_queue,
    ),
    Row(
        number=12,
        injected="kill −9 in ledger writes",
        expected="integrity ok, no torn run",
        check=rows_ledger.killed_while_writing,
        alone=True,
    ),
    Row(
        number=13,
        injected="Telegram 429, retry_after 30",
        expected="waits, one report",
        check=rows_push.a_flooded_push,
        tests=((DELIVERY, "test_flood_control"), (PUSH, "test_an_outage_of_the_chat")),
    ),
    Row(
        number=14,
        injected="accepted, then reset",
        expected="one report, ≤ 1 orphan",
        check=rows_push.a_push_cut_off,
        tests=(
            (DELIVERY, "test_a_lost_answer_to_the_placeholder"),
            (DELIVERY, "test_a_lost_answer_to_the_edit"),
        ),
    ),
    Row(
        number=15,
        injected="502 with HTML for 10 min",
        expected="delivered later",
        check=rows_push.a_push_behind_a_proxy_page,
        tests=((DELIVERY, "test_ten_minutes_of_proxy_pages"),),
    ),
    Row(
        number=16,
        injected="400 bad entities",
        expected="plain text, recorded",
        check=rows_push.a_push_whose_markup_is_refused,
        tests=((DELIVERY, "test_refused_markup"), (DELIVERY, "test_a_refused_picture")),
    ),
    Row(
        number=17,
        injected="403 blocked",
        expected="undeliverable, /fail",
        tests=((DELIVERY, "test_a_chat_that_cannot_be_reached"), (PUSH, "test_a_blocked_bot")),
    ),
    Row(
        number=18,
        injected="9,000-character report, crash per chunk and step",
        expected="each chunk once",
        tests=((DELIVERY, "test_a_kill_around_any_step_of_any_chunk"),),
    ),
    Row(
        number=19,
        injected="k of 5 ballots 429/529/503, k = 0…5",
        expected="report iff quorum; k shown",
        check=rows_sources.k_of_n_ballots_fail,
    ),
    Row(
        number=20,
        injected="1 byte a second",
        expected="deadline hit",
        tests=((FETCHING, "test_one_byte_a_second"),),
    ),
    Row(
        number=21,
        injected="answer cut at every byte",
        expected="0 votes from cuts",
        tests=((READING, "test_no_cut_of_a_ballot_is_a_ballot"), (MODELS, "test_a_stream_cut_in_the_middle")),
    ),
    Row(
        number=22,
        injected="malformed shapes (the second table)",
        expected="the state named there",
        tests=(
            (READING, "test_any_stop_but_the_natural_one"),
            (READING, "test_one_fence_around"),
            (READING, "test_anything_around_the_object"),
            (READING, "test_a_doubled_key"),
            (READING, "test_a_weight_that_is_no_finite"),
            (READING, "test_absurd_and_negative"),
            (READING, "test_weights_that_are_all_zero"),
            (READING, "test_a_sum_that_is_not_one_hundred"),
            (READING, "test_a_stance_outside"),
            (READING, "test_stances_tickers_and_citations"),
            (READING, "test_names_and_fields"),
            (READING, "test_up_to_a_tenth"),
            (READING, "test_selling_what_is_not_held"),
            (READING, "test_a_citation_of_another"),
        ),
    ),
    Row(
        number=23,
        injected="HTML, {}, empty, error body with 200",
        expected="provider failure",
        check=rows_push.the_model_answers_nonsense,
        tests=(
            (MODELS, "test_status_200_without_an_answer"),
            (MODELS, "test_a_block_page_with_status_200"),
            (MODELS, "test_an_error_body_with_status_200"),
        ),
    ),
    Row(
        number=24,
        injected="401 at ballot 2",
        expected="abort, no more spend",
        check=rows_sources.a_key_refused_at_the_second_ballot,
    ),
    Row(
        number=25,
        injected="regulator 403",
        expected="NO report, names source and rule",
        check=rows_sources.the_regulator_refuses,
    ),
    Row(
        number=26,
        injected="feed 200 + HTML, empty body",
        expected="source failed, not “0 news”",
        check=rows_sources.feeds_that_are_pages,
        tests=(("tests/providers/sources/test_feeds.py", "test_a_block_page_with_status_200"),),
    ),
    Row(
        number=27,
        injected="missing, 1970, 2077 dates",
        expected="excluded, recorded",
        tests=(
            ("tests/providers/sources/test_news_dates.py", "test_any_other_date_is_a_gap"),
            ("tests/providers/sources/test_feeds.py", "test_a_future_item"),
            ("tests/core/facts/test_fact_dates.py", "test_a_story"),
        ),
    ),
    Row(
        number=28,
        injected="gzip bomb, endless and huge bodies",
        expected="refused, memory + < 20 MB",
        check=rows_sources.bodies_that_would_fill_the_memory,
        tests=(
            (FETCHING, "test_a_compressed_body_is_refused_unread"),
            (FETCHING, "test_an_endless_body"),
            (FETCHING, "test_a_hundred_megabytes"),
        ),
    ),
    Row(
        number=29,
        injected="billion laughs, <!-- × 100k, a parser that hangs",
        expected="parser killed ≤ 5 s",
        check=rows_push.feeds_that_attack_the_parser,
        tests=(
            ("tests/providers/sources/test_feed_parser.py", "test_a_hundred_thousand_open_comments"),
            ("tests/providers/sources/test_feed_parser.py", "test_an_entity_bomb"),
            ("tests/providers/sources/test_feed_parser.py", "test_a_parser_that_hangs_is_killed"),
        ),
    ),
    Row(
        number=30,
        injected="redirect or name to a private address",
        expected="refused",
        tests=(
            ("tests/providers/http/test_addresses.py", "test_a_redirect_to_a_private"),
            ("tests/providers/http/test_addresses.py", "test_a_name_that_resolves_to_a_private"),
            ("tests/providers/http/test_addresses.py", "test_every_spelling_of_loopback"),
        ),
    ),
    Row(
        number=31,
        injected="no or stale price for over a tenth of the weight",
        expected="NO report; less: flagged",
        check=rows_push.no_price_for_much_of_the_weight,
        tests=(
            ("tests/core/portfolio/test_valuation.py", "test_over_a_tenth_of_the_weight"),
            ("tests/core/portfolio/test_valuation.py", "test_one_name_of_twenty"),
            ("tests/core/market/test_plausible_prices.py", "test_what_is_no_price"),
            ("tests/core/market/test_plausible_prices.py", "test_a_price_beyond_five_sessions"),
        ),
    ),
    Row(
        number=32,
        injected="1,165 injection rows",
        expected="structure, parse unchanged",
        tests=(
            ("tests/core/brief/test_render.py", "test_no_text_from_outside"),
            ("tests/core/brief/test_render.py", "test_a_thousand_recorded_injections"),
        ),
    ),
    Row(
        number=33,
        injected="disk full at each kind of write",
        expected="message past the ledger, exit ≠ 0",
        check=rows_ledger.disk_full_at_each_step,
    ),
    Row(
        number=34,
        injected="ledger locked for long",
        expected="bounded wait, visible",
        check=rows_ledger.locked_for_long,
    ),
    Row(
        number=35,
        injected="ledger damaged, newer, 0644",
        expected="refuses to start",
        check=rows_ledger.files_that_cannot_be_trusted,
    ),
    Row(
        number=36,
        injected="older copy restored",
        expected="asks the owner, no resend",
        check=rows_ledger.older_backup_restored,
        tests=((PUSH, "test_an_older_copy_of_the_ledger"),),
    ),
    Row(
        number=37,
        injected="27 hostile portfolio files",
        expected="accepted or rejected by line",
        check=rows_files.hostile_portfolios,
        alone=True,
    ),
    Row(
        number=38,
        injected="300k columns, 20 MB",
        expected="refused < 100 ms",
        check=rows_files.huge_portfolios,
        alone=True,
    ),
    Row(
        number=39,
        injected="a crowd of strangers beside the owner",
        expected="0 replies to strangers, owner p95 < 5 s",
        check=rows_owner.a_crowd_of_strangers,
        alone=True,
    ),
    Row(
        number=40,
        injected="canary secrets at DEBUG",
        expected="0 hits in logs, files, reports, briefs",
        check=rows_owner.canaries_at_debug,
        tests=(("tests/bot/test_logs.py", "test_"),),
    ),
    Row(
        number=41,
        injected="getUpdates 401 while running",
        expected="ends ≠ 0 with the reason within 60 s, /fail",
        check=rows_life.token_revoked,
    ),
    Row(
        number=42,
        injected="polling, schedule, outbox or watch dies",
        expected="ends ≠ 0 with the reason within 60 s, /fail",
        check=rows_life.a_part_dies,
    ),
    Row(
        number=43,
        injected="getUpdates fails for long",
        expected="alive is said only while Telegram is heard",
        check=rows_life.alive_only_when_heard,
    ),
    Row(
        number=44,
        injected="each setting of the stamp changed before a resume",
        expected="closed with its cost, no mixed jury; a push asks afresh",
        check=rows_life.settings_changed_in_between,
        tests=((PUSH, "test_a_run_whose_model_was_changed"), (PUSH, "test_a_push_whose_model_was_changed")),
    ),
    Row(
        number=45,
        injected="two command lines beside a bot",
        expected="each finishes its own, nothing said",
        check=rows_life.side_by_side,
        tests=((PUSH, "test_a_run_of_the_command_line"),),
    ),
    Row(
        number=46,
        injected="SIGSTOP past the lease, another takes over",
        expected="the first writes nothing more",
        check=rows_life.stopped_past_its_lease,
        tests=(
            ("tests/providers/ledger/test_ledger_leases.py", "test_who_was_taken_over"),
            ("tests/providers/ledger/test_ledger_leases.py", "test_a_lease_that_stands"),
        ),
    ),
    Row(
        number=47,
        injected="429 of 30 s and an hour on typing, edits, menus, a send, getUpdates",
        expected="only that call waits; SIGTERM < 10 s; a second at once",
        check=rows_wire.flood_waits,
        alone=True,
        tests=((SENDING, "test_a_cosmetic_call"), (SENDING, "test_a_wait_ends"), (POLLING, "test_")),
    ),
    Row(
        number=48,
        injected="kill −9 at each step of a delivery; reset, 502, slow answers",
        expected="a report that was asked for arrives once",
        check=rows_kills.killed_or_cut_off,
    ),
    Row(
        number=49,
        injected="the same for /variance, a failure message, the watch",
        expected="once",
        check=rows_kills.the_same_for_variance,
        tests=((WATCH, "test_"),),
    ),
    Row(
        number=50,
        injected="a send is to be tried again in t",
        expected="tried at t + 0…10 s",
        check=rows_delivery.tried_again_at_the_stated_time,
    ),
    Row(
        number=51,
        injected="kill −9 between a change and its acknowledgement",
        expected="changed once",
        check=rows_delivery.changed_once,
        tests=(("tests/providers/ledger/test_ledger_leases.py", "test_a_change_happens_once"),),
    ),
    Row(
        number=52,
        injected="two people, a restart in between",
        expected="the push to the first, a result to who asked",
        check=rows_delivery.who_asked_is_answered,
    ),
    Row(
        number=53,
        injected="25,000 reasons, one of 1 MB, links, @names, /commands, invisible signs",
        expected="shown bounded with “+n more”, nothing tappable",
        check=rows_wire.a_model_that_writes_too_much,
    ),
    Row(
        number=54,
        injected="price source: gzip bomb, redirect inside, drip, 50 MB, HTML with 200",
        expected="one sentence, memory + < 50 MB",
        check=rows_wire.a_hostile_price_source,
        tests=((YAHOO, "test_a_hostile_server"),),
    ),
    Row(
        number=55,
        injected="demo with DATABASE in the environment",
        expected="its own ledger",
        check=rows_delivery.the_demo_beside_a_ledger,
    ),
    Row(
        number=56,
        injected="PUSH_DAY, PUSH_TIME, TIMEZONE changed to and fro",
        expected="one report a month; the date said is the date that comes",
        check=rows_delivery.the_day_is_moved,
        tests=((PUSH, "test_a_day_that_is_moved"), (DUE, "test_settings_that_change")),
    ),
    Row(
        number=57,
        injected="first start with a clock 400 days ahead",
        expected="the due month is made",
        check=rows_life.first_start_with_a_clock_ahead,
        tests=((PUSH, "test_a_first_start_with_a_clock"),),
    ),
    Row(
        number=58,
        injected="the content rolled back under the same inode",
        expected="asks the owner",
        check=rows_life.rolled_back_in_place,
    ),
    Row(
        number=59,
        injected="403 at delivery, unblocked later",
        expected="delivered at the next sign of life",
        check=rows_delivery.blocked_and_back,
        tests=((PUSH, "test_a_report_that_a_blocked_chat"),),
    ),
    Row(
        number=60,
        injected="kill −9 at each rename of a restore",
        expected="a whole ledger, or what to do",
        check=rows_life.killed_while_restoring,
        tests=(("tests/providers/ledger/test_ledger_keeping.py", "test_a_restore_that_is_killed"),),
    ),
    Row(
        number=61,
        injected="getFile with a local path, `..`, another host",
        expected="refused",
        tests=((SENDING, "test_a_file_elsewhere"),),
    ),
    Row(
        number=62,
        injected="HTTP_PROXY, ALL_PROXY, SSL_CERT_FILE, NETRC in the environment",
        expected="no effect; PROXY_URL is used",
        check=rows_wire.an_environment_that_meddles,
        tests=(
            (PROXY, "test_"),
            ("tests/providers/models/test_dialects.py", "test_a_model_outside_is_asked_by"),
        ),
    ),
    Row(
        number=63,
        injected="the first ballot sends no token",
        expected="the others start after a stated wait",
        check=rows_life.first_ballot_is_silent,
        tests=(("tests/core/jury/test_sampler.py", "test_the_others_start"),),
    ),
    Row(
        number=64,
        injected="a picture is drawn while commands come",
        expected="commands < 100 ms at the 95th percentile",
        check=rows_wire.commands_while_a_picture_is_drawn,
        alone=True,
    ),
    Row(
        number=65,
        injected="409 during a person's run",
        expected="parked within 10 s, finished by the next start",
        check=rows_life.conflict_during_a_run,
    ),
    Row(
        number=66,
        injected="a portfolio file with a trade row that cannot be read",
        expected="the instrument is set aside and said",
        tests=(
            ("tests/providers/holdings/test_portfolio_fuzz.py", "test_a_broken_quantity_sets_its_whole"),
            ("tests/providers/holdings/test_portfolio_fuzz.py", "test_a_changed_file_never_gives"),
        ),
    ),
    Row(
        number=67,
        injected="special address ranges, hex and octal hosts",
        expected="refused",
        tests=((ADDRESSES, "test_an_address_that_is_or_wraps"), (ADDRESSES, "test_every_spelling")),
    ),
    Row(
        number=68,
        injected="DNS answers public first, private then",
        expected="connects to the checked address or not at all",
        tests=((PROXY, "test_a_name_is_looked_up_once"), (ADDRESSES, "test_")),
    ),
    Row(
        number=69,
        injected="forget and restore while a run is on",
        expected="refused and said; the run finishes",
        check=rows_life.kept_under_a_run,
        tests=(("tests/providers/ledger/test_ledger_keeping.py", "test_neither_forgetting_nor"),),
    ),
    Row(
        number=70,
        injected="stored runs of every earlier version",
        expected="readable",
        tests=(("tests/journeys/test_old_ledgers.py", "test_"),),
    ),
    Row(
        number=99,
        injected="simulated months with all of these mixed",
        expected="one report or one failure message each, no mixed jury",
        check=rows_months.mixed,
        alone=True,
    ),
)
