// What the colours of squares stand for. Pure: no map, no page. The server does the same for the maps that it draws (src/modules/map/style/surface.rs).

/** Colours, at most. */
const CLASSES = 6;

/** The share of squares that are no outliers. */
const USUAL = 0.99;

const ROUND = [1, 2, 3, 5, 7, 10];

/** The nearest of 1, 2, 3, 5, 7 and their tens, by proportion. */
function round(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(value));
  const off = (of: number) => Math.abs(Math.log(value / (of * ten)));
  return Math.round(ROUND.reduce((best, of) => (off(of) < off(best) ? of : best)) * ten);
}

/** From which counts on a square has the next colour: each whole number where these are few, else round steps that grow alike. */
export function breaksOf(counts: number[]): number[] {
  const sorted = [...counts].sort((a, b) => a - b);
  const most = sorted[Math.ceil((Math.max(1, sorted.length) - 1) * USUAL)] ?? 1;
  const classes = Array.from({ length: CLASSES }, (_, at) => at);
  if (most <= CLASSES) return classes.slice(0, Math.max(1, most)).map((at) => at + 1);
  return [...new Set(classes.map((at) => round(most ** (at / CLASSES))))];
}

/** So many of these colours, from the first to the last. */
export function colorsOf(all: string[], classes: number): string[] {
  const last = Math.max(1, classes - 1);
  return Array.from({ length: classes }, (_, at) => all[Math.floor((at * (all.length - 1) + Math.floor(last / 2)) / last)] ?? "");
}

/** The numbers that each colour stands for. */
export function saidOf(breaks: number[], more: string): string[] {
  return breaks.map((from, at) => {
    const next = breaks[at + 1];
    if (next === undefined) return `${from}\u00a0${more}`;
    return next - from === 1 ? String(from) : `${from}–${next - 1}`;
  });
}

/** Squares a side of a tile (parvis_tiles::SQUARES). */
const SQUARES = 32;

/** The circumference of the Earth at the equator, in metres. */
const EQUATOR = 40_075_016.686;

/** The side of a square of a map's zoom at a latitude, in metres, to two digits. */
export function sideOf(zoom: number, latitude: number): number {
  const side = (EQUATOR * Math.cos((latitude * Math.PI) / 180)) / 2 ** Math.floor(zoom) / SQUARES;
  const ten = 10 ** (Math.floor(Math.log10(side)) - 1);
  return Math.round(Math.round(side / ten) * ten);
}

/** Metres as they are written. */
export function lengthOf(metres: number, language: string): string {
  const [value, unit] = metres < 1_000 ? [metres, "m"] : [metres / 1_000, "km"];
  return `${value.toLocaleString(language, { maximumFractionDigits: 1 })}\u00a0${unit}`;
}
