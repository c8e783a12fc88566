"""A bar chart as SVG, written by hand: no plotting library for one picture."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

WIDTH, ROW, LEFT, RIGHT = 720, 40, 230, 90


class Bar(NamedTuple):
    """A label, how long, half of its 95 % interval, and whether it is ours."""

    label: str
    value: float
    half: float
    ours: bool


_STYLE = """
  text { font: 15px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600; font-size: 17px }
  .note { font-size: 12px; fill: #59636e } .bar { fill: #9aa7b5 }
  .ours { fill: #1f7a4d } .range { stroke: #1f2328 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .note { fill: #9198a1 } .bar { fill: #6b7683 } .ours { fill: #3fb27a }
    .range { stroke: #e6edf3 }
  }
"""


def draw(path: Path, title: str, note: str, bars: Sequence[Bar]) -> None:
    """Write the chart; light and dark follow the reader's theme.

    Args:
        path: of the file to write.
        title: above the bars.
        note: small print below.
        bars: from top to bottom; values in points of the bank.
    """
    scale = (WIDTH - LEFT - RIGHT) / max(bar.value + bar.half for bar in bars)
    height = 50 + ROW * len(bars) + 30
    summary = "; ".join(f"{bar.label} {bar.value:.1f}" for bar in bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(f'{title}: {summary}')}</title>",
        f"<style>{_STYLE}</style>",
        f'<text class="title" x="12" y="28">{escape(title)}</text>',
    ]
    for row, bar in enumerate(bars):
        lines += _bar(bar, 50 + row * ROW, scale)
    lines.append(f'<text class="note" x="12" y="{height - 10}">{escape(note)}</text></svg>')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _bar(bar: Bar, top: int, scale: float) -> list[str]:
    end, middle = LEFT + bar.value * scale, top + 14
    low, high = end - bar.half * scale, end + bar.half * scale
    return [
        f'<text x="{LEFT - 12}" y="{middle + 5}" text-anchor="end">{escape(bar.label)}</text>',
        f'<rect class="{"ours" if bar.ours else "bar"}" x="{LEFT}" y="{top}" width="{bar.value * scale:.1f}"'
        ' height="28" rx="3"/>',
        f'<path class="range" d="M{low:.1f} {middle}H{high:.1f}',
        f'M{low:.1f} {middle - 5}v10M{high:.1f} {middle - 5}v10"/>',
        f'<text x="{high + 8:.1f}" y="{middle + 5}">{bar.value:.1f}</text>',
    ]
