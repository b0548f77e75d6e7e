// Everything that needs MapLibre, so that pages without a map do not load it.
export { startPicker } from "./picker";
export { drawSquare } from "./square-map";
