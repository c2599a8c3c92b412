"""The pictures of the demo newspaper, drawn when they are asked for: hills, a sun and water as PNG."""

from __future__ import annotations

import math
import struct
import zlib
from functools import cache

WIDTH, HEIGHT = 480, 270
_PALETTES = (
    ((214, 232, 240), (246, 214, 140), (116, 150, 160), (74, 112, 112), (44, 80, 78), (150, 190, 204)),
    ((250, 226, 196), (232, 120, 84), (150, 122, 140), (104, 84, 112), (66, 56, 84), (222, 178, 160)),
    ((224, 240, 224), (250, 240, 170), (130, 170, 120), (88, 136, 88), (52, 98, 66), (160, 204, 196)),
    ((206, 216, 236), (250, 250, 240), (128, 144, 180), (88, 104, 146), (52, 66, 106), (150, 168, 204)),
)


@cache
def draw_picture(slug: str) -> bytes:
    """The picture of that name as PNG; the same name gives the same bytes."""
    seed = zlib.crc32(slug.encode())
    palette = _PALETTES[seed % len(_PALETTES)]
    sun_x, sun_y, radius = 80 + seed % 320, 50 + seed // 7 % 50, 18 + seed // 11 % 14
    ridges = [
        [
            95
            + 38 * layer
            + int((26 - 5 * layer) * math.sin(x / (46 - 9 * layer) + seed % 97 + layer))
            + int(9 * math.sin(x / (13 + layer) + seed % 31))
            for x in range(WIDTH)
        ]
        for layer in range(3)
    ]
    shore = 222 + seed % 12
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # PNG filter type: none
        for x in range(WIDTH):
            if y >= shore:
                colour = 5 if (x // 3 + y * 7 + seed) % 23 else 0
            elif y >= ridges[2][x]:
                colour = 4
            elif y >= ridges[1][x]:
                colour = 3
            elif y >= ridges[0][x]:
                colour = 2
            else:
                colour = 1 if (x - sun_x) ** 2 + (y - sun_y) ** 2 < radius**2 else 0
            rows.append(colour)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", colours),
            (b"IDAT", zlib.compress(bytes(rows), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
