// The one script of every page: starts what the page has. MapLibre is loaded only where there is a map.
import { keepDraft } from "./draft";
import { startFeature } from "./feature";
import { startSquare } from "./square";

const has = (id: string) => document.getElementById(id) !== null;

if (has("votes")) startFeature();
if (has("map")) void startSquare();
// Before its map, which shows the draft's place.
if (has("proposal")) keepDraft();
if (has("picker")) void import("./maps").then(({ startPicker }) => startPicker());
