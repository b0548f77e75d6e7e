# Texts of the module map.

map-without-words = The database does not answer for the moment. The map, the numbers and the filters stay right; the texts come back as soon as it answers.
map-try-again = Try again
site-export = Take the data away
site-skip-list = Skip to the list
site-skip-filters = Skip to the filters
kind-one-report = Report
kind-one-project = Project
feature-count-all = { $n ->
    [0] 0 in all
    [one] 1 in all
   *[other] { $n } in all
}
argument-count = { $n ->
    [0] 0 arguments
    [one] 1 argument
   *[other] { $n } arguments
}
map-title = The map of ideas
map-list = Contributions
map-empty-all = The map is still empty. The first idea can be yours.
map-empty-view = Nothing here yet. Zoom out, or place the first idea here.
map-sheet = Enlarge or reduce the list
map-place-draw = Draw a line or an area
list-intro = Everything that the map shows, without the map: the same filters, the same order.
list-to-map = Back to the map
map-noscript = Without JavaScript, the list tells everything that the map shows.
map-label = Map of contributions. The list that follows holds the same.
map-pick-hint = Bring the place under the cross: touch the map, or move it with the arrow keys. Enter confirms, Escape cancels.
map-place-confirm = This is the place
map-canvas = Interactive map: arrow keys move it, plus and minus change its scale.
map-attribution = Sources of the map
map-marker = Chosen place
map-here = At the same place
map-failed = The map could not be loaded. Another try follows shortly; the list stays up to date.
map-offline = Offline: the map will catch up when you are back.
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-popup-argument = argument
map-popup-arguments = arguments
filter-title = Filter
facet-kind = Kind
filter-since = Since
filter-until = Until
filter-grouped = What overlaps
filter-grouped-best = Whichever shows most
filter-grouped-discs = As discs with a count
filter-grouped-squares = As squares, darker where there is more
filter-score = Lowest balance
filter-order-oldest = Oldest first
filter-remove = (remove this filter)
chip-since = Since { $value }
chip-within = In zone { $value }
chip-until = Until { $value }
chip-score-min = Balance of { $value } or more
chip-score-max = Balance of { $value } or less
parameter-missing = The parameter { $name } is missing.
list-bad-bbox = bbox: “{ $value }”; write west,south,east,north in degrees, for example 2.2,48.8,2.4,48.9.
list-bad-order = order: “{ $value }”; allowed values: newest, oldest, score.
list-bad-limit = limit: “{ $value }”; a whole number from 1 to 1000.
list-bad-cursor = cursor: “{ $value }”; follow the “next” link of the page before.
tile-bad-coordinate = { $name }: “{ $value }” is not a whole number. A tile's address: /tiles/z/x/y.mvt, z from 0 to { $deepest }.
nearby-too-far = metres: “{ $value }”; from 0 to { $most } metres.
live-bad-id = “{ $value }” is not a number of the journal.
feed-title = { $site }: the latest contributions
filter-order-random = At random

# The map in a frame of another site (/embed)
embed-open = Take part on
embed-new-window = new window
filter-not-known = { $name }: “{ $value }” is not, or no longer, on this site. So nothing is shown for it.
filter-without-unknown = See without this condition
filter-bbox = Part of the map
print-map = The map, up to date:

# The map as a picture
picture-title = The map of { $site }
picture-note = Without JavaScript the map is a picture: its points lead to contributions, and the list tells everything that it shows.
picture-point = A contribution
surface-title = Contributions per square of
surface-and-more = and more
surface-unit = { $n } per square of { $side }
timeline-title = Month by month
timeline-month = Month shown
timeline-all = The whole time
timeline-play = Play the months
timeline-pause = Pause
picture-cluster = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
}
picture-bad = “{ $value }” is no value of “{ $name }”: bbox takes west,south,east,north in degrees, size a width and a height of 64 to 2400 pixels (960x640), scale 1 or 2, detail low, grouped discs or squares.
share-process = Consultation
print-filter = Filter:
acts-label = Take part
map-place-where = Choose the place

# Where one is, and where an address is
map-locate = Find me
map-locate-denied = Your browser may not tell your position. Allow it for this site, or look for an address.
map-locate-unknown = Your position could not be found. Look for an address, or move the map.
map-locate-outside = You are outside of the territory: the map stays where it is.
map-located = You are at the blue dot. Your position stays on this device: the site only learns which part of the map is shown.
map-your-place = Your position
map-found-hint = At this place:
map-found-clear = Remove this mark

# A contribution beside the map
beside-label = The chosen contribution
beside-close = Back to the list
beside-page = Open as a page

# What the colours mean
legend-title = Legend
legend-hint = Choose a colour to see it alone; several add up.
legend-sizes = A disc grows with its support. A circle with a number holds several contributions: touch it to open it.
