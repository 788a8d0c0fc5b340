"""One rehearsal model asked twice about one brief is two juries, as a model that samples would be."""

from dataclasses import replace

from core.brief.model import Brief
from core.jury.ballot import Reply
from core.ports import ChatModel
from providers.models.rehearsal import RehearsalModel
from tests.core.snapshots import dossier, snapshot


def brief() -> Brief:
    from core.brief.render import render

    names = [dossier(f"N{number:02}", weight="3") for number in range(30)]
    return render(snapshot(*names), "- Weigh.")


async def jury(model: ChatModel, question: Brief) -> list[Reply]:
    return [(await model.ask(question, index=index, attempt=1, heard=lambda _: None)) for index in range(3)]


async def test_a_second_jury_on_the_same_brief_answers_afresh() -> None:
    model = RehearsalModel()

    first, second = await jury(model, brief()), await jury(model, brief())

    assert [reply.text for reply in first] != [reply.text for reply in second]
    assert {reply.response_id for reply in first}.isdisjoint({reply.response_id for reply in second})


async def test_a_fresh_process_repeats_the_first_jury_to_the_letter() -> None:
    first, again = await jury(RehearsalModel(), brief()), await jury(RehearsalModel(), brief())

    assert [replace(reply, seconds=0.0) for reply in first] == [
        replace(reply, seconds=0.0) for reply in again
    ]
