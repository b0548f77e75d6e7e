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
register-act-phase-opened = A phase opened
register-act-phase-closed = A phase closed
register-act-process = A process was changed
register-act-granted = A role was given
register-act-revoked = A role was taken back
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
privacy-keep-contributions = As long as the contribution is public. Without an account, the link to your browser is cut after { $visitors } days. What is withdrawn or hidden is erased after { $withheld } days.
privacy-erasing-contributions = What is public becomes anonymous, or goes with all its versions: you choose. The register keeps only that there was a deposit, then an erasure.
privacy-name-votes = Votes
privacy-why-votes = To count one voice for each person.
privacy-what-votes = The contribution, your voice, the date, and the value that recognises you. Nobody can read who voted what.
privacy-basis-votes = Task in the public interest (GDPR, article 6(1)(e)).
privacy-keep-votes = Without an account, the link to your browser is cut after { $visitors } days; with one, when the account is erased. The voice stays counted.
privacy-erasing-votes = Your voices stay counted, and are nobody’s.
privacy-name-accounts = Account and sessions
privacy-why-accounts = To recognise you from one device to another, and to write to you.
privacy-what-accounts = Your e-mail address, the public name that you choose, your capacity, your commune, and the devices that you are signed in on.
privacy-basis-accounts = Task in the public interest; an account is optional (GDPR, article 6(1)(e)).
privacy-keep-accounts = As long as you use it; emptied after { $accounts } days without signing in. A session that ended is erased after { $sessions } days.
privacy-erasing-accounts = The account is emptied, its sessions end.
privacy-name-letters = E-mails
privacy-why-letters = To send you what you asked for: sign-in links, receipts, answers.
privacy-what-letters = Your address and the text of the e-mail.
privacy-basis-letters = Task in the public interest (GDPR, article 6(1)(e)).
privacy-keep-letters = { $letters } days after it was sent.
privacy-erasing-letters = Erased.
privacy-name-moderation = Moderation
privacy-why-moderation = To apply the charter to everybody alike, and to account for decisions.
privacy-what-moderation = Flags, decisions, appeals and their reasons.
privacy-basis-moderation = Task in the public interest and legal obligation (GDPR, article 6(1)(c) and (e)).
privacy-keep-moderation = Decisions stay, without what names a person; the link to your browser is cut after { $visitors } days.
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
mine-features = { $n ->
    [1] One idea
   *[other] { $n } ideas
}
mine-arguments = { $n ->
    [1] One argument
   *[other] { $n } arguments
}
mine-photos = { $n ->
    [1] One photo
   *[other] { $n } photos
}
mine-votes = { $n ->
    [1] One vote
   *[other] { $n } votes
}
mine-letters = { $n ->
    [1] One e-mail
   *[other] { $n } e-mails
}
mine-sessions = { $n ->
    [1] One session
   *[other] { $n } sessions
}
mine-take-said = Everything kept on you, in a file that other software can read (JSON), with your photos.
mine-take = Take my data with me (ZIP)
mine-zip-about = Everything that { $site } keeps on you. data.json: the rows, table by table, texts included. photos/: your photos.
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
processing-unties = link cut, row by row
processing-by = anonymous, emptied or erased, as chosen
retention-title = Retention
retention-said = Applied every day; set in parvis.toml, [retention]. The last column says what would go now (parvis retention --dry-run says the same).
retention-rule = What
retention-days = Days
retention-law = Why so long
retention-now = Now
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
