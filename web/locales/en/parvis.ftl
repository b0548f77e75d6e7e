# Texts of the interface, in English. The French file has the same keys (a test sees to it).

site-skip = Skip to content
site-language = Français
site-map = The map
site-new = Propose an idea
site-export = Take the data away

kind-proposal = Ideas
kind-report = Reports
kind-project = Projects
kind-one-proposal = Idea
kind-one-report = Report
kind-one-project = Project

status-open = Received
status-under-review = Under review
status-accepted = Accepted
status-in-progress = In progress
status-done = Done
status-refused = Not retained

theme-none = No theme
feature-count = { $n ->
    [one] 1 contribution
   *[other] { $n } contributions
}
votes-count = { $n ->
    [0] 0 votes
    [one] 1 vote
   *[other] { $n } votes
}
votes-for = for
votes-against = against
vote-for = I support this
vote-against = I disagree
vote-undo = Take my vote back
vote-failed = Your vote could not be sent. Try again in a moment.
vote-score = Balance

map-title = The map of ideas
map-list = Contributions
map-empty = Nothing matches these filters.
map-empty-next = Widen the period, drop a filter, or propose the first idea.
map-empty-all = The map is still empty. The first idea can be yours.
map-next = More of the list
map-noscript = Without JavaScript, the list tells everything that the map shows.
map-no-webgl = This device cannot show the map. The list beside it tells everything that it shows.
map-label = Map of contributions. The list that follows holds the same.
map-place-here = Propose an idea here
map-cancel = Cancel
map-pick-hint = Bring the place under the cross: touch the map, or move it with the arrow keys. Enter confirms, Escape cancels.
map-place-confirm = This is the place
map-canvas = Interactive map: arrow keys move it, plus and minus change its scale.
map-attribution = Sources of the map
map-close = Close
map-marker = Chosen place
map-here = At the same place
map-failed = The map could not be loaded. Another try follows shortly; the list stays up to date.
map-live = Live
map-offline = Offline: the map will catch up when you are back.
map-zoom-in = Zoom in
map-zoom-out = Zoom out

filter-title = Filter
filter-theme = Theme
filter-status = Outcome
filter-kind = Kind
filter-process = Process
filter-area = Area
filter-area-any = The whole territory
filter-since = Since
filter-until = Until
filter-score = Lowest balance
filter-order = Sort by
filter-order-newest = newest first
filter-order-oldest = oldest first
filter-order-score = most supported
filter-apply = Apply
filter-reset = Show everything

filter-unknown-parameter = Unknown parameter: “{ $name }”. Allowed parameters: { $allowed }.
filter-unknown-value = “{ $value }” is not a value of { $name }. Allowed values: { $allowed }.
filter-bad-date = { $name }: “{ $value }” is not a date. Write YYYY-MM-DD, for example 2026-03-31.
filter-bad-number = { $name }: “{ $value }” is not an allowed number.
filter-text-too-long = The search is too long: { $most } characters at most.
filter-since-after-until = The period begins ({ $since }) after its end ({ $until }).
parameter-missing = The parameter { $name } is missing.
list-bad-bbox = bbox: “{ $value }”; write west,south,east,north in degrees, for example 2.2,48.8,2.4,48.9.
list-bad-order = order: “{ $value }”; allowed values: newest, oldest, score.
list-bad-limit = limit: “{ $value }”; a whole number from 1 to 1000.
list-bad-cursor = cursor: “{ $value }”; follow the “next” link of the page before.
tile-bad-coordinate = { $name }: “{ $value }” is not a whole number. A tile's address: /tiles/z/x/y.mvt, z from 0 to { $deepest }.
nearby-too-far = metres: “{ $value }”; from 0 to { $most } metres.
live-bad-id = “{ $value }” is not a number of the journal.
place-off-the-map = These coordinates are not on the map: longitude from -180 to 180, latitude from -85 to 85, in degrees.

proposal-new = Propose an idea
proposal-title = Your idea in one sentence
proposal-title-hint = From 3 to 120 characters.
proposal-body = Explain it, if you like
proposal-body-hint = Plain text, 4,000 characters at most. Leave out people's names and addresses: everything is public.
proposal-theme = Theme
proposal-theme-any = I don't know
proposal-place = Where?
proposal-place-hint = A point on the map, or a whole area.
proposal-lon = Longitude
proposal-lat = Latitude
proposal-area = Or a whole area
proposal-area-none = A precise point
proposal-locate = My position
proposal-locate-refused = Your position is not available. Place the point on the map or choose an area.
proposal-pick = Map: touch it, or move the marker with the arrow keys.
proposal-restored = Your draft is back: it had not been sent.
proposal-submit = Publish
proposal-public = Your idea shows on the map at once, without your name. You can withdraw it from this device.
proposal-problems = Something is left to correct; nothing that you wrote is lost.
proposal-title-short = Give a title of at least 3 characters.
proposal-too-long = { $length } characters is too long: { $most } at most.
proposal-unknown-theme = This theme does not exist, or no longer does. Choose another.
proposal-unknown-area = This area does not exist, or no longer does. Choose another.
proposal-no-place = Say where: place a point on the map, or choose an area.
proposal-outside = This point is outside the territory, { $metres } m from its border. Move it closer.
proposal-withdraw = Withdraw my idea
proposal-withdraw-sure = It will disappear from the map and the lists.
vote-unknown-voice = “{ $value }” is not a voice: for, against or none.

feature-where = Where
feature-area-only = About the whole area
feature-when = Submitted on
feature-see-on-map = See on the map
feature-thanks = Your voice counts: { $n }
feature-gone = This contribution has just been taken off the map.
feature-coordinates = Coordinates

# A contribution's page: voices, arguments, sharing

feature-map-wake = Click to move the map
votes-title = What residents think
votes-none = Nobody has taken a side yet.
votes-balance = { $share }% for: { $for } for, { $against } against
vote-said = Your choice is recorded.
act-failed = Your request could not be sent. Nothing that you wrote is lost: try again in a moment.
arguments-title = Arguments
arguments-for = For
arguments-against = Against
arguments-none = No argument so far.
arguments-first-for = Be the first to say what speaks for it.
arguments-first-against = Be the first to say what holds you back.
arguments-news-one = 1 new argument
arguments-news = { $n } new arguments
arguments-news-show = Show
arguments-closed = Participation is closed: arguments can still be read, no more are added.
argue-for = Give an argument for
argue-against = Give an argument against
argue-label-for = Your argument for
argue-label-against = Your argument against
argument-hint = 1,000 characters at most, visible to all, without your name.
argument-left = { $n } left.
argument-submit = Publish the argument
argument-mine = yours
argument-withdraw = Take my argument back
argument-added = Your argument is published.
argument-withdrawn = Your argument is taken back.
argument-too-short = Write your argument: at least { $least } characters.
argument-too-long = { $length } characters is too long: { $most } at most.
argument-unknown-side = “{ $value }” is not a side: for or against.
share-title = Share
share-url = Address of this page
share-copy = Copy the address
share-copied = Address copied.
share-native = Share…
share-mail = Send by e-mail
share-print = Print
feed-name = The latest contributions (Atom)
feed-title = { $site }: the latest contributions
photo-alt = Photo { $number }, without description

# Photos

photo-empty = Choose a photo: the file that came is empty.
photo-too-large = This photo is larger than { $most } MB. Choose a lighter one, or make it smaller.
photo-no-picture = This file is no photo. Send a JPEG, PNG or WebP picture.
photo-kind = Send a JPEG, PNG or WebP picture, not { $kind }.
photo-too-many-pixels = This picture measures { $width } × { $height } pixels, which is too much: { $most } million pixels and 20,000 a side at most. Make it smaller.
photo-too-small = This picture is too small to show anything: at least { $least } pixels a side are needed.
photo-broken = This file is damaged or incomplete. Take the photo again, or choose another.
photo-too-many = There are too many photos: { $most } at most.

error-not-found = This page does not exist
error-not-found-detail = The address is wrong, or what was there has been withdrawn.
error-not-found-next = Go back to the map: everything that is public is on it.
error-unauthorized = You have to sign in
error-unauthorized-detail = This act needs to know who you are.
error-unauthorized-next = Sign in, then try again.
error-forbidden = This is not allowed
error-forbidden-next = Go back to the page before. If you think this is a mistake, write to your authority.
error-other-site = This request comes from another site. Make it from our own pages.
error-read-only = Participation is closed on this map; reading stays open.
error-not-yours = Only the person who placed this idea can withdraw it, from the same device.
error-invalid = The request has an error
error-invalid-next = Correct the address or the form, then try again.
error-conflict = Something changed meanwhile
error-conflict-next = Reload the page, then try again.
error-too-large = This is too large
error-too-large-detail = What you sent exceeds the size that is taken.
error-too-large-next = Send a shorter text or a smaller file.
error-too-many = Too many requests at once
error-too-many-detail = You go faster than the server accepts.
error-too-many-next = Wait a minute, then try again.
error-internal = A failure on our side
error-internal-detail = The fault is ours and has just been recorded.
error-internal-next = Try again in a moment. What you had saved is safe.
error-back = Back to the map
