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
map-without-words = The database does not answer for the moment. The map, the numbers and the filters stay right; the texts come back as soon as it answers.
map-try-again = Try again
photo-no-room = There is no room left on this server to keep photos. Your text is here: publish without a photo, or try again later.
photo-unwritable = This server cannot keep photos for the moment. Your text is here: publish without a photo, or try again later.
error-busy = The server is busy
error-busy-detail = Others are writing, and yours could not get through in time. Nothing was saved.
error-busy-next = Try again in a few seconds.
error-away = The database does not answer
error-away-detail = This site can neither read nor save for the moment. The map stays visible.
error-away-next = Try again in a minute: the site comes back by itself as soon as the database answers.
error-no-room = There is no room left to save
error-no-room-detail = This server’s space is full: nothing was saved. The people who run the site see it, too.
error-no-room-next = Keep your text and try again later, or tell your local authority.
error-unwritable = This site cannot save anything for the moment
error-unwritable-detail = The database can be read but not written: nothing was saved. The people who run the site see it, too.
error-unwritable-next = Keep your text and try again later, or tell your local authority.
error-method = This address is not visited that way
error-method-detail = It only takes in a form.
error-method-next = Go back to the map or the list, and go on from there.

site-skip = Skip to content
site-language = Français
site-map = The map
site-new = Propose an idea
site-export = Take the data away
export-sheet = spreadsheet
export-arguments = arguments
export-for-whom = “for={ $value }” does not exist; write for=excel, or nothing for programs.
site-account = My account
site-menu = Menu
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
status-partly = Accepted in part
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
proposal-hidden = Moderators hid this contribution: changing it does not by itself make it public again, somebody reads it first.
proposal-hidden-why = Read the reason, or appeal
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
error-internal = A failure on our side
error-internal-detail = The fault is ours and has just been recorded.
error-internal-next = Try again in a moment. What you had saved is safe.
error-back = Back to the map
typed-title = What you had sent
typed-sign-in = Nothing is lost. Open another tab to show who you are, then come back here and send it again.
typed-sign-in-link = Show who you are in another tab
typed-text = The text that you had written
typed-again = Send it again

# The desk: pages of who has a role
desk-nav = Administration
desk-open = Administration
desk-first = What waits
desk-quiet = Nothing waits on your side.
trouble-database = Nothing can be saved at the moment: { $why }. Tell the person who runs the server.
trouble-pictures = Photos cannot be saved at the moment: { $why }. Tell the person who runs the server.
trouble-why-full = no room is left on the disk
trouble-why-read-only = writing is refused
trouble-why-broken = the disk fails
trouble-why-busy = the database is busy
trouble-why-away = the database does not answer
desk-drafts = Drafts
desk-unanswered = Without an answer
site-desk = Administration
pages-nav = Pages of the list
desk-moderation = Moderation
desk-answers = Answers
desk-processes = Processes
desk-people = Accounts and roles
desk-privacy = Personal data

# Processes
processes-title = Consultations
processes-intro = What your authority asks you, until when, and what your contributions can change.
processes-none = No consultation is open at the moment. You can place an idea on the map at any time.
processes-to-map = Go to the map
process-count = { $n ->
    [0] No contribution
    [1] 1 contribution
   *[other] { $n } contributions
 }
process-stands-open = Open
process-stands-opens = Opens on { $when }
process-stands-closed = Ended
process-take-part = Take part
process-map = See the map
process-edit = Edit
process-why = Why this consultation
process-asked = What is asked
process-effect = What your contributions can change
process-team = Who runs it
process-calendar = Calendar
process-rules = Rules
process-rules-hint = These sentences are made from the settings themselves: what is written here is what the site does.
process-themes = Themes
process-documents = Documents
process-machines = Open data
process-feed = The consultation’s Atom feed
process-tiles = Vector tiles:
process-is-draft = Draft: only the team sees this page.
process-preview-notice = Preview: nothing is saved. Close this tab to go back to the form.
unit-kilobytes = kB
phase-now = now
phase-over = over
phase-no-act = The authority is at work; there is nothing for you to do.
phase-act-propose = place ideas
phase-act-argue = give arguments
phase-act-vote = vote
phase-new = New phase
phase-title = Name of the phase (empty: the phase is removed)
phase-opens = Opens (Paris time)
phase-closes = Closes (Paris time)
phase-add = Add a phase
rule-propose = Placing an idea
rule-argue = Arguing
rule-vote = Voting
rule-votes = Sort of vote
rule-where = Place
rule-moderation = Moderation
rule-lengths = Length of texts
rule-order = Order of lists
rule-who-visitor = Everybody, without an account.
rule-who-email = Whoever is signed in by their e-mail address.
rule-who-verified = Whoever’s identity is verified (FranceConnect).
rule-who-roll = People on this consultation’s roll.
rule-open = Open.
rule-open-until = Open until { $when }.
rule-opens = Opens on { $when }.
rule-closed = Closed since { $when }.
rule-never = This consultation has none.
rule-vote-for-against = One voice a person, for or against; it can be changed.
rule-vote-for-only = One voice a person, for only; it can be taken back.
rule-vote-scale = One voice a person, from −2 (strongly against) to +2 (strongly for); it can be changed.
rule-vote-none = There is no vote.
rule-ballot-for_against = For or against
rule-ballot-for_only = For only
rule-ballot-scale = From −2 to +2
rule-ballot-none = No vote
rule-level-visitor = Everybody, without an account
rule-level-email = Signed in by e-mail
rule-level-verified = Verified identity
rule-level-roll = On the roll
rule-moderation-after = Ideas are public at once, and read afterwards.
rule-moderation-before = Ideas are read before they are public; arguments, afterwards.
rule-moderation-short-after = After publication
rule-moderation-short-before = Before publication
rule-lengths-said = A title has at most { $title } characters, a text at most { $body }.
rule-order-recent = The latest ideas first.
rule-order-random = Ideas at random, otherwise for each visit.
rule-order-supported = The most supported ideas first.
rule-order-short-recent = The latest
rule-order-short-random = At random
rule-order-short-supported = The most supported
rule-shapes = An idea can be placed by: { $shapes }.
rule-shape-point = a point
rule-shape-line = a line
rule-shape-area = an area drawn by hand
rule-shape-territory = a quarter or a commune
rule-area = It must lie in: { $area }.
process-propose-opens = Ideas can be placed from { $when }.
process-propose-closed = Ideas could be placed until { $when }.
process-propose-never = This consultation takes no ideas.
process-text-kept = Your text is still there, below: copy it if you want to keep it.
process-argue-opens = Arguments open on { $when }.
process-argue-closed = Arguments have been closed since { $when }.
process-argue-never = This consultation takes no arguments.
process-vote-opens = The vote opens on { $when }.
process-vote-closed = The vote has been closed since { $when }.
process-vote-never = This consultation has no vote.
process-level-visitor = Everybody can take part.
process-level-email = This consultation asks you to sign in by your e-mail address.
process-level-verified = This consultation asks for a verified identity (FranceConnect).
process-level-roll = This consultation is for the people on its roll.
process-sign-in = Sign in
process-vote-against = Here one votes for only.
process-vote-scale = This voice does not exist in this consultation.
process-no-point = This consultation takes no idea placed by a point. Place it otherwise.
process-no-line = This consultation takes no idea placed by a line. Place it otherwise.
process-no-area = This consultation takes no idea placed by an area drawn by hand. Place it otherwise.
process-no-territory = This consultation takes no idea about a whole quarter or commune. Place it otherwise.
process-outside = This place is { $metres } m outside of “{ $area }”, which the consultation is about. Come closer, or place the idea outside of this consultation.
process-other-area = This consultation is about “{ $area }” only.
process-theme = This theme is none of the consultation’s. Choose another.
process-in = Consultation
process-in-none = None: an idea for the whole territory
process-in-hint = A consultation has its own rules and calendar.
process-waits = A moderator reads your idea before it appears on the map.
process-of-feature = Consultation:
process-of-map = You see the consultation
process-about = Why, calendar and rules
process-title = Title
process-summary = Summary, in one sentence
process-page = The page
process-title-length = A title has between 3 and 120 characters.
process-summary-length = A summary has at most 300 characters.
process-number = Write a number between { $least } and { $most }.
process-no-shape = Choose at least one way to place an idea.
process-phase-dates = Phase “{ $phase }”: Two dates are needed, at an hour that there is (in the night when summer time begins, there is none from 2 to 3).
process-phase-order = Phase “{ $phase }”: A phase has a name, and closes after it opens.
process-calendar-hint = A phase opens and closes by itself, to the minute. Without phases, everything is always open.
process-changed-meanwhile = Somebody else saved this consultation meanwhile. What you typed is still there: compare it with the history, then save.
process-changes = What changed since you opened the page
process-changes-what = What
process-changes-was = What you saw
process-changes-is = What it is now
process-document-meanwhile = Somebody else did it already: load the page again to see the documents as they are.
process-problems = Nothing is saved: correct what is shown below.
process-desk-none = No consultation yet. Give the first one a title: it stays a draft until you publish it.
process-new = Make a draft
process-new-title = Title of a new consultation
process-col-title = Consultation
process-col-state = Visibility
process-col-stands = Calendar
process-col-count = Contributions
process-col-do = Actions
process-col-version = Version
process-col-when = When
process-col-who = By whom
process-col-note = What and why
process-state-draft = Draft
process-state-public = Public
process-state-archived = Archived, closed
process-see = See the page
process-history = History
process-history-none = No version: this consultation comes from an import and has not been edited yet.
process-by-nobody = Command line
process-current = current
process-put-back = Put back
process-undo = Undo this change
process-saved = Saved.
process-restored = The version is back, as a new one.
process-cloned = The copy is a draft: change its title and its dates.
process-restore-note = Puts version { $version } back
process-clone = Copy this consultation
process-clone-hint = The copy has the same page, calendar and rules, as a draft; the process’s own themes are copied, without their contributions.
process-clone-title = Copy of { $title }
process-area = Area
process-area-all = The whole territory
process-themes-own = Shared themes that it offers (none ticked: all)
process-title-most = Length of a title, in characters
process-body-most = Length of a text, in characters
process-note = What you change, and why (for the history)
process-save = Save
process-preview = Preview (new tab)
process-documents-none = No document.
process-document = File (PDF, office document, picture; 30 MB at most)
process-document-title = Name of the document
process-document-add = Add the document
process-document-remove = Remove
process-document-kind = This file is none of the sorts that we take ({ $accepted }), or its content is not what its name says.
process-roll = Roll
process-roll-hint = For acts that are kept to people on the roll. Addresses are not kept: only what recognises them.
process-roll-count = { $n ->
    [0] Nobody is on it.
    [1] 1 person is on it.
   *[other] { $n } people are on it.
 }
process-roll-label = E-mail addresses (they replace the present list)
process-roll-save = Replace the roll
process-roll-saved = The roll is replaced.
process-roll-none-read = No address could be read: the list has not changed. An address looks like name@domain.org.
process-roll-meanwhile = Somebody else has changed the list since you opened this page: it now has { $count } people. Check it, then save again to replace it.
process-roll-unread = line { $line }: “{ $text }”
vote-strongly_for = Strongly for
vote-neutral = No opinion
vote-strongly_against = Strongly against
vote-scale-for = Rather for
vote-scale-against = Rather against
votes-points = Points:
votes-mean = { $voices }, { $mean } on average
decimal-mark = .
filter-order-random = At random

# Limits of acts in a time (src/accounts/limits.rs)
error-later = Too often in a short time
error-later-seconds = Everybody can do this a number of times, and you have reached it. You can go on in { $count ->
    [one] one second
   *[other] { $count } seconds
  }.
error-later-minutes = Everybody can do this a number of times, and you have reached it. You can go on in { $count } minutes.
error-later-hours = Everybody can do this a number of times, and you have reached it. You can go on in { $count } hours.
error-later-next = Nothing is lost: go back, what you wrote is still there, and send it again then.

# The map in a frame of another site (/embed)
embed-open = Take part on
embed-new-window = new window

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

# Moderation: flags, charter, queue, decisions, appeals, public log
reason-hateful = Insults or hatred
reason-hateful-said = Insults, threats, harassment, racist, sexist, homophobic or discriminatory words.
reason-personal = Personal details
reason-personal-said = A name, address, number, number plate or photo that points at an identifiable person.
reason-unlawful = Against the law
reason-unlawful-said = Defamation, calls to violence, protected content without permission, and what the law forbids.
reason-advertising = Advertising or canvassing
reason-advertising-said = The contribution sells something, promotes a business or asks to vote for somebody.
reason-off-topic = Off topic
reason-off-topic-said = It is about neither the territory nor the question asked.
reason-repeated = Repetition
reason-repeated-said = The same text, submitted several times.
reason-unclear = Cannot be understood
reason-unclear-said = A test, a text without meaning, or one that nobody can do anything with.

charter-title = Moderation charter
charter-intro = Here you may disagree, criticise a project or an elected official, and say so sharply. A contribution is hidden for one of these reasons only:
charter-how-title = How it works
charter-how-flag = Anybody can report a contribution or an argument, with a reason and a few words. A report hides nothing: a person has a look.
charter-how-person = No machine decides. Signals help to sort the queue; a person takes each decision.
charter-how-told = Authors are told the reason and what the moderator wrote, on the page of their contribution, and by e-mail if they have an account.
charter-how-appeal = Authors may appeal, once. Somebody else than who decided settles the appeal.
charter-how-log = Every decision is published, without hidden texts or names:

flag-link = Report
flag-title = Report a problem
flag-intro = A person reads your report. It is not published, and the author is not told that it came from you.
flag-reason = What is the problem?
flag-body = In a few words, if you like
flag-body-hint = At most 1,000 characters.
flag-submit = Send the report
flag-sent = Thank you, your report has arrived
flag-sent-said = A moderator will have a look. What they decide appears in the public log.
flag-back = Back to the contribution

held-waiting = Waiting
held-withdrawn = Withdrawn by its author
held-hidden = Hidden
held-merged = Merged
held-page-hidden = Hidden contribution
held-page-hidden-said = This contribution was hidden by moderators. Its text is not public any more.
held-page-reason = Reason, by the charter:
held-page-own = This is your contribution: only you still see it here.
held-page-note = The moderator’s words:
held-page-waiting = Your contribution is waiting for a moderator
held-page-waiting-said = A person reads it before it appears on the map. Keep the address of this page to follow it.
held-page-merged = This contribution was merged
held-page-merged-said = It said the same as another. The voices on both count there, each person once.
held-page-merged-to = See the contribution that unites them
merged-here = United here:
merged-into = Merged into contribution
asked-title = Moderators ask you for a change
asked-said = Your contribution stays visible. Change it: it will be read again.
hidden-argument-title = One of your arguments was hidden
hidden-photo-title = One of your photos was taken off

appeal-title = Appeal
appeal-offer = You disagree? You may appeal, once. Somebody else will read it.
appeal-body = Why this decision seems unfair to you
appeal-submit = Appeal
appeal-waiting = Your appeal has arrived. Somebody else than who decided will settle it, and you will read it here.
appeal-granted = Appeal granted
appeal-refused = Appeal refused
appeal-says = The author appeals:
appeal-answer = Answer to the author
appeal-grant = Grant: publish it again
appeal-refuse = Refuse: the decision stands
appeal-own-decision = You took this decision: somebody else must settle the appeal.
appeal-once = An appeal was already made against this decision.
appeal-settled = This appeal is already settled.
appeal-no-decision = This decision does not hold any more: there is nothing to appeal. Reload the page.
appeal-not-yours = Only the author of the contribution can appeal, from the same device or with their account.
appeal-too-short = Say why in a few words.

moderation-map = See these contributions on a map
moderation-tabs = Parts of the queue
moderation-tab-new = New
moderation-tab-new-said = Public, and not looked at yet. The latest first.
moderation-tab-waiting = Waiting
moderation-tab-waiting-said = They appear only once you agree. The oldest first.
moderation-tab-flagged = Reported
moderation-tab-flagged-said = Somebody sees a problem. A report is not a fault: read before you decide.
moderation-tab-suspicious = Signals
moderation-tab-suspicious-said = What is new or waits, where something stands out. The latest first. A signal helps to look, it decides nothing.
moderation-tab-hidden = Hidden
moderation-tab-hidden-said = What is not public any more, merged contributions included.
moderation-tab-appeals = Appeals
moderation-tab-appeals-said = Authors contest a decision. Somebody else than who decided settles it.
moderation-empty = Nothing here for now.
moderation-list-missing = The list of words of the configuration (moderation_words) cannot be read: this signal is missing.
moderation-mass = For what is checked
moderation-all = Check all
moderation-check = Choose
moderation-publish = Publish
moderation-fine = Nothing to object
moderation-hide = Hide
moderation-ask = Ask for a change
moderation-ask-said = The contribution stays where it is. Its author reads what you ask; once they changed their text, it comes back into the queue.
moderation-ask-note = What you ask of the author
moderation-ask-what = Tell the author what to change.
moderation-merge = Merge
moderation-merge-said = It leaves the map and stays readable at its address. The voices on both count on the other one, each person once. You can take it back.
moderation-merge-into = Number or address of the other contribution
moderation-move = Move to another process
moderation-move-to = Process
moderation-move-none = No process
moderation-reason = Reason of the charter
moderation-reason-choose = Choose…
moderation-note = A word to the author (optional)
moderation-more = Other decisions
moderation-see = See the page
moderation-back = Back to the queue
moderation-one = Moderate
moderation-decide = Decide
moderation-past = What was decided
moderation-past-none = Nothing yet.
moderation-original = The text as it was
moderation-changed = Changed since
moderation-undo = Undo
moderation-undone = Undone: everything is as before.
moderation-previous = Previous page
moderation-next = Next page
moderation-done = { $n ->
    [one] 1 decision kept.
   *[other] { $n } decisions kept.
}
moderation-argument-for = Argument for
moderation-argument-against = Argument against
moderation-signals = Signals
moderation-flags = Reports
moderation-decided-for = Decision:
moderation-keys = Keyboard shortcuts
moderation-keys-on = Shortcuts are on
moderation-key-move = next, previous
moderation-key-check = check
moderation-key-publish = publish
moderation-key-hide = check, and choose the reason for hiding
moderation-key-open = open
moderation-none-chosen = First check what you want to moderate.
moderation-too-many = That is too much at once: { $most } at most.
moderation-too-long = { $length } characters are too many: { $most } at most.
moderation-no-reason = Choose a reason of the charter.
moderation-no-process = This process does not exist, or not any more.
moderation-no-target = Give the number or the address of a contribution.
moderation-no-act = There is no such act.
signal-often = { $n } contributions by the same person within an hour
signal-links = { $n ->
    [one] 1 link
   *[other] { $n } links
}
signal-alike = Text { $share }% like no. { $id }
signal-word = Word of the list: “{ $word }”
signal-burst-voices = { $count } voices from one connection in { $minutes } minutes. A school or a town hall has one address only: this is a signal, nothing is removed. Where this vote binds, ask for a stronger identity in the rules of the process.
signal-burst-contributions = { $count } contributions from one connection in { $minutes } minutes, this one among them. A school or a town hall has one address only: this is a signal, nothing is removed.

ruling-published = Looked at, nothing to object
ruling-restored = Contribution published
ruling-restored-argument = Argument published again
ruling-hidden = Contribution hidden
ruling-hidden-argument = Argument hidden
ruling-hidden-photo = Photo taken off
ruling-restored-photo = Photo put back
ruling-asked = Change asked for
ruling-moved = Moved to another process
ruling-merged = Merged into another
ruling-undone = Decision taken back
ruling-taken-back = taken back since
decision-undone-already = This decision was already taken back.
decision-not-last = Another decision was taken since: take that one back first.
decision-withdrawn = Its author withdrew this contribution: there is nothing to decide any more.
decision-own = You made it, or it is about your contribution: somebody else decides.
changed-none-decided = Nothing was decided: this is what changed since you opened the page. What you typed is kept; read it again, then send it again.
changed-was-now = It was: { $was }; it is now: { $now }.
changed-decided = Another decision was taken meanwhile.
changed-text = Its text, photos or process changed meanwhile.
changed-gone = It is no longer there.
changed-meanwhile = It changed since you opened the page: read it again before you settle it.
held-not = public
moderation-photo = Photo
moderation-photo-unsaid = Photo without a description
moderation-photo-remove = Take this photo off
moderation-photo-see = See the decision
decision-appeal-open = An appeal is waiting: settle it first. Who decided cannot do so.
decision-not-for-arguments = An argument is published or hidden, nothing else.
decision-merged = It is merged: take the merge back first.
decision-hidden = It is hidden: publish it first.
decision-hidden-already = It is hidden already.
error-held = Moderators are looking after it: you cannot withdraw this contribution for now. See its page.
merge-itself = A contribution cannot be merged with itself.
merge-target-not-public = The other contribution is not public. Choose one that is.
merge-has-merged = Other contributions were merged into this one. Merge the other one into it instead, or take those merges back first.
merge-not-public = Only a contribution that is public, and that its author did not withdraw, can be merged.
merge-not-merged = This contribution is not merged.

log-title = Public moderation log
log-intro = Every decision: what, why, when. Neither hidden texts nor names.
log-empty = No decision yet.
log-when = When
log-what = Decision
log-why = Reason
log-where = Contribution
log-line = Line of the register

letter-subject = Your contribution “{ $title }”
letter-published = Hello,
    Your contribution “{ $title }” is published.
letter-hidden = Hello,
    Moderators have hidden your contribution “{ $title }”. You may appeal from its page: somebody else will read it.
letter-photo-hidden = Hello,
    Moderators took a photo off your contribution “{ $title }”. You can appeal from its page: somebody else will read it.
letter-photo-restored = Hello,
    A photo of your contribution “{ $title }” is public again.
letter-asked = Hello,
    Moderators ask you to change your contribution “{ $title }”. It stays visible.
letter-moved = Hello,
    Your contribution “{ $title }” now belongs to another process, where it has its place.
letter-merged = Hello,
    Your contribution “{ $title }” says the same as another: they are united. The voices on both count, each person once. Yours stays readable at its address.
letter-undone = Hello,
    A decision of moderators on your contribution “{ $title }” was taken back.
letter-appeal-granted = Hello,
    Your appeal about “{ $title }” is granted: it is public again.
letter-appeal-refused = Hello,
    Your appeal about “{ $title }” was read by somebody else, and refused. The decision stands.
letter-reason = Reason: { $reason }
letter-note = The moderator’s words: “{ $note }”
letter-end = Its page: { $page }
    The charter: { $charter }

    { $site }
letter-follow-subject = News of a contribution that you follow: “{ $title }”
letter-follow-published = The contribution “{ $title }”, which you follow, is public.
letter-follow-hidden = The contribution “{ $title }”, which you follow, was hidden by moderators.
letter-follow-moved = The contribution “{ $title }”, which you follow, now belongs to another process.
letter-follow-merged = The contribution “{ $title }”, which you follow, was united with another contribution that says the same. You now follow that one.
letter-follow-undone = The contribution “{ $title }”, which you follow: a decision of moderators was taken back.
letter-follow-end = Its page: { $page }
    Stop following: { $stop }

    { $site }

# Official answers, statuses and their history, following
verdict-noted = On file
verdict-accepted = Accepted
verdict-partly = Accepted in part
verdict-started = Under way
verdict-done = Done
verdict-refused = Not accepted
answer-title = The answer:
answer-why = Why:
answer-see = See what changes
answer-before = Earlier versions of this answer
answer-by = Answer:
answer-agent = For the authority
answer-one = Answer
answer-edit = Change the answer
answer-back = Back to the contributions
answer-choose = Contributions
answer-many = Answer what is checked
answer-any = All
answer-none = No contribution that is entrusted to you matches these filters.
answer-gone = It is not public any more: nobody answers it.
answer-none-written = Nothing was kept, for none of them: this is what changed since you opened the page. What you typed and your other ticks are kept; read it again, then send it again.
answer-was = What you saw: { $answer }
answer-is = What there is now: { $answer }
answer-was-none = no answer
answer-status-was = Its status was: { $before }; it is now: { $after }.
answer-verdict = Outcome
answer-body = Answer
answer-body-hint = Public, 4,000 characters at most. Bold, italics, lists and links are possible.
answer-motive = Why this decision
answer-motive-hint = A sentence or two. Needed for a refusal.
answer-link = Address of what changes (optional)
answer-authority = Signed by
answer-submit = Publish the answer
answer-submit-many = Publish the same answer for all
answer-versions-hint = There is an answer already. The new one replaces it; the old one stays readable.
answer-done = { $n ->
    [one] 1 contribution got its answer.
   *[other] { $n } contributions got their answer.
}
answer-no-verdict = Choose the outcome.
answer-empty = Write the answer.
answer-no-motive = Say why: a refusal always has its reason.
answer-bad-link = An address begins with https://, or with / for a page of this site.
answer-no-authority = Say who signs.
answer-none-chosen = Check at least one contribution.
answer-verdict-misfit = This outcome does not suit this sort of contribution: a report is not “accepted”, it is dealt with or not.
history-title = What became of it
history-placed = Placed
follow = Follow
follow-hint = You will get an e-mail with each answer and each change of status.
follow-hint-none = This site cannot send e-mails yet: what you follow is kept, and you will be told once it can.
follow-on = You follow this contribution.
follow-stop = Stop following
follow-stop-sure = You will get no more e-mail about this contribution.
follow-stopped = Done: you do not follow it any more.
follow-sign-in = Sign in to follow it by e-mail
follow-bad-key = This link is not complete. Open it from the e-mail, as a whole.
letter-answer-subject = Answer to “{ $title }”
letter-answer = Hello,
    { $authority } answers “{ $title }”.
    Outcome: { $verdict }

    { $answer }
letter-answer-motive = Why: { $motive }

# The sealed register
register-title = The sealed register
register-what = Every deposit, change, withdrawal and decision of the authority is entered here under a number, without gaps. Each line is sealed with the one before: nobody, not even the authority, can change, drop or slip in a line unseen.
register-how = Whoever deposits an idea or an argument gets a receipt: a number, a time, a fingerprint. Anybody can verify a receipt, without an account.
register-erasing = The texts themselves are not in the chain: it keeps only a fingerprint of them, mixed with a secret. A text that is erased at the person’s request goes together with that secret, and the chain stays whole.
register-now = The head of the register
register-lines = { $n ->
    [0] The register is empty.
    [1] One line is entered. Its fingerprint:
   *[other] { $n } lines are entered. The fingerprint of the last:
}
register-verify = Verify a receipt
register-heads = The heads published each day
register-no-heads = The first one will be published at midnight.
register-day = Day
register-number = Last line
register-print = Fingerprint
register-atom = Follow (Atom)
register-json = As JSON
register-feed = { $site }: heads of the register
register-notarise = Keep the proof elsewhere
register-notarise-how = Subscribe to the feed; copy a fingerprint into an e-mail, a newspaper, a deed or a timestamping service. A fingerprint that is kept elsewhere attests every line before it: rewriting the register would contradict your copy.
register-check = Check it yourself
register-check-how = All lines can be downloaded, without the texts. Their exact form and a program that checks them are in the documentation (docs/REGISTER.md). The lines:
register-act-placed = A contribution was deposited
register-act-imported = Taken over from a file
register-act-changed = Changed
register-act-withdrawn = Withdrawn by its author
register-act-restored = Put back by its author
register-act-published = Published by a moderator
register-act-hidden = Hidden by a moderator
register-act-asked = A change was asked for
register-act-moved = Moved to another process
register-act-merged = Merged with another contribution
register-act-separated = Merge undone
register-act-answered = Answer of the authority
register-act-status = Status changed
register-act-erased = Erased at the person’s request, or at the end of its retention
register-act-argued = An argument was deposited
register-act-argument-withdrawn = An argument was withdrawn by its author
register-act-argument-hidden = An argument was hidden
register-act-argument-restored = An argument was put back
register-act-photo-hidden = A photo was taken off by moderators
register-act-photo-restored = A photo was put back
register-act-phase-opened = A phase opened
register-act-phase-closed = A phase closed
register-act-process = A process was changed
register-act-granted = A role was given
register-act-revoked = A role was taken back
register-act-sealed = The rows of a write were sealed
register-act-day = A day was sealed, voices included
letter-head-subject = Register of { $site }: head of { $day }
letter-head-intro = This is the head of the sealed register of { $site } at the end of { $day }: the day, the number of the line, its fingerprint.
letter-head-keep = Keep this letter where the authority cannot reach it: it attests every line of the register up to this one, the voices of the day included. To check: parvis verify --head FILE, with this text in the file.
receipt-title = Receipt no. { $number }
receipt-said = This receipt proves what was deposited and when. Keep it: print or save it.
receipt-number = Number
receipt-when = Entered on
receipt-moment = { $day } at { $time } (Paris time)
receipt-act = What
receipt-about = Contribution
receipt-print = Fingerprint
receipt-content = What was deposited
receipt-photos = { $n ->
    [0] No photo any more.
    [1] One photo, attested by its digest.
   *[other] { $n } photos, attested by their digests.
}
receipt-exact = The exact form, for an independent check
receipt-exact-hint = SHA-256 of the salt (bytes) followed by the content (UTF-8) gives the digest of the content, which the line of the register attests.
receipt-salt = Salt
receipt-digest = Digest of the content
receipt-json = Content
receipt-erased = The content was erased, and its secret with it. The line stays in the register.
receipt-verify = Verify this receipt
receipt-text = Save the receipt
receipt-keep = Whoever has this link can read this receipt. The number and the fingerprint are enough to verify, and show nothing of the content.
receipt-register = What is the register?
receipt-link = Your receipt (no. { $number })
receipt-argument = receipt no. { $number }
receipt-letter-subject = { $site }: your receipt no. { $number }
receipt-letter = Hello,

    What you deposited is entered in the register of { $site }.

    Number: { $number }
    Time: { $time }
    Fingerprint: { $print }

    The whole receipt, to keep:
    { $link }

    Anybody can verify this receipt:
    { $verify }
error-receipt = This link does not open this receipt. Ask whoever received it for the whole link; the number and the fingerprint are enough to verify.
verify-title = Verify a receipt
verify-intro = A receipt is genuine if its fingerprint is the one that the register keeps under its number.
verify-yes = This receipt is genuine
verify-no = This receipt is not genuine.
verify-different = Line { $number } of the register has another fingerprint. Check that nothing is missing, digit by digit.
verify-unknown = The register has no line { $number }.
verify-unreadable = A number is needed, and at least the first 16 characters of the fingerprint (figures and letters from a to f).
verify-see = See the contribution
verify-content-yes = The text of the receipt is exactly the one that was deposited.
verify-content-no = The text of the receipt is not the one that was deposited.
verify-by-number = With the number and the fingerprint
verify-print-hint = The first 16 characters are enough; spaces do not count.
verify-ask = Verify
verify-by-file = With the whole receipt
verify-file = The receipt’s file
verify-text = Or its text, pasted here
verify-file-hint = The deposited text is verified as well. Nothing that you send here is kept.

# Accounts: identity providers
outside-failed = The identity service did not answer as it should. Try again in some minutes, or sign in by a link.
outside-not-here = This does not belong to any request of this browser. Begin again on the sign-in page.
outside-late = This request has expired or has been used. Begin again on the sign-in page.
outside-cancelled = You chose not to identify yourself; nothing has changed. You can sign in by a link.
account-voice-held = Your voice is already that of an account that you have opened since. Sign in to that account, then link this address or identity to it.
outside-other-account = This identity belongs to another account already. Sign out, then come back by it.
outside-address-taken = An account has this e-mail address already. Sign in by a link first, then verify your identity on your account’s page.

# People and roles
people-who = Person
people-role = Role
people-where = Where
people-since = Since, by
people-everywhere = Everywhere
people-revoke = Take back
people-revoked = The role is taken back.
people-granted = The role is given. They will find it when they sign in next.
people-give = Give a role
people-email = The person’s e-mail address
people-email-hint = They need not have signed in yet.
people-process = In one consultation only
people-area = In one area only
people-grant = Give this role
people-find = Find an account
people-words = Name or e-mail address
people-none = No account matches.
people-last = This is the last role of administration: give it to somebody else first.
people-meanwhile = Somebody else did it already: load the page again to see the roles as they are.
people-has-already = This person has this role there already.
role-moderator = Moderation
role-agent = Answers
role-planner = Consultations
role-administrator = Administration
role-moderator-does = reads, hides, merges
role-agent-does = answers for the authority
role-planner-does = writes consultations; may moderate and answer, too
role-administrator-does = everything, and gives roles

# Personal data
consent-text = What you deposit is public and kept in the register, without your name. A random value in your browser, or your account, makes it recognisable as yours. You can withdraw or erase it at any time.
consent-more = Your data
site-privacy = Personal data
site-register = Register
privacy-title = Your personal data
privacy-who = { $site } is responsible for these data. For any question, write to its data protection officer.
privacy-short = Reading the map asks for nothing and leaves no trace of you. Taking part leaves what you deposit, and what it takes to recognise that it is you. Nothing is sold, passed on or combined; no IP address is kept.
privacy-why = Why
privacy-what = Which data
privacy-basis = Legal basis
privacy-keep = How long
privacy-erasing = If you ask for erasure
privacy-name-contributions = Ideas, reports, arguments and photos
privacy-why-contributions = To let everybody know what each proposes, to answer it, and to prove what was deposited.
privacy-what-contributions = The text, the place, the photos (without the camera’s data), the dates, and a random value or your account to recognise you. Each version is kept as proof.
privacy-basis-contributions = Task in the public interest: participation of residents (GDPR, article 6(1)(e)).
privacy-keep-contributions = As long as the contribution is public. Without an account, the link to your browser is cut after { $visitors }. What is withdrawn or hidden is erased after { $withheld }.
privacy-erasing-contributions = What is public becomes anonymous, or goes with all its versions: you choose. The register keeps only that there was a deposit, then an erasure.
privacy-name-votes = Votes
privacy-why-votes = To count one voice for each person.
privacy-what-votes = The contribution, your voice, the date, and the value that recognises you; after an account is erased, the digest that leads to it. Nobody can read who voted what.
privacy-basis-votes = Task in the public interest (GDPR, article 6(1)(e)).
privacy-keep-votes = Without an account, the link to your browser is cut after { $visitors }, and never before the vote ends. Once an account is erased, a keyed digest of your address or identity stays until the vote ends (thirteen months at most where the vote has no end), so that nobody votes twice. The voice stays counted.
privacy-erasing-votes = Your voices stay counted. While the vote is open they are yours again if you sign in with the same address; afterwards they are nobody’s.
privacy-name-accounts = Account and sessions
privacy-why-accounts = To recognise you from one device to another, and to write to you.
privacy-what-accounts = Your e-mail address, the public name that you choose, your capacity, your commune, and the devices that you are signed in on.
privacy-basis-accounts = Task in the public interest; an account is optional (GDPR, article 6(1)(e)).
privacy-keep-accounts = As long as you use it; emptied after { $accounts } without signing in. A session that ended is erased after { $sessions }.
privacy-erasing-accounts = The account is emptied, its sessions end.
privacy-name-letters = E-mails
privacy-why-letters = To send you what you asked for: sign-in links, receipts, answers.
privacy-what-letters = Your address and the text of the e-mail.
privacy-basis-letters = Task in the public interest (GDPR, article 6(1)(e)).
privacy-keep-letters = { $letters } after it was sent.
privacy-erasing-letters = Erased.
privacy-name-moderation = Moderation
privacy-why-moderation = To apply the charter to everybody alike, and to account for decisions.
privacy-what-moderation = Flags, decisions, appeals and their reasons.
privacy-basis-moderation = Task in the public interest and legal obligation (GDPR, article 6(1)(c) and (e)).
privacy-keep-moderation = Decisions stay, without what names a person; the link to your browser is cut after { $visitors }.
privacy-erasing-moderation = What names you is removed; the decision stays.
privacy-name-roles = Roles in the site’s administration
privacy-why-roles = To know who may do what, and who allowed it.
privacy-what-roles = The account, the role, where it holds, since and until when.
privacy-basis-roles = Task in the public interest; security of processing (GDPR, articles 6(1)(e) and 32).
privacy-keep-roles = As long as the site exists: it is the trace of rights given. An erased account is only a number there.
privacy-erasing-roles = The role ends; an account’s number stays, which names nobody any more.
privacy-cookies = Cookies
privacy-cookies-said = None before you act, none for advertising or to follow you:
privacy-cookie-visitor = a random value, set at your first vote or deposit, thirteen months at most; one person, one voice.
privacy-cookie-session = your session, if you have an account.
privacy-cookie-lang = the language that you choose.
privacy-audience = Audience
privacy-audience-said = The server counts how often each sort of page is shown each day and nothing else: not who, not from where, not in which order. This measure is exempt from consent (CNIL).
privacy-rights = Your rights
privacy-rights-said = You can read your data, take them with you, correct them, erase them, object to their use: the page “My data” does most of it, without a form to send. If an answer does not suit you, you may turn to the CNIL (cnil.fr).
mine-title = My data
mine-nothing = Nothing is kept on you in this browser. If you took part from another device, open this page there, or sign in.
mine-account = Your account:
mine-visitor = You take part without an account: only this browser knows that this is yours.
mine-take-said = Everything kept on you, in a file that other software can read (JSON), with your photos.
mine-take = Take my data with me (ZIP)
mine-zip-about = All that { $site } holds on you. Below, in words; data.json says the same in full, for a program; photos/: your photos.
mine-correct = Correct or withdraw
mine-correct-said = On each idea’s page you can change or withdraw it.
mine-held-waiting = waiting
mine-held-withdrawn = withdrawn
mine-held-hidden = hidden
mine-held-merged = merged
mine-held-erased = erased
erase-title = Erase my data
erase-said = What names you goes for good. You choose what becomes of what you published.
erase-open = Choose and erase…
erase-what = Your account is emptied, your sessions end, your e-mails are erased. Your votes stay counted, and nothing says any more that they were yours.
erase-public = What you published
erase-anonymous = stays online, anonymous
erase-gone = goes: texts, places, photos, and every version kept
erase-word = To confirm, type the word “erase”
erase-final = This is final: nobody can undo it.
erase-do = Erase
erase-not = Erase nothing
erase-problem = Nothing was erased: choose what becomes of what is public, and type the word “erase”.
erased-title = It is erased
erased-anonymous = What you published stays online, and is nobody’s any more.
erased-gone = What you published is gone, with all its versions.
erased-rest = Your votes stay counted. The register says that something was erased, not whose it was.
processing-title = Register of processing activities
processing-said = GDPR, article 30. Written from what each module declares; a test refuses a column that nobody declared.
processing-table = Table
processing-columns = Columns about a person
processing-stays = kept with what it names
processing-deletes = rows deleted
processing-cuts = link to the person cut
processing-unties = link cut, row by row, once the vote is over
processing-by = anonymous, emptied or erased, as chosen
retention-title = Retention
retention-said = Applied every day; set in parvis.toml, [retention]. parvis retention --dry-run says what would go now.
retention-applied = The last column says what went when they were applied last, on { $day }.
retention-never = They have not been applied yet: they are within an hour of the start.
retention-rule = What
retention-days = Days
retention-law = Why so long
retention-last = Last time
retention-visitors = Link between a browser and its acts
retention-accounts = Accounts nobody signs in to
retention-sessions = Sessions that ended
retention-letters = E-mails sent
retention-withheld = Contributions withdrawn or hidden
retention-audience = Audience counts
retention-law-visitors = The life of the cookie, thirteen months at most (CNIL, guidelines on cookies).
retention-law-accounts = Three years without contact (CNIL, retention periods).
retention-law-sessions = What it takes to explain a disputed session (GDPR, article 32).
retention-law-letters = What it takes to prove a disputed letter (GDPR, article 5(1)(e)).
retention-law-withheld = The time to go back on a withdrawal or to contest a decision (GDPR, article 5(1)(e)).
retention-law-audience = Twenty-five months (CNIL, exemption for audience measurement).
audience-title = Audience of the last thirty days
audience-said = How often each sort of page was shown. Nothing on people.
audience-none = Nothing was counted yet.
audience-page = Page
audience-shown = Shown

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
demo-moderator-other = The other moderator
demo-agent = An agent
demo-planner = A planner
demo-administrator = The administrator

# Passkeys
passkeys-title = Passkeys
passkeys-hint = A passkey stays in your telephone, your computer or a security key, and is unlocked by finger, face or code. It signs you in without waiting for a letter, and protects roles.
passkey-needs = Passkeys need JavaScript and a recent browser. Without them, sign in by the link sent by e-mail; if your role asks for one, open this page in another browser.
passkey-name = Name of the passkey
passkey-name-hint = To tell it apart, for example: My telephone. Optional.
passkey-add = Add a passkey
passkey-added = Your passkey is added.
passkey-remove = Remove
passkey-removed = The passkey is removed. Delete it on your device, too: it opens nothing here any more.
passkey-created = Added on
passkey-used = used on
passkey-waiting = Follow what your device asks…
passkey-cancelled = Nothing was done: the request was cancelled, or waited too long. Try again whenever you like.
passkey-known = This device already has a passkey for this account.
passkey-unsupported = This device cannot keep a passkey that is protected by a code, a finger or a face. Try with a telephone or a security key.
passkey-device-refused = Your browser refuses passkeys at this address. They need an https address that is written with a name, not with numbers.
passkey-offline = The server did not answer. Check your connection, then try again.
passkey-refused = This passkey could not be verified. Try again; if it happens again, sign in by a link.
passkey-late = This request was used already or is more than five minutes old. Start again.
passkey-unknown = This passkey is no longer known here: it was removed. Sign in by a link.
passkey-of-another = This passkey belongs to another account.
passkey-too-many = You already have twenty passkeys: remove one first.
passkey-show-first = Show one of your passkeys first: with a role, they are not changed without that.
sign-in-passkey-title = Or with a passkey
sign-in-passkey = Use my passkey
second-factor-title = Confirm that it is you
second-factor-why = Your role gives you access to other people’s data: the link sent by e-mail is not enough. A passkey confirms it, for twelve hours on this device.
second-factor-none = You have none yet. Add one: your device does it, in a few seconds.
second-factor-show = Show my passkey
second-factor-lost = Lost your passkey? Another administrator can remove your passkeys on the server with the command “parvis admin forget-passkeys”; you will then add a new one here.
second-factor-later = Later: back to my account

# A status without an answer
status-alone = Change the status without an answer
status-new = New status
status-hint = The status and its date join the public history; those who follow are told. A refusal needs an answer.
status-submit = Change the status
status-submit-many = Change the status of what is checked
status-unchanged = Nothing changed: this contribution has that status already, and nobody was told.
status-moved = { $n ->
    [0] No contribution changed its status.
    [one] 1 contribution changed its status.
   *[other] { $n } contributions changed their status.
}
status-same = { $n ->
    [one] 1 had it already: nobody was told about it.
   *[other] { $n } had it already: nobody was told about them.
}
status-none-chosen = Choose the new status.
status-refused-is-answer = A refusal always has its reason: publish an answer “Not accepted” that says why.
status-misfit = “{ $title }” ({ $kind }) cannot have the status “{ $status }”. Without an answer, it can have one of these: { $statuses }.
letter-status-subject = News: “{ $title }”
letter-status = Hello,
    “{ $title }” changes its status: { $status } (before: { $before }).

# Letters about passkeys, and the way to showing one
letter-passkey-added-subject = A passkey was added to your account
letter-passkey-added =
    Hello,

    A passkey was added to your account on { $site }.

    When: { $day } at { $time } (Paris time)
    From: { $browser }

    Was it you? There is nothing to do.

    Was it not you? Open your account at once: remove this passkey, then
    sign out all other devices. If you have a role on this site, tell the
    people who run it, too.

    { $page }
letter-passkey-removed-subject = A passkey was removed from your account
letter-passkey-removed =
    Hello,

    A passkey was removed from your account on { $site }: it opens
    nothing there any more.

    When: { $day } at { $time } (Paris time)
    From: { $browser }

    Was it you? There is nothing to do.

    Was it not you? Open your account at once: sign out all other devices
    and look which passkeys are left. If you have a role on this site,
    tell the people who run it, too.

    { $page }
letter-passkeys-forgotten-subject = Your passkeys were removed from your account
letter-passkeys-forgotten =
    Hello,

    The people who run { $site } have removed all passkeys of your
    account and signed out all your devices, as is done when one is lost.

    Did you ask for it? Sign in by the link that you get by e-mail, then
    add a new passkey.

    Did you not? Tell them at once.
passkey-show-first-hint = To add or remove a passkey, show the one that you have first:
held-page-edit = Change the contribution
held-page-edit-hint = Once corrected, it stays hidden until moderators put it online again.
held-page-edit-waiting = Once changed, it still waits for moderators.

# Themes: their desk, and those that a process has of its own
desk-themes = Themes
theme-what = A theme sorts contributions: it gives the points on the map their colour and icon, and is chosen in the filters. It is shared by the whole map, or a process’s own, and then offered by that process only.
theme-shared-by-others = Shared themes are looked after by the site’s administrators; you can give your processes themes of their own.
theme-new = New theme
theme-none-yet = No theme yet: without themes, contributions differ by status and place only.
theme-made = The theme is made. Forms offer it already.
theme-changed = The theme is changed. Open maps draw themselves anew. To go back, change it again.
theme-removed = The theme is removed. Made again under the same name, it would have the same address.
theme-col-theme = Theme
theme-col-whose = Offered by
theme-shared = The whole map
theme-count = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
}
theme-unused = No contribution
theme-change = Change
theme-problems = Something is wrong: see the messages below. Nothing is saved.
theme-changed-now = Somebody else changed this theme since you opened it. It now is: “{ $label }”, { $color }, { $icon }. What you typed is kept: read it again, then save it again.
theme-no-owner = You run no process yet: make one first, then come back to give it its themes.
theme-label = Name of the theme
theme-label-length = Give a name of 2 to { $most } characters, with words.
theme-doubled = There is a theme “{ $label }” already that is offered in the same place. Choose another name, or change that one.
theme-whose = Where is it offered?
theme-shared-choice = On the whole map, in every process
theme-no-process = Choose one of your processes. Shared themes are asked of the site’s administrators.
theme-unknown-process = There is no such process. Choose one from the list.
theme-is-of = Offered only by the process
theme-is-shared = Shared by the whole map.
theme-address-stays = Its address stays the same when its name changes:
theme-color = Colour
theme-color-hint = People who see few colours can tell these twelve apart, too.
theme-color-of = already taken:
theme-no-color = Choose a colour from the list, or “Another colour”.
theme-color-other = Another colour
theme-color-hex = Code of the other colour
theme-color-other-hint = A hash and six digits or letters from a to f, for example #0b6e4f. It must be seen on the light map as on the dark one.
theme-color-form = Write the colour with a hash and six digits or letters from a to f, for example #0b6e4f.
theme-color-light = This colour is hard to see on the light map: contrast { $found }, 3 is needed. Take it darker.
theme-color-dark = This colour is hard to see on the dark map: contrast { $found }, 3 is needed. Take it lighter.
theme-color-0072b2 = Blue
theme-color-d55e00 = Vermilion
theme-color-009e73 = Bluish green
theme-color-cc79a7 = Pink
theme-color-e69f00 = Orange
theme-color-56b4e9 = Sky blue
theme-color-882255 = Wine
theme-color-117733 = Forest green
theme-color-332288 = Indigo
theme-color-999933 = Olive
theme-color-aa4499 = Purple
theme-color-44aa99 = Teal
theme-icon = Icon
theme-bad-icon = Choose an icon from the list.
theme-make = Make the theme
theme-remove-title = Remove this theme
theme-remove-hint = No contribution has it: it can go without anything being lost.
theme-remove = Remove
theme-not-removed = This theme is still used: it is not removed. Below: what uses it, and what to do instead.
theme-uses = { $n ->
    [one] { $n } contribution has it, public or not: it cannot be removed.
   *[other] { $n } contributions have it, public or not: it cannot be removed.
}
theme-see-uses = See those that are public
theme-instead-shared = Instead: rename it or change its icon, contributions follow. To stop offering it in a process, untick it in its rules.
theme-instead-own = Instead: rename it or change its icon, contributions follow.
theme-chosen-by = Chosen in the rules of: { $processes }. Untick it there first, or the process would offer something else than it says.
theme-made-meanwhile = Somebody has just made a theme of that name. Go back to the list of themes.
theme-changed-meanwhile = Somebody else has just used or removed this theme. Go back to the list of themes.
theme-of-other = The theme “{ $theme }” is the process “{ $process }”’s own. Choose another one, or place your idea in that process.
theme-of-this-process = Themes of this process only
theme-of-this-process-none = None. A theme of its own is offered by this process only, beside the shared themes chosen below.
theme-add-own = Add a theme of its own
theme-own-only = No shared theme: only those of the process
theme-go-on-in = See this process’s themes and rules
icon-bicycle = Bicycle
icon-building = Public building
icon-bus = Bus
icon-cleanliness = Cleanliness
icon-culture = Theatre
icon-digital = Digital
icon-dot = Dot
icon-food = Food
icon-health = Health
icon-heart = Heart
icon-house = House
icon-lighting = Lighting
icon-market = Market
icon-noise = Noise
icon-park = Garden
icon-parking = Parking
icon-pedestrian = Pedestrian
icon-playground = Playground
icon-safety = Safety
icon-school = School
icon-shop = Shop
icon-solidarity = Solidarity
icon-sport = Sport
icon-trash = Waste
icon-tree = Tree
icon-water = Water
icon-wheelchair = Wheelchair
icon-works = Works
sign-in-no-letters = This site cannot send e-mails yet: nobody is sent a link to sign in. The site’s team must set up sending first.
sign-in-no-letters-outside = You can sign in by the other way, below.
sign-in-no-letters-visitor = If you already have a passkey on this device, it is enough. Without an account you can read all that is published, and take part where the process lets visitors.
letters-lack-way = E-mails do not leave: nobody can sign in by a link. Set mail in parvis.toml (or PARVIS_MAIL=smtp://user:password@host:587), then restart.
letters-lack-address = E-mails with a link do not leave: the site’s address is not set. Set public_url in parvis.toml (or PARVIS_PUBLIC_URL=https://…), then restart.
outside-title = Continue
outside-leaving = You are about to continue at { $label }.
outside-go = Continue at { $label }
outside-link-title = Verified identity
outside-link-why = Link your account to your { $label } identity: you can then sign in by it too, and take part where a process asks for a verified identity.
outside-link = Link my { $label } identity to this account
outside-linked = The identity is linked to your account.
outside-stale = Linking an identity needs a fresh sign-in. Sign out, sign in again, then try again within a quarter of an hour.
outside-changed = You are no longer signed in with the account that asked for this link. Nothing has changed.
erase-last-administrator = You are the last person who administers the site. Name somebody else first, on the page of people and roles; then you can erase your account.
passkey-last-administrator = You are the last person who administers the site, and this is your only passkey: add another first, or name somebody else.

# What an author changes or takes back, and what others have in it.
rules-changed = The rules changed while you were writing. Read them again, then start over.
feature-withdrawn-title = Contribution withdrawn by its author
feature-withdrawn-on = Withdrawn by its author on
feature-withdrawn-said = Its text and place are no longer public; what others said of it and the authority’s answer stay.
feature-withdrawn-closed = This contribution was withdrawn by its author: nobody can have a say on it any more. You can still take your vote back.
feature-changed = changed on
feature-versions = What it said before
feature-version-until = Until
feature-edit-waits = Your change waits to be read by a moderator. Until then everybody reads the published version.
withdrawn-shell = Others gave an argument or the authority answered: a page without your text stays, for what they said.
withdrawn-shell-see = See that page
error-withdrawn-first = You withdrew this contribution. Put it back first, then change it.
edit-meanwhile = This contribution was changed meanwhile, on another device or in another tab. It now says: “{ $title } – { $text }”. Compare it with what you wrote below: if you send it again, your text replaces it.
edit-too-large = Others already gave it a vote or an argument: you can change no more than { $allowed } characters of what they read. Change less, or place a new idea.
edit-too-far = Others already gave it a vote or an argument: its place can move no more than { $metres } m. Put it back, or place a new idea.
letter-follow-changed = “{ $title }” now says something else than when you had your say or chose to follow it. Read it again: you can change your vote.
rule-edits = Changes
rule-edits-small = Once somebody else had their say, the author can change no more than { $share } % of the characters of their idea, and its place by { $metres } m.
rule-edits-told = The author can change their idea. If somebody else had their say and more than { $share } % of the characters change, or the place moves more than { $metres } m, people who follow it or voted on it with an account are told.
rule-edits-short-small = Small changes only
rule-edits-short-told = Free, and announced
process-draft-has-contributions = { $n ->
    [one] This process has { $n } contribution: it cannot become a draft again. To close it, archive it.
   *[other] This process has { $n } contributions: it cannot become a draft again. To close it, archive it.
}
process-ballot-has-voices = People have already voted: the sort of vote cannot change any more. For another vote, open another process.
votes-apart = { $n ->
    [one] { $n } vote given under other rules is kept apart: it does not count here.
   *[other] { $n } votes given under other rules are kept apart: they do not count here.
}
letter-apart = { $n ->
    [one] { $n } vote does not meet the rules of the process that it went to: it is kept, and does not count there.
   *[other] { $n } votes do not meet the rules of the process that it went to: they are kept, and do not count there.
}
moderation-move-draft = This process is still a draft: publish it first.
moderation-refuse-why = Tell the author why their change is refused.
merge-waiting = It waits to be read: publish it first, then merge it.
decision-not-withdrawn = Its author did not withdraw it.
decision-withdrawn-erased = Its text was erased: there is nothing left to put back.
ruling-revised = Change published
ruling-kept = Change refused
ruling-put-back = Put back after a withdrawal
revision-title = A change waits
revision-said = The author changed their contribution. Everybody still reads the published version, above; this is what it would become.
revision-accept = Publish this version
revision-refuse = Keep the published version
revision-others = Versions that the public does not read
revision-waiting = Waiting
revision-refused = Refused
revision-replaced = Replaced by its author
revision-withdrawn = Withdrawn by its author
revision-shell = Withdrawn by its author
revision-shell-said = A page without text stays public for what others said. You can put the text back.
revision-restore = Put it back
revision-drops = { $n ->
    [one] takes away { $n } photo
   *[other] takes away { $n } photos
}
revision-brings = { $n ->
    [one] adds { $n } photo
   *[other] adds { $n } photos
}
revision-meanwhile = The author sent another version, or it was decided about already. Reload the page and read that one.
revision-too-large = Others had their say on the published version since: this change would change too much of it. Refuse it and say why.
letter-revised = Hello,

    Your change of “{ $title }” is published.
letter-kept = Hello,

    Your change of “{ $title }” is not published: the version that everybody reads stays.
letter-restored = Hello,

    The moderators put “{ $title }” back, which you had withdrawn.
revision-waits-here = Its author changed it: read and decide
error-repeated = Done already
error-repeated-detail = This form was sent before, and what it asked for is done.
error-repeated-next = Reload the page to see the result.
error-idempotency-key = The header Idempotency-Key takes a random UUID, such as 0192f7c1-…, another one for each submission.
once-title = This form was sent before
once-done = What you sent has arrived, and was counted once only.
once-first = What you sent first has arrived, and nothing in it was changed.
once-see = See it
once-typed = What you have written now is not sent yet
once-typed-hint = You can send it, too: it will be one more contribution.
once-send = Send it, too
once-leave = Do not send it
once-other = This form was sent before with another content. Nothing of what you sent now was taken.
filter-not-known = { $name }: “{ $value }” is not, or no longer, on this site. So nothing is shown for it.
filter-without-unknown = See without this condition
filter-bbox = Part of the map
error-gone = This is no longer here
error-gone-detail = What this feed or link followed is no longer on this site.
error-gone-next = Open the map and choose again what you want to follow.
error-full = There is no more room
error-full-next = Publish what you began, or take away what you no longer need.
photo-too-many-pending = You have sent { $most } photos that are not published yet. Take some away, or publish the idea that they belong to; else they are deleted after two days.
photo-kind-heic = This photo is in { $kind }, which many browsers do not show. Send it as JPEG: on an iPhone, Settings, Camera, Formats, “Most Compatible”; elsewhere, open the photo and export it as JPEG.
photo-kind-film = This is a film. Send a photo, in JPEG, PNG or WebP.
print-map = The map, up to date:
span-days = { $n ->
    [0] no day
    [one] one day
   *[other] { $n } days
  }
span-years = { $n ->
    [one] one year
   *[other] { $n } years
  }


process-roll-part-read = { $n ->
    [1] One address is on the list.
   *[other] { $n } addresses are on the list.
}
process-roll-part-unread = { $n ->
    [1] One passage could not be read: mend it below, then save again.
   *[other] { $n } passages could not be read: mend them below, then save again.
}
held-more = … and { $n } more, in the file to take away.
held-row = nothing more to say
held-feature = Your ideas and reports
held-argument = Your arguments
held-photo = Your photos
held-vote = Your votes
held-follow = What you follow
held-mail = E-mails written to you
held-session = Where you are signed in
held-account = Your account
held-role-grant = Your roles
held-deposit = Kept versions of what you wrote
held-flag = What you flagged to moderators
held-appeal = Your appeals
held-decision = Moderators’ decisions about what you wrote
held-answer = Answers that you wrote for the authority
held-status-change = Statuses that you changed
held-process-version = What you decided about processes
held-sign-in-link = Sign-in links asked for
held-ceremony = Sign-ins that were begun
held-passkey = Your passkeys
held-outside-identity = Your verified identities
held-kept-voice = Digests that lead to your voice
held-value-minus-2 = strongly against
held-value-minus-1 = against
held-value-0 = no opinion
held-value-1 = for
held-value-2 = strongly for
held-side-for = for
held-side-against = against
retention-rolls = Lists of people of a process, after its last phase
retention-law-rolls = The time in which the vote can be contested.
