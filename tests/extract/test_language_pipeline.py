"""The spaCy pipeline: finds what the plain rules find, words join to the text, jieba and disk its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from duban.app.corpus import directory
from duban.extract.language.document_references import references
from duban.extract.language.quantities import read
from duban.model.folding import fold
from hypothesis import given, settings
from hypothesis import strategies as st
from notices_at_hand import LIAONING, ROOT, liaoning

pytestmark = pytest.mark.slow
SENTENCE = "省财政厅贯彻《办法》(辽政办发〔2018〕10号),6月底前新增充电桩420台以上,推进10吨以下锅炉改造。"


@pytest.fixture(scope="module")
def nlp() -> Any:
    from duban.extract.language.pipeline import build

    return build(directory(), year=2021)


def found(doc: Any) -> dict[str, list[tuple[str, str]]]:
    return {key: [(span.text, span.id_) for span in group] for key, group in sorted(doc.spans.items())}


def test_a_sentence(nlp: Any) -> None:
    assert found(nlp(SENTENCE)) == {
        "deadline": [("6月底前", "deadline.due")],
        "doc_ref": [("《办法》(辽政办发〔2018〕10号)", "doc_ref.title")],
        "left_out": [
            ("2018", "left_out.title"), ("10", "left_out.date"), ("6", "left_out.date"),
            ("10吨以下", "left_out.threshold"),
        ],
        "quantity": [("420台以上", "quantity.>=")],
        "units": [("省财政厅", "liaoning/finance")],
    }  # fmt: skip
    doc = nlp(SENTENCE)
    (due,) = doc.spans["deadline"]
    assert due._.duban["due"] == "2021-06-30"


def test_a_blank_pipeline_of_spacy_s_own_takes_the_components() -> None:
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("duban_quantity")
    nlp.add_pipe("duban_deadline", config={"year": 2021})
    nlp.add_pipe("duban_doc_ref")
    doc = nlp(SENTENCE)
    assert [span.text for span in doc.spans["quantity"]] == ["420台以上"]
    assert [span._.duban["due"] for span in doc.spans["deadline"]] == ["2021-06-30"]


def test_on_the_notice_the_pipeline_says_what_the_rules_say(nlp: Any) -> None:
    for line in liaoning(2021).splitlines()[10:60]:
        doc = nlp(line)
        assert doc.text == line
        reading = read(line, fold(line), 0, len(line))
        assert [(s.start_char, s.end_char) for s in doc.spans["quantity"]] == [
            q.span for q in reading.quantities
        ]
        assert [s._.duban["metric"] for s in doc.spans["quantity"]] == [q.metric for q in reading.quantities]
        assert len(doc.spans["left_out"]) == len(reading.left_out)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_joins_again_from_its_words(nlp: Any, text: str) -> None:
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert nlp(text).text == kept


def test_it_loads_from_disk_with_its_names(nlp: Any, tmp_path: Path) -> None:
    """In a process of its own, which has seen nothing of it: only the entry points and the folder."""
    nlp.to_disk(tmp_path / "pipeline")
    code = (
        "import sys, spacy\n"
        "doc = spacy.load(sys.argv[1])(sys.argv[2])\n"
        "print({key: [(s.text, s.id_) for s in group] for key, group in sorted(doc.spans.items())})\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pipeline"), SENTENCE],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert run.stdout.strip() == str(found(nlp(SENTENCE)))


def test_the_bytes_are_the_same_in_every_process() -> None:
    code = (
        "import hashlib, sys\n"
        "from duban.app.corpus import directory\n"
        "from duban.extract.language.pipeline import build\n"
        "nlp = build(directory(), year=2021)\n"
        "lines = open(sys.argv[1], encoding='utf-8').read().splitlines()[10:30]\n"
        "shown = [[(k, s.start, s.end, s.id_, s._.duban) for k, g in doc.spans.items() for s in g]\n"
        "         for doc in nlp.pipe(lines)]\n"
        "words = [[t.text for t in nlp.make_doc(line)] for line in lines]\n"
        "print(hashlib.sha256(repr((shown, words)).encode()).hexdigest())\n"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code, str(LIAONING[2021])],
            check=True, capture_output=True, text=True, cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(made) == 1


@given(st.one_of(st.text(max_size=60), st.text("省财政厅工业和信息化4Gab .%-\r\n\t增长", max_size=60)))
def test_the_cut_is_jieba_s_cut(text: str) -> None:
    from duban.extract.language.segmenter import cut
    from duban.extract.language.words import _dictionary

    jieba = _dictionary()
    assert list(cut(text, jieba.FREQ, jieba.total)) == list(jieba.cut(text, HMM=False))


def test_the_cut_is_jieba_s_cut_on_the_notices() -> None:
    from duban.extract.language.segmenter import cut
    from duban.extract.language.words import _dictionary

    jieba = _dictionary()
    for year in LIAONING:
        text = liaoning(year)
        assert list(cut(text, jieba.FREQ, jieba.total)) == list(jieba.cut(text, HMM=False))


def test_jieba_s_own_tokenizer_is_left_alone(nlp: Any) -> None:
    import jieba

    nlp("省沈抚示范区管委会办好实事。")
    assert not jieba.dt.initialized
    assert jieba.dt.user_word_tag_tab == {}


def test_a_word_over_the_end_of_a_span_is_an_error_not_a_shift() -> None:
    import spacy

    whole = spacy.blank("zh")
    whole.tokenizer = lambda text: spacy.tokens.Doc(whole.vocab, words=[text], spaces=[False])  # type: ignore[assignment]
    whole.add_pipe("duban_quantity")
    with pytest.raises(ValueError, match="420台"):
        whole("新增充电桩420台。")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("落实《办法》。", [("办法", None)]),
        ("贯彻中发〔2016〕7号文件。", [(None, "中发〔2016〕7号")]),
        ("印发《关于印发《办法》的通知》。", [("关于印发《办法》的通知", None)]),
        ("《办法》(辽政发〔2017〕3号)和《细则》。", [("办法", "辽政发〔2017〕3号"), ("细则", None)]),
        ("没有闭合《办法。", []),
        ("〔2017〕3号", []),
    ],
)
def test_references_to_documents(sentence: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(r.title, r.number) for r in references(sentence, fold(sentence), 0, len(sentence))] == expected


@pytest.mark.parametrize("words", [[], ["省", "财政厅", "省"], ["a", "b", "a", " ", "省"]])
def test_the_text_of_a_document_is_spacy_s(words: list[str]) -> None:
    from duban.extract.language.pipeline import _text
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    for spaced in (False, True):
        doc = Doc(Vocab(), words=words, spaces=[spaced] * len(words))
        assert _text(doc) == doc.text
