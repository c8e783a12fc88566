"""/stats as a picture to post: how someone is doing, on one portrait card, light or dark.

`draw` and `draw_topic` turn a `Progress` into a PNG, `caption` and `caption_topic` say the same in words, and
`fingerprint` names a picture for a cache. All are pure and may run in any thread; drawing takes a few tenths
of a second of computing, so call it off the event loop.

    palette, pen                        colours; words and shapes on a panel
    hero, tiles, topics, heatmap,
    curve, forecast                     one panel each: its height, and how it is painted
    card                                panels stacked to a PNG
    caption                             the text alternative
"""

from bot.rendering.picture.caption import caption, caption_topic
from bot.rendering.picture.card import draw, draw_topic, fingerprint

__all__ = ["caption", "caption_topic", "draw", "draw_topic", "fingerprint"]
