#!/usr/bin/python3
"""Draws a running Parvis in QGIS, without a screen: what a GIS officer gets who pastes our addresses.

draw.py OUT tiles BASE WEST,SOUTH,EAST,NORTH SCALE…    tiles and /style.json, a picture a scale
draw.py OUT database URI WEST,SOUTH,EAST,NORTH VIEW…   views of the schema gis, a picture each

Prints one JSON object: the converter's warnings, what it left out without one, and of each picture how often each colour is in
it. It judges nothing: tests/processes/qgis.rs does.
"""

import json
import os
import re
import sys
import urllib.request

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDataSourceUri,
    QgsExpression,
    QgsMapBoxGlStyleConverter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

WIDTH, HEIGHT = 1000, 800


def expressions(thing):
    """The data-defined expressions of a symbol layer or a label, by key."""
    properties = thing.dataDefinedProperties()
    return {key: properties.property(key).expressionString() for key in properties.propertyKeys()}


# Of symbol layers. A colour that is computed must be one: of a word's opacity the converter makes a number.
COLORS = (QgsSymbolLayer.PropertyFillColor, QgsSymbolLayer.PropertyStrokeColor)


def is_no_color(text):
    """Whether a computed colour is none: a bare number after THEN or ELSE."""
    return "color" not in text and re.search(r"(THEN|ELSE) [\d.]+", text) is not None


def of_symbol(symbol):
    """What is computed of a symbol. For discs the converter (3.22) writes it where nobody reads it: only a size may get lost."""
    found, ignored = [], []
    for key, text in expressions(symbol).items():
        found.append(text)
        if key != QgsSymbol.PropertyOpacity and key != QgsSymbolLayer.PropertyWidth:
            ignored.append(text)
    for at in range(symbol.symbolLayerCount()):
        layer = expressions(symbol.symbolLayer(at))
        found += layer.values()
        ignored += [text for key, text in layer.items() if key in COLORS and is_no_color(text)]
    return found, ignored


def is_broken(text):
    """An expression that says nothing: the converter gave up without a word, or wrote what QGIS cannot read."""
    return not text.strip() or "IN ()" in text or QgsExpression(text).hasParserError()


def left_out(converter):
    found = []
    for style in converter.renderer().styles():
        texts, ignored = of_symbol(style.symbol())
        texts.append(style.filterExpression() or "true")
        found += [f"{style.styleName()}: {text!r}" for text in ignored + [text for text in texts if is_broken(text)]]
    for style in converter.labeling().styles() if converter.labeling() else []:
        settings = style.labelSettings()
        texts = [*expressions(settings).values(), style.filterExpression() or "true"]
        if settings.isExpression:
            texts.append(settings.fieldName)
        found += [f"{style.styleName()}: {text!r}" for text in texts if is_broken(text)]
    return found


def draw(layers, box, out):
    settings = QgsMapSettings()
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    settings.setDestinationCrs(mercator)
    settings.setLayers(layers)
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(QColor("#f6f3ec"))
    settings.setExtent(box)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    picture.save(out)
    colors = {}
    for y in range(picture.height()):
        for x in range(picture.width()):
            color = picture.pixel(x, y) & 0xFFFFFF
            colors[color] = colors.get(color, 0) + 1
    most = sorted(colors.items(), key=lambda found: -found[1])[:400]
    return {
        "picture": out,
        "colors": {f"#{color:06x}": count for color, count in most},
        "errors": [f"{e.layerID}: {e.message}" for e in job.errors()],
    }


def box_of(text):
    west, south, east, north = (float(part) for part in text.split(","))
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    to = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), mercator, QgsProject.instance())
    return to.transformBoundingBox(QgsRectangle(west, south, east, north))


def around(box, metres):
    """A picture's extent: `metres` wide, around the middle of a box."""
    center = box.center()
    half = metres / 2
    return QgsRectangle(
        center.x() - half, center.y() - half * HEIGHT / WIDTH, center.x() + half, center.y() + half * HEIGHT / WIDTH
    )


def tiles(out, base, box, widths):
    converter = QgsMapBoxGlStyleConverter()
    with urllib.request.urlopen(f"{base}/style.json") as answer:
        converter.convert(answer.read().decode())
    uri = f"type=xyz&url={base}/tiles/%7Bz%7D/%7Bx%7D/%7By%7D.mvt&zmin=0&zmax=18&styleUrl={base}/style.json"
    layer = QgsVectorTileLayer(uri, "parvis")
    assert layer.isValid(), "the tiles cannot be opened"
    error, ok = layer.loadDefaultStyle()
    assert ok, error
    pictures = [draw([layer], around(box_of(box), float(m)), f"{out}/tiles-{m}.png") for m in widths]
    return {"warnings": converter.warnings(), "left_out": left_out(converter), "pictures": pictures}


def database(out, connection, box, views):
    pictures = []
    for view in views:
        uri = QgsDataSourceUri(connection)
        # As the browser of QGIS does: no type is said, it is what the view's registration says.
        uri.setDataSource("gis", view, "geom", "", "id")
        layer = QgsVectorLayer(uri.uri(False), view, "postgres")
        assert layer.isValid(), f"gis.{view}: {layer.error().summary()}"
        symbol = layer.renderer().symbol()
        symbol.setColor(QColor("#d00060"))
        drawn = draw([layer], box_of(box), f"{out}/{view}.png")
        drawn.update(view=view, crs=layer.crs().authid(), features=layer.featureCount())
        pictures.append(drawn)
    return {"pictures": pictures}


if __name__ == "__main__":
    out, what, where, box, *rest = sys.argv[1:]
    application = QgsApplication([], False)
    application.initQgis()
    said = {"tiles": tiles, "database": database}[what](out, where, box, rest)
    print(json.dumps(said))
    sys.stdout.flush()
    # QGIS's own end is slow, and sometimes none.
    os._exit(0)
