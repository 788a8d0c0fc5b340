"""One name on the report's page: tally, targets, reasons, facts, the numbers the model saw, sources, what was rejected."""

from decimal import Decimal
from html import escape

from bot.report import figures
from bot.report.ballots import Said, said
from bot.report.facts import coverage_line, fact_line, ranked, rejected_of
from bot.report.lookup import dossier_of, verdict_of
from bot.report.markup import esc, link
from bot.report.why import ballot_head, summary
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.fact import Fact
from core.jury.verdict import Counts
from core.run import Run
from core.snapshot.model import Dossier


def cells(counts: Counts) -> str:
    """The ballots as cells from sell to buy, a letter in each so that no colour has to be seen."""
    ordered = (
        ("sell", counts.sell),
        ("lighten", counts.lighten),
        ("hold", counts.hold),
        ("add", counts.add),
        ("buy", counts.buy),
        ("abstain", counts.abstain),
        ("missing", counts.missing),
    )
    drawn = "".join(
        f'<i class="{stance}" title="{escape(texts.STANCES[stance])}">{texts.LETTERS[stance]}</i>' * count
        for stance, count in ordered
    )
    return f'<span class="cells">{drawn}</span>'


def article(run: Run, ticker: str) -> str:
    """The name's card. `ticker` must be a judged name of this run."""
    verdict, dossier = verdict_of(run, ticker), dossier_of(run, ticker)
    if verdict is None or dossier is None:
        return ""
    facts = {fact.id: fact for fact in dossier.facts}
    parts = [
        f'<article id="{esc(ticker)}"><h3>{esc(ticker)} · {esc(dossier.name)}</h3>{cells(verdict.counts)}',
        *(f"<p>{escape(line)}</p>" for line in summary(verdict, dossier)),
        _facts(dossier),
        _folded(texts.PAGE_BALLOTS, "".join(_ballot(row, facts) for row in said(run, ticker))),
        _folded(texts.PAGE_NUMBERS, _numbers(dossier)),
        _folded(texts.FACTS_COVERAGE, _coverage(dossier)),
    ]
    thrown = rejected_of(run, ticker)
    if thrown:
        items = "".join(
            f"<li>{link(item.url, item.title, 200)} <small>{esc(item.gate)}: {esc(item.reason)}</small></li>"
            for item in thrown
        )
        parts.append(_folded(texts.FACTS_REJECTED.format(count=len(thrown)), f"<ul>{items}</ul>"))
    return "\n".join([*parts, "</article>"])


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{body}</details>"


def _facts(dossier: Dossier) -> str:
    if not dossier.facts:
        return f"<p>{escape(texts.WHY_NO_FACTS)}</p>"
    items = "".join(
        f"<li><b>{fact.severity}</b> {texts.AUTHORITIES[fact.authority]} · {esc(fact.id)} · {fact_line(fact)}</li>"
        for fact in ranked(dossier.facts)
    )
    return f"<ul>{items}</ul>"


def _ballot(row: Said, facts: dict[str, Fact]) -> str:
    parts = [f"<p><b>{escape(ballot_head(row))}</b></p>"]
    if isinstance(row.line, Gap):
        return parts[0]
    reasons = [texts.WHY_AGAINST.format(reason=reason) for reason in row.line.reasons_against]
    reasons += [texts.WHY_FOR.format(reason=reason) for reason in row.line.reasons_for]
    parts.append("<ul>" + "".join(f"<li>{esc(reason)}</li>" for reason in reasons) + "</ul>")
    cited = ", ".join(link(facts[key].url, key) if key in facts else esc(key) for key in row.line.facts)
    parts.append(f"<p>{texts.WHY_CITES.format(facts=cited) if cited else texts.WHY_CITES_NONE}</p>")
    if row.line.false_citations:
        false = esc(", ".join(row.line.false_citations))
        parts.append(f'<p class="warn">{texts.WHY_FALSE.format(facts=false)}</p>')
    if row.inconsistent:
        parts.append(f'<p class="warn">{escape(texts.WHY_INCONSISTENT)}</p>')
    return "".join(parts)


def _numbers(dossier: Dossier) -> str:
    quote, grade = dossier.quote, dossier.reliability
    price = f"{figures.number(quote.price, quote.currency)} ({figures.day(quote.day)}, {quote.source})"
    rows = [
        (texts.NUMBER_PRICE, price),
        (texts.NUMBER_WEIGHT, f"{figures.weight(dossier.weight)} %"),
        (texts.NUMBER_RELIABILITY, f"{grade.band.value} {_score(grade.score)}"),
        (texts.NUMBER_UPSIDE, figures.number(grade.upside, "%")),
        (texts.NUMBER_ADJUSTED, figures.number(grade.adjusted_upside, "%")),
        *((flag, texts.NUMBER_FLAG) for flag in grade.flags),
    ]
    consensus = dossier.consensus
    if isinstance(consensus, Gap):
        rows.append((texts.NUMBER_CONSENSUS, f"{texts.UNKNOWN}: {consensus.reason}"))
    else:
        targets = ((texts.NUMBER_MEAN, consensus.mean), (texts.NUMBER_MEDIAN, consensus.median))
        edges = ((texts.NUMBER_HIGH, consensus.high), (texts.NUMBER_LOW, consensus.low))
        rows += [(name, figures.number(value, consensus.currency)) for name, value in (*targets, *edges)]
        analysts = consensus.analysts
        rows.append((texts.NUMBER_ANALYSTS, texts.UNKNOWN if isinstance(analysts, Gap) else str(analysts)))
        rows.append((texts.NUMBER_TARGETS_OF, figures.day(consensus.day)))
    rows += [(measure.name, figures.number(measure.value, measure.unit)) for measure in dossier.measures]
    if not isinstance(dossier.score, Gap):
        rows.append((texts.NUMBER_SCORE, f"{dossier.score.score:.2f} (#{dossier.score.rank})"))
        rows += [(part.name, figures.number(part.score)) for part in dossier.score.components]
    body = "".join(f"<tr><td>{esc(name)}</td><td>{esc(value)}</td></tr>" for name, value in rows)
    return f"<table>{body}</table>"


def _score(value: Decimal | Gap) -> str:
    return f"({value.reason})" if isinstance(value, Gap) else f"{value:.0f}/100"


def _coverage(dossier: Dossier) -> str:
    if not dossier.coverage:
        return f"<p>{escape(texts.FACTS_COVERAGE_NONE)}</p>"
    return "<ul>" + "".join(f"<li>{esc(coverage_line(entry))}</li>" for entry in dossier.coverage) + "</ul>"
