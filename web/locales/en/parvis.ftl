# Texts of the interface, in English. The French file has the same keys (a test sees to it).

# Style guide, error messages, a page in need

design-title = Style guide
design-intro = What all pages are made of: colours, sizes, components, light and dark. Values are read out of the style sheet itself, contrasts are computed from them.
design-light = Light
design-dark = Dark
design-colors = Colours
design-contrasts = Contrasts
design-sample = Sample
design-pair = Ink / ground
design-ratio = Measured
design-least = Required
design-type = Text sizes
design-measures = Spaces, corners, shadow
design-buttons = Buttons
design-states = The same, pointed at and focused:
design-hover = Pointed at
design-focus = Focused
design-fields = Fields
design-choices = Choices, segments, active filters
design-boxes = Boxes
design-cards = Cards of the list
design-on-map = On the map
design-icons = Icons
design-example = A bench in the shade, Market Square
design-area = Town centre
design-argument = The oldest among us could at last rest there.
design-place-said = Placed: Town centre
proposal-outside-example = This point is outside the territory, 120 m from its border. Bring it closer.
error-list = See the list
error-unavailable = The server is too busy
error-unavailable-detail = It could not answer in time.
error-unavailable-next = Try again in a minute. What you wrote is still on your device: go back to find it.
error-method = This address is not visited that way
error-method-detail = It only takes in a form.
error-method-next = Go back to the map or the list, and go on from there.

site-skip = Skip to content
site-language = Français
site-map = The map
site-new = Propose an idea
site-export = Take the data away
site-list = The list
site-nav = Pages of this site
site-skip-list = Skip to the list
site-skip-filters = Skip to the filters
site-description = The territory’s ideas and reports on one map: add yours, argue, vote, and see what becomes of them.

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
feature-count-view = { $n ->
    [0] Nothing in view
    [one] 1 contribution in view
   *[other] { $n } contributions in view
}
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

map-title = The map of ideas
map-list = Contributions
map-empty = Nothing matches these filters.
map-empty-next = Widen the period, drop a filter, or propose the first idea.
map-empty-all = The map is still empty. The first idea can be yours.
map-empty-view = Nothing here yet. Zoom out, or place the first idea here.
map-loading = Drawing the map…
map-sheet = Enlarge or reduce the list
map-place-draw = Draw a line or an area
list-intro = Everything that the map shows, without the map: the same filters, the same order.
list-to-map = Back to the map
map-next = More of the list
map-noscript = Without JavaScript, the list tells everything that the map shows.
map-no-webgl = This device cannot show the map. The list tells everything that it shows.
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
map-offline = Offline: the map will catch up when you are back.
map-zoom-in = Zoom in
map-zoom-out = Zoom out
# How the map is drawn
map-bad-scheme = “{ $value }” is no scheme: light or dark.
map-popup-argument = argument
map-popup-arguments = arguments

filter-title = Filter
filter-words = Search the contributions
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
filter-order-newest = Newest first
filter-order-oldest = Oldest first
filter-order-score = Most supported first
filter-apply = Apply
filter-reset = Show everything
filter-remove = (remove this filter)
chip-since = Since { $value }
chip-until = Until { $value }
chip-score-min = Balance of { $value } or more
chip-score-max = Balance of { $value } or less

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
proposal-edit = Change my idea
proposal-what = What?
proposal-address = Address, street or place
proposal-address-example = 12 rue des Tanneurs
proposal-addresses = Places found
proposal-find = Search
proposal-found = places found: choose with the arrow keys.
proposal-no-address = No known place has this name. Try the street without its number, or touch the map.
proposal-unknown-house = no such number in this street
proposal-otherwise = Without the map: a whole area, or coordinates
proposal-preview = Preview
proposal-correct = Correct
proposal-waiting = No connection. Your text is kept on this device and is sent as soon as it is back; leave this page open, or come back later.
proposal-unsent = An idea is waiting on this device: it was not sent.
proposal-unsent-open = Take it up again
proposal-unreadable-shape = This drawing cannot be read. Draw it again, or choose a point.
proposal-too-many-vertices = { $count } corners are too many: { $most } at most. Simplify the drawing.
proposal-line-short = A line goes from one point to another: add a second one at least.
proposal-line-long = { $length } km is too long: { $most } km at most. Shorten the line, or choose a whole area.
proposal-area-corners = An area has three corners at least, and no hole.
proposal-area-crossed = The edges of the area cross each other. Move a corner, or draw it again.
proposal-area-large = { $size } km² is too large: { $most } km² at most. Make it smaller, or choose a whole area.
proposal-shape-outside = This drawing leaves the territory, by up to { $metres } m. Bring it back inside.
pick-shape = What you place
pick-point = A point
pick-line = A line
pick-area = An area
pick-here = Place it here
pick-corner = Add a corner here
pick-undo = Undo the last
pick-clear = Clear
pick-corner-name = Corner { "{n}" }: arrow keys move it, Delete removes it
pick-hint-point = Touch the exact spot, or bring it under the cross: arrow keys, then Enter.
pick-hint-there = Drag the marker with a finger, or move it with the arrow keys.
pick-hint-line = Touch the map at each turn, or bring it under the cross, then Enter.
pick-hint-area = Touch the map at each corner, or bring it under the cross, then Enter.
pick-too-far = Come closer, then touch the exact spot.
pick-outside = Outside the territory, { "{metres}" } m from its border.
pick-said = Placed: { "{areas}" }
pick-line-said = Line of { "{size}" }, { "{n}" } corners
pick-area-said = Area of { "{size}" }, { "{n}" } corners
pick-too-long = Too long: { "{most}" } km at most.
pick-too-large = Too large: { "{most}" } km² at most.
pick-too-many = { "{most}" } corners at most.
similar-title = Is it not there already?
similar-hint = Supporting an idea that exists brings it further. Is yours another one? Publish it.
similar-metres = { $n ->
    [0] at the same place
    [one] 1 m away
   *[other] { $n } m away
}
preview-title = Before you publish
preview-hint = This is what everybody will see.
withdrawn-title = Your idea is withdrawn
withdrawn-said = It is no longer on the map nor in the lists. You can still put it back, with its votes and arguments.
withdrawn-restore = Put it back on the map
proposal-title = Your idea in one sentence
proposal-title-hint = From 3 to 120 characters.
proposal-body = Explain it, if you like
proposal-body-hint = Plain text, 4,000 characters at most. Leave out people's names and addresses: everything is public.
proposal-theme = Theme
proposal-theme-any = I don't know
proposal-photos = Photos, if you have any
proposal-photo-add = Add a photo
proposal-photo-hint = JPEG, PNG or WebP, four at most. The place and the camera written in the photo are erased. Avoid faces and number plates.
proposal-photo-alt = What it shows, for those who do not see it
proposal-photo-drop = Remove
proposal-photo-sending = Sending the photo…
proposal-photo-sent = Photo added.
proposal-photo-failed = The photo could not be sent. Try again, or publish without it: you can add it later.
proposal-place = Where?
proposal-place-hint = Touch the map, look for an address, or start from where you are.
proposal-lon = Longitude
proposal-lat = Latitude
proposal-area = Or a whole area
proposal-area-none = A precise point
proposal-locate = My position
proposal-locate-refused = Your position is not available. Place the point on the map or choose an area.
proposal-pick = Map to place the idea on
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
own-title = This idea is yours
own-said = It is on everybody’s map. Keep this link: it alone lets you change or withdraw the idea from another device.
own-link = Your link for changes (do not share it)
own-edit = Change
vote-unknown-voice = “{ $value }” is not a voice: for, against or none.

feature-where = Where
feature-area-only = About the whole area
feature-when = Submitted on
feature-see-on-map = See on the map
feature-gone = This contribution has just been taken off the map.

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
error-role = Your account does not have the role that this page asks for. Ask somebody who administers this site for it.
error-second-factor = This page asks for a second proof: show your passkey on your account’s page, then come back.
error-read-only = Participation is closed on this map; reading stays open.
error-not-yours = Only the person who placed this idea can withdraw it, from the same device.
error-invalid = The request has an error
error-invalid-next = Correct the address or the form, then try again.
error-conflict = Something changed meanwhile
error-conflict-next = Reload the page, then try again.
error-unreadable = This request cannot be read
error-unreadable-detail = The form was lost on its way, perhaps by a broken connection.
error-unreadable-next = Go back: what you wrote is still there. Then send it again.
error-answered = This idea has been answered: it cannot be changed any more. You may still withdraw it, or place another one.
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

# The desk: pages of who has a role
desk-nav = Administration
desk-open = Administration
desk-moderation = Moderation
desk-answers = Answers
desk-processes = Processes
desk-people = Accounts and roles
desk-privacy = Personal data

# Accounts: signing in
sign-in-title = Sign in
sign-in-why = With an account your ideas and votes follow you from one device to another, and you hear what becomes of them. No password: we send you a link.
sign-in-email = Your e-mail address
sign-in-email-hint = For example: camille@example.org. It is never shown to the public.
sign-in-send = Send me a link
sign-in-bad-address = This address is not complete: write it like camille@example.org.
sign-in-outside = Or with a verified identity
sign-in-demo = This is a demonstration: no letter leaves, all of them can be read here.
sign-in-sent-title = Look in your mailbox
sign-in-sent = A link to sign in is on its way to { $email }. It works for 15 minutes, once.
sign-in-sent-next = Open it on this device if you can. Nothing comes? Look among the junk mail, check the address, then ask for another link.
sign-in-again = Ask for another link
sign-in-elsewhere-title = Sign in on this device?
sign-in-elsewhere = This link was asked for on another device or in another browser, for { $email }. If that was you, confirm: you will be signed in here.
sign-in-here = Sign me in here
sign-in-elsewhere-not-me = You did not ask for anything? Close this page: the link does nothing without this button.
sign-in-refused-used = This link has been used
sign-in-refused-next-used = A link works once, and the latest one replaces the others. If that was not you, ask for another, then look in your account which devices are signed in.
sign-in-refused-expired = This link is no longer valid
sign-in-refused-next-expired = A link works for 15 minutes. Ask for another: it comes in a moment.
sign-in-refused-unknown = This link is not complete
sign-in-refused-next-unknown = Your mail program may have cut it in two. Copy the whole of it into the address bar, or ask for another.
letter-sign-in-subject = Your link to sign in to { $site }
letter-sign-in-body =
    Hello,

    Here is the link to sign in to { $site }:

    { $link }

    It works for 15 minutes, once.

    You did not ask for anything? Do nothing: without this link
    nobody gets into your account.

# Accounts: one's own page, the demonstration's letters
account-title = My account
account-signed-in-as = You are signed in with the address { $email }, which the public does not see.
account-sign-out = Sign out
account-profile = What the public sees
account-name = Public name
account-name-hint = 2 to 60 characters; a pseudonym will do. Without a name nothing is shown.
account-name-length = This name does not fit: write 2 to 60 characters, or leave it empty.
account-choose = Choose from the list.
account-capacity = You speak as
capacity-resident = A resident
capacity-association = An association
capacity-professional = A professional
capacity-elected = An elected representative
capacity-agent = Staff of the authority
account-area = Your commune
account-area-none = I do not say
account-save = Save
account-saved = Saved.
account-roles = Your roles
role-moderator = Moderation
role-agent = Answers of the authority
role-planner = Running processes
role-administrator = Administration
account-sessions = Signed-in devices
account-sessions-hint = A device that you do not know? Sign it out: it is out at once.
account-here = this device
account-seen = Seen on
account-end = Sign out
account-end-others = Sign out all others
account-ended = Done: that device is signed out.
inbox-open = Read the demonstration’s letters
inbox-title = Letters of the demonstration
inbox-why = No letter leaves this demonstration: everybody reads them here.
inbox-people = Play somebody
inbox-letters = Latest letters
inbox-empty = No letter yet. Choose somebody above: their link to sign in comes here.
demo-resident = A resident
demo-moderator = The moderator
demo-agent = An agent
demo-planner = A planner
demo-administrator = The administrator
