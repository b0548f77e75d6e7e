// The symbols of themes on the map: icons on discs, and rings of themes around clusters. Adds layers to the server's
// style, and draws their images when the map first needs them. Not here: what is clicked or pointed at.
import type {
  CircleLayerSpecification,
  ExpressionSpecification,
  FillLayerSpecification,
  LayerSpecification,
  Map as MapLibre,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import paths from "parvis:icons";

/** A theme, as the style's metadata tell it (src/modules/map/style/mod.rs). */
export interface Theme {
  slug: string;
  label: string;
  color: string;
  /** White or dark, whichever can be seen on `color`. */
  ink: string;
  icon: string;
}

/** What a style says beside its layers. */
export interface Drawing {
  scheme: string;
  themes: Theme[];
  noTheme: string;
  ring: string;
  cluster: string;
  /** Of squares, from few to many. */
  surface: string[];
}

/** A cluster's ring is cut into so many parts: few distinct images, and a part can still be seen. */
export const PARTS = 12;

/** Radii of clusters in pixels, from these counts on. */
const RADII: [number, number][] = [
  [0, 14],
  [10, 16],
  [50, 19],
  [200, 22],
  [1_000, 26],
  [10_000, 31],
];

const RING_PX = 4;

/** The image of nothing. */
const ROOM = "room:none";

/** Icons are 15 units wide. */
const ICON = 15;

/** Reads the server's metadata; a style without them has no themes. */
export function drawingOf(style: StyleSpecification): Drawing {
  const said = (style.metadata ?? {}) as Record<string, unknown>;
  const text = (name: string, otherwise: string) => {
    const value = said[`parvis:${name}`];
    return typeof value === "string" ? value : otherwise;
  };
  return {
    scheme: text("scheme", "light"),
    themes: Array.isArray(said["parvis:themes"]) ? (said["parvis:themes"] as Theme[]) : [],
    noTheme: text("no-theme", "#5b6470"),
    ring: text("ring", "#ffffff"),
    cluster: text("cluster", "#ffffff"),
    surface: Array.isArray(said["parvis:surface"]) ? (said["parvis:surface"] as string[]) : [],
  };
}

/** The path of an icon; a dot where there is none of that name. */
export function pathOf(icon: string): string {
  return paths[icon] ?? paths.dot ?? "";
}

/**
 * Shares of a ring, in parts: the largest remainders get what rounding leaves, so that they are `PARTS` together.
 * `counts` are those of the themes; what is left of `total` has no theme and comes last.
 */
export function parts(counts: number[], total: number): number[] {
  const rest = Math.max(0, total - counts.reduce((sum, n) => sum + n, 0));
  const exact = [...counts, rest].map((n) => (n / Math.max(1, total)) * PARTS);
  const whole = exact.map(Math.floor);
  const byRemainder = exact.map((n, at) => [n - Math.floor(n), at] as const).sort(([a, i], [b, j]) => b - a || i - j);
  let left = PARTS - whole.reduce((sum, n) => sum + n, 0);
  for (const [, at] of byRemainder) {
    if (left-- <= 0) break;
    whole[at] = (whole[at] ?? 0) + 1;
  }
  return whole;
}

/** The name of a ring's image: its radius and the hundredths of each theme. */
function ringName({ scheme, themes }: Drawing): ExpressionSpecification {
  const name: unknown[] = ["concat", `ring:${scheme}:`, ["to-string", radius()], ":"];
  for (const { slug } of themes) {
    const share = ["/", ["coalesce", ["get", `theme.${slug}`], 0], ["get", "count"]];
    // Halves of a part: fine enough to be cut into parts, coarse enough that few names differ.
    name.push(["to-string", ["round", ["*", 2 * PARTS, share]]], ",");
  }
  return name as ExpressionSpecification;
}

function radius(): ExpressionSpecification {
  const [first, ...others] = RADII;
  return ["step", ["get", "count"], first?.[1] ?? 0, ...others.flat()] as unknown as ExpressionSpecification;
}

/**
 * The style with what only our own client draws. The server's style is in words that every client has (src/modules/map/style): one
 * layer of points a theme, plain sizes, plain counts. Here the parts become one layer again, so that discs grow with their
 * support and larger ones lie on top whatever their theme; icons lie over discs, rings under the numbers of clusters.
 */
export function withSymbols(style: StyleSpecification): StyleSpecification {
  const drawing = drawingOf(style);
  const layers = style.layers.flatMap((layer): LayerSpecification[] => {
    if (layer.type === "circle" && layer.source === "features") {
      // Parts have the whole's name before a hyphen.
      if (layer.id === "points") return [discs(layer, drawing), room(), icons(drawing)];
      if (layer.id === "clusters") return [clusterDiscs(layer), rings(drawing)];
      if (/^(points|clusters)-/.test(layer.id)) return [];
    }
    // The scale beside the map says which colours there are (modules/map/scripts/surface.ts).
    if (layer.type === "fill" && layer["source-layer"] === "squares") return layer.id === "squares" ? [squares(layer, drawing)] : [];
    if (layer.id === "lines") return [layer, along()];
    if (layer.type !== "symbol") return [layer];
    return [withOurFont(layer.id === "clusters-count" ? { ...layer, layout: { ...layer.layout, "text-field": count() } } : layer)];
  });
  return { ...style, layers };
}

/** What colours stand for until it is known what is in view. */
const USUAL_BREAKS = [1, 2, 5, 10, 20, 50];

/** One layer of all squares. */
function squares(part: FillLayerSpecification, { surface }: Drawing): FillLayerSpecification {
  const layer = { ...part, paint: { ...part.paint, "fill-color": squareColor(surface, USUAL_BREAKS) } };
  delete layer.filter;
  return layer;
}

/** The colour of a square by its count, from each break to the next. */
export function squareColor(colors: string[], breaks: number[]): ExpressionSpecification {
  const steps = breaks.slice(1).flatMap((from, at) => [from, colors[at + 1] ?? ""]);
  return ["step", ["get", "count"], colors[0] ?? "", ...(steps.length > 0 ? steps : [Number.MAX_SAFE_INTEGER, colors[0] ?? ""])] as unknown as ExpressionSpecification;
}

/** A part without what makes it one. */
function ofAll(part: CircleLayerSpecification): CircleLayerSpecification {
  const layer = { ...part };
  delete layer.filter;
  return layer;
}

/** One layer of all themes. */
function discs(part: CircleLayerSpecification, drawing: Drawing): CircleLayerSpecification {
  const layer = ofAll(part);
  const color: unknown[] = ["match", ["get", "theme"]];
  for (const theme of drawing.themes) color.push(theme.slug, theme.color);
  color.push(drawing.noTheme);
  const paint = { ...layer.paint, "circle-radius": support() };
  if (drawing.themes.length > 0) paint["circle-color"] = color as ExpressionSpecification;
  return { ...layer, paint };
}

/** The area of the disc, not its radius, grows with the support. From near it is never too small for an icon. */
function support(): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], 10, growing(4.5, 20), 13, growing(9.5, 24), 17, growing(12, 28)];
}

/** The disc within the ring; it stays what is asked for what is under a finger. */
function clusterDiscs(part: CircleLayerSpecification): CircleLayerSpecification {
  const layer = ofAll(part);
  return { ...layer, paint: { ...layer.paint, "circle-radius": radius(), "circle-stroke-width": 0 } };
}

/** Thousands are enough in a disc. */
function count(): ExpressionSpecification {
  const thousands: ExpressionSpecification = ["to-string", ["round", ["/", ["get", "count"], 1000]]];
  return ["case", [">=", ["get", "count"], 10_000], ["concat", thousands, "\u00a0k"], ["to-string", ["get", "count"]]];
}

/** The server's first family is empty, for clients that complain of fonts; MapLibre reads the weight from the first. */
function withOurFont(layer: SymbolLayerSpecification): SymbolLayerSpecification {
  const font = layer.layout?.["text-font"];
  if (!Array.isArray(font)) return layer;
  return { ...layer, layout: { ...layer.layout, "text-font": (font as string[]).filter((family) => family !== "") } };
}

function icons(drawing: Drawing): LayerSpecification {
  const image: unknown[] = ["match", ["get", "theme"]];
  for (const { slug, icon, ink } of drawing.themes) image.push(slug, `icon:${ink}:${icon}`);
  image.push("icon:#ffffff:dot");
  return {
    id: "points-icon",
    type: "symbol",
    source: "features",
    "source-layer": "points",
    minzoom: 12,
    layout: {
      "icon-image": (drawing.themes.length > 0 ? image : "icon:#ffffff:dot") as ExpressionSpecification,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 12, growing(0.5, 0.95), 13, growing(0.78, 1.6), 17, growing(0.95, 1.8)],
      // Names of the ground keep away from the whole disc, which grows faster than its icon.
      "icon-padding": growing(6.5, 17),
      // Every disc says what it is: points keep so far apart (tiles/src/apart.rs) that no icon hides another. Of two that
      // touch, the larger lies on top, as its disc does.
      "icon-allow-overlap": true,
      "symbol-sort-key": ["get", "score"],
    },
  };
}

/** From afar discs have no icon, and circles alone keep no name away: what nobody sees keeps the room of each. */
function room(): LayerSpecification {
  return {
    id: "points-room",
    type: "symbol",
    source: "features",
    "source-layer": "points",
    maxzoom: 12,
    layout: {
      "icon-image": ROOM,
      "icon-padding": growing(7, 22),
      "icon-allow-overlap": true,
    },
  };
}

/** So does what lies along each line. */
function along(): LayerSpecification {
  return {
    id: "lines-room",
    type: "symbol",
    source: "features",
    "source-layer": "lines",
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 14,
      "icon-image": ROOM,
      "icon-padding": 6,
      "icon-allow-overlap": true,
    },
  };
}

/** By the support, between two sizes. */
function growing(least: number, most: number): ExpressionSpecification {
  return [
    "interpolate",
    ["linear"],
    ["sqrt", ["max", 0, ["get", "score"]]],
    0,
    least,
    5,
    least + (most - least) * 0.2,
    12,
    least + (most - least) * 0.55,
    30,
    most,
  ];
}

function rings(drawing: Drawing): LayerSpecification {
  return {
    id: "clusters-ring",
    type: "symbol",
    source: "features",
    "source-layer": "clusters",
    layout: {
      "icon-image": ringName(drawing),
      "icon-allow-overlap": true,
      "icon-padding": 2,
      "symbol-sort-key": ["get", "count"],
    },
  };
}

/** A theme's symbol for a text: its disc and icon. */
export function themeSymbol({ color, ink, icon }: Theme): SVGElement {
  const make = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const symbol = make("svg", { class: "theme-symbol", viewBox: "0 0 24 24", "aria-hidden": "true" });
  symbol.append(
    make("circle", { cx: "12", cy: "12", r: "12", fill: color }),
    make("path", { d: pathOf(icon), fill: ink, transform: "translate(4.5 4.5)" }),
  );
  return symbol;
}

/** Draws the images that a style's layers name, when the map first meets them. */
export function drawSymbols(map: MapLibre, drawing: () => Drawing): void {
  map.setMissingStyleImageResolver((name) => {
    const image = name === ROOM ? new ImageData(1, 1) : name.startsWith("icon:") ? drawIcon(name) : name.startsWith("ring:") ? drawRing(name, drawing()) : undefined;
    if (image && !map.hasImage(name)) map.addImage(name, image, { pixelRatio: density() });
    return Promise.resolve();
  });
}

/** Crisp on the finest screens that there are; a whole number, so that edges fall on pixels. */
function density(): number {
  return Math.min(4, Math.ceil(window.devicePixelRatio || 1));
}

function canvas(size: number): CanvasRenderingContext2D | undefined {
  const element = document.createElement("canvas");
  element.width = element.height = Math.ceil(size * density());
  const context = element.getContext("2d") ?? undefined;
  context?.scale(density(), density());
  return context;
}

function pixels(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

function drawIcon(name: string): ImageData | undefined {
  const [, ink = "#ffffff", icon = "dot"] = name.split(":");
  const context = canvas(ICON);
  if (!context) return undefined;
  context.fillStyle = ink;
  context.fill(new Path2D(pathOf(icon)));
  return pixels(context);
}

function drawRing(name: string, { themes, noTheme, ring }: Drawing): ImageData | undefined {
  const [, , size = "14", shares = ""] = name.split(":");
  const inner = Number(size);
  const halves = shares.split(",").slice(0, themes.length).map(Number);
  const outer = inner + RING_PX;
  // One pixel around for the edge.
  const context = canvas(2 * outer + 2);
  if (!context) return undefined;
  const middle = outer + 1;
  const arc = (at: number, width: number, color: string, from: number, to: number) => {
    context.beginPath();
    context.arc(middle, middle, at, from, to);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  };
  const turn = 2 * Math.PI;
  arc(inner + RING_PX / 2, RING_PX + 2, ring, 0, turn);
  const slices = parts(halves, 2 * PARTS).map((n, at) => ({ n, color: themes[at]?.color ?? noTheme }));
  const drawn = slices.filter(({ n }) => n > 0);
  let angle = -turn / 4;
  for (const { n, color } of drawn) {
    const end = angle + (n / PARTS) * turn;
    arc(inner + RING_PX / 2, RING_PX, color, angle, end);
    angle = end;
  }
  // A fine gap between neighbours, for eyes that see few colours.
  for (const { n } of drawn.length > 1 ? drawn : []) {
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    context.beginPath();
    context.moveTo(middle + x * (inner - 1), middle + y * (inner - 1));
    context.lineTo(middle + x * (outer + 1), middle + y * (outer + 1));
    context.lineWidth = 1.5;
    context.strokeStyle = ring;
    context.stroke();
    angle += (n / PARTS) * turn;
  }
  return pixels(context);
}
