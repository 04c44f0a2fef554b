"""Charts: same records, same bytes; every character drawn has a glyph; no font means no picture."""

from __future__ import annotations

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from charts_at_hand import CHARTS
from duban.model.errors import ChartFontError
from duban.output.charts import UnitLights, canvas, fonts, progress_by_unit, ranking
from duban.output.charts.bars import Ranked
from duban.output.charts.looks import LIGHTS, OTHERS
from duban.output.official.document import Picture


def installed() -> bool:
    return bool(fonts._installed())


needs_font = pytest.mark.skipif(
    not installed(), reason="no chart is drawn: this machine lacks a Chinese font"
)


@needs_font
@pytest.mark.parametrize("kind", list(CHARTS))
def test_the_same_records_give_the_same_png_of_the_size_it_says(kind: str) -> None:
    from PIL import Image

    drawn = CHARTS[kind]()
    canvas.forget()
    for one, again in zip(drawn, CHARTS[kind](), strict=True):
        assert one.png == again.png
        image = Image.open(io.BytesIO(one.png))
        assert "Software" not in image.info
        assert image.width == pytest.approx(one.width_mm / 25.4 * canvas.DPI, abs=1)
        assert image.height == pytest.approx(one.height_mm / 25.4 * canvas.DPI, abs=1)
        # Something is drawn, and the edge of the picture cuts nothing off.
        grey = image.convert("L").point(lambda value: 255 if value < 200 else 0)
        box = grey.getbbox()
        assert box is not None
        assert min(box[0], box[1], image.width - box[2], image.height - box[3]) >= 2, (kind, box)


@needs_font
@pytest.mark.parametrize("kind", list(CHARTS))
def test_every_text_of_a_chart_has_its_glyphs(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second opinion: fontTools reads the files that matplotlib chose."""
    from fontTools.ttLib import TTCollection, TTFont
    from matplotlib.font_manager import FontProperties, findfont

    drawn: list[tuple[set[str], tuple[str, ...]]] = []
    asked = canvas.families_for

    def noted(words: list[str]) -> tuple[str, ...]:
        found = asked(words)
        drawn.append(({c for text in words for c in text if not c.isspace()}, found))
        return found

    canvas.forget()
    monkeypatch.setattr(canvas, "families_for", noted)
    CHARTS[kind]()
    assert drawn
    for wanted, families in drawn:
        have: set[str] = set()
        for family in families:
            path = str(findfont(FontProperties(family=[family]), fallback_to_default=False))
            data = io.BytesIO(Path(path).read_bytes())
            faces = TTCollection(data).fonts if path.endswith((".ttc", ".otc")) else [TTFont(data)]
            # Of a collection the face of this name; its name stands in the table ``name``.
            face = next((f for f in faces if f["name"].getDebugName(1) == family), faces[0])
            have |= {chr(code) for code in face.getBestCmap()}
        assert wanted <= have


@needs_font
def test_a_character_that_no_font_has_is_told_and_nothing_is_drawn() -> None:
    with pytest.raises(ChartFontError, match="\ue123"):
        progress_by_unit([UnitLights("省\ue123厅", {"红灯": 1})], title="进展")


def test_without_a_chinese_font_there_is_a_diagnostic_and_no_tofu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Font",))
    fonts._installed.cache_clear()
    canvas.forget()
    try:
        with pytest.raises(ChartFontError, match="没有找到中文字体") as told:
            progress_by_unit([UnitLights("省财政厅", {"红灯": 1})], title="进展")
    finally:
        fonts._installed.cache_clear()
    assert told.value.remedy


@needs_font
def test_the_user_s_own_settings_change_nothing_and_stay() -> None:
    import matplotlib

    (usual,) = progress_by_unit([UnitLights("省财政厅", {"红灯": 1})], title="进展")
    canvas.forget()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red"}):
        (other,) = progress_by_unit([UnitLights("省财政厅", {"红灯": 1})], title="进展")
        assert matplotlib.rcParams["font.size"] == 30
    assert other.png == usual.png


def test_charts_load_no_plotting_state_and_importing_them_not_even_matplotlib() -> None:
    program = (
        "import sys; import duban.output.charts as c; print('matplotlib' in sys.modules)\n"
        "try:\n    c.progress_by_unit([c.UnitLights('某厅', {'红灯': 1})], title='进展')\n"
        "except Exception as e: print(type(e).__name__)\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[0] == "False"
    assert run.stdout.splitlines()[-1] == "False"


@needs_font
def test_a_list_longer_than_a_page_goes_on_in_the_next_picture() -> None:
    units = [Ranked(at, f"第{at}局", Decimal(100 - at)) for at in range(1, 61)]
    made = ranking(units, title="排名")
    assert [one.caption for one in made] == ["排名（1/3）", "排名（2/3）", "排名（3/3）"]
    assert all(one.height_mm < 200 for one in made)
    for at in range(1, 61):
        assert sum(f"第{at}名第{at}局" in one.alt for one in made) == 1


@needs_font
def test_the_alternative_text_tells_the_figures() -> None:
    (made,) = progress_by_unit([UnitLights("省财政厅", {"红灯": 2, "已完成": 3, "黄灯": 0})], title="进展")
    assert made.alt == "条形图：进展。省财政厅：已完成3，红灯2。"


def test_lights_are_told_without_colour() -> None:
    """Two lights never share hatch and lightness: grey print tells them."""
    for looks in (list(LIGHTS.values()), list(OTHERS)):
        greys = [(look.hatch, round(lightness(look.fill) / 40)) for look in looks]
        assert len(set(greys)) == len(greys)


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize(
    "fields", [{"png": b"GIF89a"}, {"width_mm": 0.0}, {"height_mm": -1.0}, {"alt": "  "}]
)
def test_a_picture_without_what_it_needs_is_refused(fields: dict[str, object]) -> None:
    good: dict[str, object] = {
        "png": b"\x89PNG\r\n\x1a\n", "width_mm": 10.0, "height_mm": 10.0, "alt": "图",
    }  # fmt: skip
    Picture(**good)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a picture"):
        Picture(**{**good, **fields})  # type: ignore[arg-type]


@needs_font
def test_other_records_are_drawn_anew() -> None:
    (one,) = progress_by_unit([UnitLights("省财政厅", {"红灯": 1})], title="进展")
    (same,) = progress_by_unit([UnitLights("省财政厅", {"红灯": 1})], title="进展")
    (other,) = progress_by_unit([UnitLights("省财政厅", {"红灯": 2})], title="进展")
    assert same is one
    assert other.png != one.png
