// Keys that move something on a map.

/** Pixels that an arrow key moves a marker by; ten times as many with Shift. */
export const STEP = 10;

/** Right and down for each arrow. */
export const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
