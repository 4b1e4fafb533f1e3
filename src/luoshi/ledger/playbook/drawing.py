"""A playbook in, its state diagram as SVG out: readable in light and dark, by eye and by screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from .layout import BOX, EDGE, GAP, LINE, NAME, SMALL, Box, Lane, Layout, laid_out, width
from .names import Names
from .nouns import Playbook
from .outline import described

# Colours of GitHub's own light and dark pages, whose contrasts of text are above 7:1, of muted text above 4.5:1.
STYLE = """
  svg { font-family: "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
  .page { fill: #ffffff } .box { fill: #f6f8fa; stroke: #1f2328; stroke-width: 1.5 }
  .waiting { stroke-dasharray: 6 4 } .done { stroke-width: 4 } .dropped { stroke-dasharray: 1.5 4 }
  .name { fill: #1f2328; font-weight: 600 } .small { fill: #1f2328 } .muted { fill: #59636e }
  .lane { fill: none; stroke: #59636e; stroke-width: 1.3 } .tip { fill: #59636e }
  .halo { stroke: #ffffff; stroke-width: 3; paint-order: stroke }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } .box { fill: #151b23; stroke: #f0f6fc } .halo { stroke: #0d1117 }
    .name, .small { fill: #f0f6fc } .muted, .tip { fill: #9198a1 } .lane { stroke: #9198a1 }
  }
"""
KINDS = (
    ("open", Names("在办", "being worked on")),
    ("waiting", Names("等人处理", "waiting for somebody")),
    ("done", Names("办结", "done")),
    ("dropped", Names("中止", "dropped")),
)
PARTS = Names("分解出的下级事项", "parts of a split")
LEGEND = 44
TITLE = Names("%s：状态图", "%s: state diagram")


def diagram(playbook: Playbook, language: str = "zh-hans") -> str:
    """The state diagram of a playbook as an SVG document, with its names in a language (`en`, `zh-hans`)."""
    layout = laid_out(playbook, language)
    wide = max(layout.width, _legend_width(language))
    high = layout.height + LEGEND
    title = TITLE.of(language) % playbook.name.of(language)
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}"'
        f' height="{high:.0f}" role="img" aria-labelledby="title about" lang="{language}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="about">{escape(" ".join(described(playbook, language)))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{wide:.0f}" height="{high:.0f}"/>',
        *(row for lane in layout.lanes for row in _lane(lane, layout)),
        *(row for box in layout.boxes for row in _box(box, layout)),
        *_begins(playbook, layout, language),
        *_legend(layout.height, language),
        "</svg>",
    ]
    return "\n".join(rows) + "\n"


def _box(box: Box, layout: Layout) -> Iterator[str]:
    middle = layout.left + BOX / 2
    yield (
        f'<rect class="box {box.kind}" x="{layout.left:.0f}" y="{box.top:.1f}" width="{BOX}"'
        f' height="{box.height:.1f}" rx="8"/>'
    )
    rows = 20 + len(box.staying) * LINE
    y = box.top + (box.height - rows) / 2 + 15
    yield _text(box.name, middle, y, "name", NAME, "middle")
    for row, line in enumerate(box.staying, 1):
        yield _text(line, middle, y + row * LINE + 3, "muted", SMALL, "middle")
    if box.onward:
        yield from _arrow_down(middle, box.top + box.height, GAP)
        yield _text(box.onward, middle + 10, box.top + box.height + GAP / 2 + 3, "small", SMALL)


def _arrow_down(x: float, y: float, long: float) -> Iterator[str]:
    yield f'<path class="lane" d="M{x:.1f} {y:.1f}V{y + long - 3:.1f}"/>'
    yield f'<path class="tip" d="M{x:.1f} {y + long:.1f}l-4.5 -8h9z"/>'


def _lane(lane: Lane, layout: Layout) -> Iterator[str]:
    """The lane with its ends: each with the label, so that nobody has to follow a line to know what it is."""
    out = -1 if lane.side == "left" else 1
    edge = layout.left if lane.side == "left" else layout.right
    heights = [port.y for port in lane.ports.values()]
    bend = 5
    yield f'<path class="lane" d="M{lane.x:.1f} {min(heights) + bend:.1f}V{max(heights) - bend:.1f}"/>'
    for port in lane.ports.values():
        turn = bend if port.y == min(heights) else -bend if port.y == max(heights) else 0
        tip = 3 if port.comes_in else 0
        yield (
            f'<path class="lane" d="M{edge + out * tip:.1f} {port.y:.1f}H{lane.x - out * bend:.1f}'
            f'Q{lane.x:.1f} {port.y:.1f} {lane.x:.1f} {port.y + turn:.1f}"/>'
        )
        if port.comes_in:
            yield f'<path class="tip" d="M{edge:.1f} {port.y:.1f}l{out * 8} -4.5v9z"/>'
        style = "small" if port.comes_in else "muted"
        anchor = "end" if lane.side == "left" else "start"
        yield _text(lane.label, edge + out * 12, port.y - 6, f"{style} halo", SMALL, anchor)


def _begins(playbook: Playbook, layout: Layout, language: str) -> Iterator[str]:
    """Where items begin: by opening, and as parts of another."""
    middle = layout.left + BOX / 2
    yield f'<circle class="tip" cx="{middle:.1f}" cy="{EDGE + 6}" r="6"/>'
    yield from _arrow_down(middle, EDGE + 12, GAP - 12)
    yield _text(playbook.opening.name.of(language), middle + 12, EDGE + GAP / 2 + 8, "small", SMALL)
    if playbook.opening.parts:
        box = next(box for box in layout.boxes if box.key == playbook.opening.parts.to)
        x = layout.left + 22
        yield f'<circle class="tip" cx="{x:.1f}" cy="{box.top - 24:.1f}" r="4"/>'
        yield from _arrow_down(x, box.top - 20, 20)
        yield _text(PARTS.of(language), x - 10, box.top - 20, "muted halo", SMALL, "end")


def _legend(y: float, language: str) -> Iterator[str]:
    x = float(EDGE)
    for kind, names in KINDS:
        yield f'<rect class="box {kind}" x="{x:.1f}" y="{y + 8:.1f}" width="26" height="18" rx="4"/>'
        yield _text(names.of(language), x + 33, y + 22, "muted", SMALL)
        x += 33 + width(names.of(language), SMALL) + 22


def _legend_width(language: str) -> float:
    return EDGE + sum(55 + width(names.of(language), SMALL) for _, names in KINDS)


def _text(words: str, x: float, y: float, style: str, size: int, anchor: str = "start") -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text class="{style}" {at}>{escape(words)}</text>'
