// Everything that needs MapLibre, so that pages without a map do not load it.
export { startEmbed } from "./embed-map";
export { drawPlace } from "./feature-map";
export { drawQueue } from "./queue-map";
export { startPicker } from "./picker";
export { drawSquare } from "./square-map";
