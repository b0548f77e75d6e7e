// The one script of every page: starts what the page has. MapLibre is loaded only where there is a map.
import { keepDraft } from "./draft";
import { startFeature } from "./feature";

const has = (id: string) => document.getElementById(id) !== null;

if (has("votes")) startFeature();
// Before the map, which shows the draft's place.
if (has("proposal")) keepDraft();
if (has("map")) void import("./maps").then(({ startSquare }) => startSquare());
if (has("picker")) void import("./maps").then(({ startPicker }) => startPicker());
