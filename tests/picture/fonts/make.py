"""Makes the small fonts in colour that titles are tested with: python make.py (it needs fonttools and pillow).

colour0.ttf: COLR version 0, colour1.ttf: version 1 with every kind of paint, bitmap.ttf: sbix.
"""
import io
from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables.sbixGlyph import Glyph
from fontTools.ttLib.tables.sbixStrike import Strike
from PIL import Image

LETTERS = "ABCDEFGHIJ"
PALETTE = [(0.9, 0.1, 0.1, 1), (0.1, 0.7, 0.2, 1), (0.1, 0.2, 0.9, 1), (1, 0.8, 0.0, 1), (0.0, 0.0, 0.0, 0.5)]


def polygon(*points):
    pen = TTGlyphPen(None)
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def ring(radius):
    pen, k = TTGlyphPen(None), radius
    pen.moveTo((500 + k, 400))
    for one, two in (((500 + k, 400 - k), (500, 400 - k)), ((500 - k, 400 - k), (500 - k, 400)),
                     ((500 - k, 400 + k), (500, 400 + k)), ((500 + k, 400 + k), (500 + k, 400))):
        pen.qCurveTo(one, two)
    pen.closePath()
    return pen.glyph()


def base(family):
    builder = FontBuilder(1000, isTTF=True)
    shapes = {".notdef": polygon((50, 0), (450, 0), (450, 700)), "square": polygon((100, 0), (100, 800), (900, 800), (900, 0)),
              "disc": ring(350), "wedge": polygon((500, 400), (900, 800), (900, 0)), "space": TTGlyphPen(None).glyph()}
    for letter in LETTERS:
        shapes[letter] = polygon((100, 0), (100, 800), (900, 800), (900, 0))
    builder.setupGlyphOrder(list(shapes))
    builder.setupCharacterMap({ord(letter): letter for letter in LETTERS} | {32: "space"})
    builder.setupGlyf(shapes)
    table = builder.font["glyf"]
    left = {name: getattr(table[name], "xMin", 0) for name in shapes}
    builder.setupHorizontalMetrics({name: (1000, left[name]) for name in shapes})
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-200, usWinAscent=900, usWinDescent=200)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 3_600_000_000
    builder.font.recalcTimestamp = False
    return builder.font


def solid(index, alpha=1.0):
    return {"Format": 2, "PaletteIndex": index, "Alpha": alpha}


def glyph(name, paint):
    return {"Format": 10, "Glyph": name, "Paint": paint}


def line(*stops, extend="pad"):
    return {"Extend": extend, "ColorStop": [{"StopOffset": at, "PaletteIndex": index, "Alpha": 1.0} for at, index in stops]}


def layers(*paints):
    return {"Format": 1, "Layers": list(paints)}


def composite(mode, source, backdrop):
    return {"Format": 32, "CompositeMode": mode, "SourcePaint": source, "BackdropPaint": backdrop}


def linear(colours, x0=100, x1=900):
    return {"Format": 4, "ColorLine": colours, "x0": x0, "y0": 0, "x1": x1, "y1": 0, "x2": x0, "y2": 100}


def first():
    font = base("Roomtone Colour Zero")
    font["COLR"] = buildCOLR({"A": [("square", 0), ("disc", 3)], "B": [("disc", 2), ("wedge", 4)], "C": [("disc", 0xFFFF)]}, version=0)
    font["CPAL"] = buildCPAL([PALETTE])
    font.save("colour0.ttf")


def second():
    font = base("Roomtone Colour One")
    radial = {"Format": 6, "ColorLine": line((0, 3), (1, 0)), "x0": 400, "y0": 500, "r0": 20, "x1": 500, "y1": 400, "r1": 350}
    sweep = {"Format": 8, "ColorLine": line((0, 0), (0.5, 1), (1, 2)), "centerX": 500, "centerY": 400, "startAngle": 0.0, "endAngle": 270.0}
    turned = {"Format": 26, "Paint": glyph("wedge", solid(1)), "angle": 30.0, "centerX": 500, "centerY": 400}
    narrow = {"Format": 12, "Paint": glyph("square", linear(line((0, 0), (1, 2)))),
              "Transform": {"xx": 0.5, "yx": 0.2, "xy": 0.1, "yy": 0.6, "dx": 200, "dy": 60}}
    paints = {
        "A": layers(glyph("square", solid(0)), glyph("disc", solid(3)), glyph("wedge", solid(2, 0.5))),
        "B": glyph("square", linear(line((0, 0), (0.5, 3), (1, 2)))),
        "C": glyph("disc", radial),
        "D": glyph("disc", sweep),
        "E": composite("multiply", glyph("disc", solid(3)), glyph("square", solid(1))),
        "F": layers(glyph("square", solid(2)), turned),
        "G": narrow,
        "H": glyph("square", linear(line((0, 0), (1, 2), extend="reflect"), 300, 500)),
        "I": composite("src_in", {"Format": 11, "Glyph": "C"}, glyph("wedge", solid(0))),
        "J": composite("screen", glyph("disc", solid(2)), glyph("square", solid(0))),
    }
    font["COLR"] = buildCOLR(paints, version=1, glyphMap=font.getReverseGlyphMap(),
                             clipBoxes={letter: (100, 0, 900, 800) for letter in "AB"})
    font["CPAL"] = buildCPAL([PALETTE])
    font.save("colour1.ttf")


def third():
    font = base("Roomtone Colour Bitmap")
    image = Image.new("RGBA", (64, 64))
    for y in range(64):
        for x in range(64):
            if (x - 31.5) ** 2 + (y - 31.5) ** 2 < 900:
                image.putpixel((x, y), (255 - x, 4 * y, 60, 255 if x < 32 else 160))
    data = io.BytesIO()
    image.save(data, "PNG")
    strike = Strike(ppem=64, resolution=72)
    for name in font.getGlyphOrder():
        strike.glyphs[name] = Glyph(glyphName=name)
    strike.glyphs["A"] = Glyph(glyphName="A", graphicType="png ", imageData=data.getvalue(), originOffsetX=-3, originOffsetY=-5)
    table = newTable("sbix")
    table.version, table.flags, table.strikes = 1, 1, {64: strike}
    font["sbix"] = table
    font.save("bitmap.ttf")


first()
second()
third()
