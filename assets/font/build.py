#!/usr/bin/python3
"""Makes the fonts of the program: MulutongSans-Regular and -Bold, each as .otf
for the screens and as .ttf for print.

The outlines are those of Noto Sans CJK SC, as Debian packages it. The screens
take its cubic curves (CFF), which are read glyph by glyph; PDF writers want
quadratic ones (TrueType), all of which Fyne would read before its first text.
Both are cut down to the characters the program can meet:

  * the 8,105 characters of the Table of General Standard Chinese Characters
    (通用规范汉字表, 2013), as Unicode's Unihan data list them (kTGH);
  * the ideographs of Unicode's first block, GB 2312 and GBK among them, which
    also has the traditional characters, and the signs of GBK, as Python's codec
    has them (GB 18030, level 2, but for the ideographs of extension A that are
    no standard characters: 6,500 more, which nobody types);
  * every character of the data under templates/data, the divisions' names
    included, and of the program's own sources;
  * signs that office files hold and the original lacks, drawn as what looks most
    alike: ☐ ☑ ☒ ✔ ✘ ► ⟨ ⟩;
  * Latin with its accents, arrows, boxes, circled numbers and what else
    stands in office tables.

Needs the Debian packages fonts-noto-cjk, python3-fonttools and unicode-data.
Run it from anywhere: assets/font/build.py [weight]...
"""

import bz2
import gzip
import io
import pathlib
import re
import sys

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-%s.ttc"
FACE = "Noto Sans CJK SC"
UNIHAN = pathlib.Path("/usr/share/unicode")

FAMILY = "Mulutong Sans"
WEIGHTS = ["Regular", "Bold"]

# As tall a line as Chinese systems use on screens (1.32 em, ideographs in its
# middle); the 1.45 em of the original leave too few lines on a small screen.
ASCENT, DESCENT = 1050, -270

# How far a quadratic curve may be from the cubic one, in units of 1/1000 em.
ERROR = 0.8

# Signs the original lacks, and what is shown for them.
ALIKE = {
    "☐": "□", "◻": "□", "◽": "□", "⬜": "□", "❏": "□", "❑": "□", "❒": "□",
    "◼": "■", "◾": "■", "⬛": "■",
    "✔": "✓", "🗸": "✓", "✅": "☑", "🗹": "☑", "🗷": "☒",
    "✕": "×", "✖": "×", "✗": "×", "✘": "×",
    "►": "▶", "▸": "▶", "➢": "▷", "◄": "◀", "◂": "◀", "▾": "▼", "▴": "▲",
    "⟨": "〈", "⟩": "〉", "⟪": "《", "⟫": "》",
    "❲": "〔", "❳": "〕", "⟮": "（", "⟯": "）", "⦗": "〔", "⦘": "〕",
    "‛": "‘", "‟": "“", "⁄": "/", "₤": "£", "∙": "·", "⋅": "·", "∼": "~", "≒": "≈",
    "\ufffd": "□", "☰": "≡", "⋮": "︙",
}

# Boxes with a sign in them, made of two.
BOXED = {"☑": ("□", "✓"), "☒": ("□", "×")}

# Where characters beyond 16 bits stand a second time.
PRIVATE = 0xE000

BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A: pinyin among them
    (0x01CD, 0x01DC),  # the third tone of pinyin
    (0x02C6, 0x02DD),  # tone marks
    (0x0391, 0x03C9),  # Greek
    (0x0401, 0x0451),  # Cyrillic
    (0x2010, 0x205E),  # dashes, quotation marks, ellipsis
    (0x2070, 0x209C),  # superscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # ℃ № ™
    (0x2150, 0x218B),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics: √ ≤ ≥
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),  # circled and bracketed numbers
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x25FF),  # ■ □ ▲ ▼ ● ○
    (0x2600, 0x26FF),  # ★ ☆ ☐ ☑ ☒
    (0x2700, 0x27BF),  # ✓ ✔ ✕ ✗ ❶
    (0x2B00, 0x2BFF),
    (0x2E80, 0x2FDF),  # radicals
    (0x2FF0, 0x2FFB),
    (0x3000, 0x303F),  # CJK punctuation
    (0x3100, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # ㈠ ㎡ ㏎
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full-width forms
]


def standard_characters():
    """The 8,105 characters of 通用规范汉字表."""
    chars = set()
    for path in UNIHAN.glob("Unihan_*.txt.bz2"):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                found = re.match(r"U\+([0-9A-F]+)\tkTGH\t", line)
                if found:
                    chars.add(int(found.group(1), 16))
    if len(chars) != 8105:
        raise SystemExit(f"{UNIHAN}: {len(chars)} standard characters instead of 8,105")
    return chars


def encoded_characters():
    """The ideographs of Unicode's first block and the signs of GBK."""
    chars = set(range(0x4E00, 0x9FFD))
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                chars.add(ord(bytes([high, low]).decode("gbk")))
            except UnicodeDecodeError:
                continue
    return chars


def program_characters():
    """Every character of the data and of the sources."""
    chars = set()
    for path in (ROOT / "templates" / "data").rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            if path.suffix == ".gz":
                raw = gzip.decompress(raw)
            chars.update(map(ord, raw.decode("utf-8")))
    for path in ROOT.rglob("*.go"):
        chars.update(map(ord, path.read_text(encoding="utf-8")))
    return chars


def wanted():
    chars = standard_characters() | encoded_characters() | program_characters()
    for first, last in BLOCKS:
        chars.update(range(first, last + 1))
    return {c for c in chars if not PRIVATE <= c <= 0xF8FF}


def face(weight):
    for number in range(16):
        font = TTFont(SOURCE % weight, fontNumber=number, recalcTimestamp=False)
        if font["name"].getDebugName(16) == FACE or font["name"].getDebugName(1) in (FACE, f"{FACE} {weight}"):
            return font
    raise SystemExit(f"{SOURCE % weight}: no face {FACE}")


def cut(font, chars):
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "DSIG", "VORG", "vhea", "vmtx", "kern"]
    s = subset.Subsetter(options)
    s.populate(unicodes=chars)
    s.subset(font)


def alias_supplementary(font):
    """PDF writers know characters of 16 bits only. Those beyond get a second,
    private place each, from U+E000 on in their order, to be printed by."""
    beyond = sorted(c for c in font.getBestCmap() if c > 0xFFFF)
    best = font.getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            for i, c in enumerate(beyond):
                if table.cmap.setdefault(PRIVATE + i, best[c]) != best[c]:
                    raise SystemExit(f"U+{PRIVATE + i:04X} is taken")


def draw_boxed(font, char, pen):
    """Draws a box with a sign in it from the two."""
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    box, sign = (glyphs[cmap[ord(c)]] for c in BOXED[char])
    edges = []
    for glyph in (box, sign):
        bounds = BoundsPen(glyphs)
        glyph.draw(bounds)
        edges.append(bounds.bounds)
    (x0, y0, x1, y1), (u0, v0, u1, v1) = edges
    scale = 0.72 * min((x1 - x0) / (u1 - u0), (y1 - y0) / (v1 - v0))
    dx = (x0 + x1) / 2 - scale * (u0 + u1) / 2
    dy = (y0 + y1) / 2 - scale * (v0 + v1) / 2
    box.draw(pen)
    sign.draw(TransformPen(pen, (scale, 0, 0, scale, dx, dy)))


def boxed_quadratic(font):
    drawn = {}
    for char in BOXED:
        pen = TTGlyphPen(None)
        draw_boxed(font, char, Cu2QuPen(pen, ERROR, reverse_direction=True))
        drawn[char] = pen.glyph()
    return drawn


def add_quadratic(font, boxed):
    """Adds the boxes drawn to the outlines, and says which glyphs they became."""
    glyf, order = font["glyf"], font.getGlyphOrder()
    added = {}
    for char, glyph in boxed.items():
        name = f"boxed{ord(char):04X}"
        order.append(name)
        glyf.glyphs[name] = glyph
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][font.getBestCmap()[ord(BOXED[char][0])]][0], glyph.xMin)
        added[ord(char)] = name
    font.setGlyphOrder(order)
    return added


def add_cubic(font):
    """Draws the boxes and adds them to the outlines, each beside its box."""
    cff = font["CFF "].cff
    top = cff.topDictIndex[0]
    strings = top.CharStrings
    added = {}
    for char, (box, _) in BOXED.items():
        beside = font.getBestCmap()[ord(box)]
        fd = top.FDSelect[font.getGlyphID(beside)]
        width, _ = font["hmtx"][beside]
        pen = T2CharStringPen(width, None)
        draw_boxed(font, char, pen)
        drawn = pen.getCharString(private=top.FDArray[fd].Private, globalSubrs=cff.GlobalSubrs)
        name = f"cid{max(int(n[3:]) for n in top.charset[1:]) + 1:05d}"
        strings.charStrings[name] = len(strings.charStringsIndex)
        strings.charStringsIndex.append(drawn)
        top.charset.append(name)
        top.FDSelect.append(fd)
        font["hmtx"][name] = (width, drawn.calcBounds(None)[0])
        added[ord(char)] = name
    font.setGlyphOrder(top.charset)
    return added


def add_signs(font, added):
    """Gives signs the original lacks the boxes added or their look-alikes."""
    have = {**font.getBestCmap(), **added}
    for char, like in ALIKE.items():
        added.setdefault(ord(char), have[ord(like)])
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            for c, name in added.items():
                if c <= 0xFFFF or table.format == 12:
                    table.cmap.setdefault(c, name)


def to_truetype(font):
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = drawn
    font["glyf"] = glyf
    font["loca"] = newTable("loca")
    del font["CFF "]
    for name in order:
        drawn[name].recalcBounds(glyf)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(drawn[name], "xMin", 0))

    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in ["maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
                  "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours",
                  "maxComponentDepth"]:
        setattr(maxp, field, 0)

    post = font["post"]
    post.formatType = 3.0
    post.extraNames, post.mapping = [], {}
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font, weight, outlines):
    old = font["name"]
    keep = {0: old.getDebugName(0), 13: old.getDebugName(13), 14: old.getDebugName(14)}
    version = old.getDebugName(5)
    table = newTable("name")
    table.names = []
    names = {
        **keep,
        1: FAMILY,
        2: weight,
        3: f"{FAMILY} {weight}",
        4: FAMILY if weight == "Regular" else f"{FAMILY} {weight}",
        5: "Version 1.000",
        6: f"{FAMILY.replace(' ', '')}-{weight}",
        10: f"A subset of a Simplified Chinese face ({version.split(';')[0]}) with {outlines} outlines",
    }
    for number, text in sorted(names.items()):
        if text:
            table.setName(text, number, 3, 1, 0x409)
    font["name"] = table


def measure(font):
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = ASCENT, DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT
    os2.achVendID = "NONE"


def save(font, weight, ending):
    measure(font)
    out = HERE / f"{FAMILY.replace(' ', '')}-{weight}.{ending}"
    font.save(out)
    have = set(TTFont(out).getBestCmap())
    print(f"{out.name}: {len(have)} characters, {out.stat().st_size} bytes")


def build_cubic(font, weight):
    add_signs(font, add_cubic(font))
    rename(font, weight, "CFF")
    top = font["CFF "].cff
    top.fontNames = [font["name"].getDebugName(6)]
    for field in ["FullName", "FamilyName", "Weight"]:
        if hasattr(top[0], field):
            delattr(top[0], field)
    save(font, weight, "otf")


def build_quadratic(font, weight):
    boxed = boxed_quadratic(font)
    to_truetype(font)
    add_signs(font, add_quadratic(font, boxed))
    alias_supplementary(font)
    rename(font, weight, "TrueType")
    save(font, weight, "ttf")


def build(weight, chars):
    font = face(weight)
    cut(font, chars)
    once = io.BytesIO()
    font.save(once)
    for make in (build_cubic, build_quadratic):
        # The same input gives the same bytes.
        make(TTFont(io.BytesIO(once.getvalue()), recalcTimestamp=False), weight)


def main():
    # The test of the fonts reads the list, 45 characters a line.
    standard = sorted(standard_characters())
    lines = ["".join(map(chr, standard[i : i + 45])) for i in range(0, len(standard), 45)]
    (HERE / "standard.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    chars = wanted()
    for weight in sys.argv[1:] or WEIGHTS:
        build(weight, chars)


if __name__ == "__main__":
    main()
