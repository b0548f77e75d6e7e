// Everything that needs MapLibre, so that pages without a map do not load it.
export { startEmbed } from "../../modules/map/scripts/embed-map";
export { startOutline } from "../../modules/areas/scripts/outline";
export { drawPlace } from "../../modules/discussion/scripts/feature-map";
export { drawQueue } from "../../modules/moderation/scripts/queue-map";
export { drawReports } from "../../modules/reports/scripts/desk-map";
export { startPicker } from "../../modules/proposals/scripts/picker";
export { drawSquare } from "../../modules/map/scripts/square-map";
