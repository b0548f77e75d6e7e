# Texts that several modules use.

error-list = See the list
error-unavailable = The server is too busy
error-unavailable-detail = It could not answer in time.
error-unavailable-next = Try again in a minute. What you wrote is still on your device: go back to find it.
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
export-sheet = spreadsheet
export-arguments = arguments
site-account = My account
site-menu = Menu
site-list = The list
site-nav = Pages of this site
site-description = The territory’s ideas and reports on one map: add yours, argue, vote, and see what becomes of them.
kind-proposal = Ideas
kind-report = Reports
kind-project = Projects
kind-one-proposal = Idea
status-open = Received
status-under-review = { $kind ->
    [report] Acknowledged
   *[other] Under review
}
status-planned = Planned
status-closed = Closed without repair
status-accepted = Accepted
status-partly = Accepted in part
status-in-progress = In progress
status-done = { $kind ->
    [report] Repaired
   *[other] Done
}
status-refused = Not retained
facet-theme-none = No theme
facet-process-none = Outside any process
feature-count = { $n ->
    [one] 1 contribution
   *[other] { $n } contributions
}
feature-count-view = { $n ->
    [0] Nothing in view
    [one] 1 contribution in view
   *[other] { $n } contributions in view
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
map-empty = Nothing matches these filters.
map-empty-next = Widen the period, drop a filter, or propose the first idea.
map-loading = Drawing the map…
map-next = More of the list
map-no-webgl = This device cannot show the map. The list tells everything that it shows.
map-cancel = Cancel
map-close = Close

# How the map is drawn
map-bad-scheme = “{ $value }” is no scheme: light or dark.
map-bad-language = “{ $value }” is no language of this site: fr or en.
filter-words = Search the contributions
facet-theme = Theme
facet-status = Outcome
facet-process = Process
facet-area = Area
filter-area-any = The whole territory
filter-order = Sort by
filter-apply = Apply
filter-reset = Show everything
filter-unknown-parameter = Unknown parameter: “{ $name }”. Allowed parameters: { $allowed }.
filter-unknown-value = “{ $value }” is not a value of { $name }. Allowed values: { $allowed }.
filter-bad-date = { $name }: “{ $value }” is not a date. Write YYYY-MM-DD, for example 2026-03-31.
filter-bad-number = { $name }: “{ $value }” is not an allowed number.
filter-text-too-long = The search is too long: { $most } characters at most.
filter-since-after-until = The period begins ({ $since }) after its end ({ $until }).
place-off-the-map = These coordinates are not on the map: longitude from -180 to 180, latitude from -85 to 85, in degrees.
proposal-find = Search
proposal-correct = Correct
proposal-unsent = An idea is waiting on this device: it was not sent.
proposal-unsent-open = Take it up again
pick-shape = What you place
pick-point = A point
pick-line = A line
pick-area = An area
pick-here = Place it here
pick-undo = Undo the last
pick-clear = Clear
pick-hint-point = Touch the exact spot, or bring it under the cross: arrow keys, then Enter.
pick-too-far = Come closer, then touch the exact spot.
similar-title = Is it not there already?
similar-hint = Supporting an idea that exists brings it further. Is yours another one? Publish it.
similar-metres = { $n ->
    [0] at the same place
    [one] 1 m away
   *[other] { $n } m away
}
withdrawn-restore = Put it back on the map
proposal-title = Your idea in one sentence
proposal-title-hint = From 3 to 120 characters.
proposal-body = Explain it, if you like
proposal-body-hint = Plain text, 4,000 characters at most. Leave out people's names and addresses: everything is public.
proposal-locate = My position
proposal-locate-refused = Your position is not available. Place the point on the map or choose an area.
proposal-restored = Your draft is back: it had not been sent.
proposal-submit = Publish
proposal-problems = Something is left to correct; nothing that you wrote is lost.
proposal-title-short = Give a title of at least 3 characters.
proposal-unknown-area = This area does not exist, or no longer does. Choose another.
own-title = { $kind ->
    [report] This report is yours
   *[proposal] This idea is yours
}
own-said = { $kind ->
    [report] It is on everybody’s map. Keep this link: it alone lets you change or withdraw the report from another device.
   *[proposal] It is on everybody’s map. Keep this link: it alone lets you change or withdraw the idea from another device.
}
feature-area-only = About the whole area

# A contribution's page: voices, arguments, sharing
feature-map-wake = Click to move the map
votes-title = { $kind ->
    [report] Who else is concerned
   *[proposal] What residents think
}
votes-support = { $n ->
    [one] { $n } supporter
   *[other] { $n } supporters
}
votes-none = Nobody has taken a side yet.
votes-balance = { $share }% for: { $for } for, { $against } against
arguments-none = { $kind ->
    [report] No detail so far.
   *[proposal] No argument so far.
}
argument-mine = yours
argument-withdraw = { $kind ->
    [report] Take my detail back
   *[proposal] Take my argument back
}
feed-name = The latest contributions (Atom)

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
error-unauthorized = You have to sign in
error-unauthorized-detail = This act needs to know who you are.
error-unauthorized-next = Sign in, then try again.
error-forbidden = This is not allowed
error-forbidden-next = Go back to the page before. If you think this is a mistake, write to your authority.
error-other-site = This request comes from another site. Make it from our own pages.
error-second-factor = This page asks for a second proof: show your passkey on your account’s page, then come back.
error-read-only = Participation is closed on this map; reading stays open.
error-invalid = The request has an error
error-invalid-next = Correct the address or the form, then try again.
error-conflict = Something changed meanwhile
error-conflict-next = Reload the page, then try again.
error-unreadable = This request cannot be read
error-unreadable-detail = The form was lost on its way, perhaps by a broken connection.
error-unreadable-next = Go back: what you wrote is still there. Then send it again.
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
site-desk = Administration
pages-nav = Pages of the list
desk-moderation = Moderation
desk-answers = Answers
desk-processes = Processes
desk-privacy = Personal data

# Processes
processes-title = Consultations
process-sign-in = Sign in
process-of-feature = Consultation:
process-col-count = Contributions
process-col-do = Actions
process-by-nobody = Command line
process-put-back = Put back
process-save = Save
votes-mean = { $voices }, { $mean } on average
decimal-mark = .

# Limits of acts in a time (src/accounts/limits.rs)
error-later = Too often in a short time
error-later-seconds = Everybody can do this a number of times, and you have reached it. You can go on in { $count ->
    [one] one second
   *[other] { $count } seconds
  }.
error-later-minutes = Everybody can do this a number of times, and you have reached it. You can go on in { $count } minutes.
error-later-hours = Everybody can do this a number of times, and you have reached it. You can go on in { $count } hours.
error-later-next = Nothing is lost: go back, what you wrote is still there, and send it again then.

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
flag-back = Back to the contribution
held-waiting = Waiting
held-withdrawn = Withdrawn by its author
held-erased = Erased
held-merged = Merged
merged-here = United here:
appeal-refused = Appeal refused
appeal-own-decision = You took this decision: somebody else must settle the appeal.
appeal-once = An appeal was already made against this decision.
appeal-settled = This appeal is already settled.
appeal-no-decision = This decision does not hold any more: there is nothing to appeal. Reload the page.
appeal-not-yours = Only the author of the contribution can appeal, from the same device or with their account.
moderation-all = Check all
moderation-check = Choose
moderation-reason-choose = Choose…
moderation-previous = Previous page
moderation-next = Next page
moderation-too-many = That is too much at once: { $most } at most.
moderation-too-long = { $length } characters are too many: { $most } at most.
decision-undone-already = This decision was already taken back.
merge-itself = A contribution cannot be merged with itself.
merge-target-not-public = The other contribution is not public. Choose one that is.
merge-has-merged = Other contributions were merged into this one. Merge the other one into it instead, or take those merges back first.
merge-not-public = Only a contribution that is public, and that its author did not withdraw, can be merged.
merge-not-merged = This contribution is not merged.
log-title = Public moderation log
letter-follow-subject = News of a contribution that you follow: “{ $title }”
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
answer-by = Answer:
answer-one = Answer
answer-verdict = Outcome
answer-body = Answer
answer-motive = Why this decision
answer-link = Address of what changes (optional)
answer-authority = Signed by
answer-submit = Publish the answer
answer-verdict-misfit = This outcome does not suit this sort of contribution: a report is not “accepted”, it is dealt with or not.
follow = Follow
follow-stop = Stop following
site-privacy = Personal data
site-register = Register
retention-visitors = Link between a browser and its acts
retention-accounts = Accounts nobody signs in to
retention-sessions = Sessions that ended
retention-letters = E-mails sent
retention-withheld = Contributions withdrawn or hidden
retention-audience = Audience counts
capacity-resident = A resident
capacity-association = An association
capacity-professional = A professional
capacity-elected = An elected representative
capacity-agent = Staff of the authority

# Themes: their desk, and those that a process has of its own
desk-areas = Territory
area-changed-meanwhile = Somebody else has just used or removed this area. Go back to the list of areas.
desk-themes = Themes
theme-color = Colour
theme-made-meanwhile = Somebody has just made a theme of that name. Go back to the list of themes.
theme-changed-meanwhile = Somebody else has just used or removed this theme. Go back to the list of themes.

# What an author changes or takes back, and what others have in it.
rules-changed = The rules changed while you were writing. Read them again, then start over.
feature-withdrawn-title = Contribution withdrawn by its author
feature-withdrawn-closed = This contribution was withdrawn by its author: nobody can have a say on it any more. You can still take your vote back.
letter-follow-changed = “{ $title }” now says something else than when you had your say or chose to follow it. Read it again: you can change your vote.
revision-meanwhile = The author sent another version, or it was decided about already. Reload the page and read that one.
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
error-gone = This is no longer here
error-gone-detail = What this feed or link followed is no longer on this site.
error-gone-next = Open the map and choose again what you want to follow.
error-full = There is no more room
error-full-next = Publish what you began, or take away what you no longer need.
photo-too-many-pending = You have sent { $most } photos that are not published yet. Take some away, or publish the idea that they belong to; else they are deleted after two days.
photo-kind-heic = This photo is in { $kind }, which many browsers do not show. Send it as JPEG: on an iPhone, Settings, Camera, Formats, “Most Compatible”; elsewhere, open the photo and export it as JPEG.
photo-kind-film = This is a film. Send a photo, in JPEG, PNG or WebP.
mark-empty = Choose a file: the one that came is empty.
mark-too-large = This file is larger than { $most } MB. Choose a lighter one.
mark-no-picture = This file is no picture. Send the logo as SVG, PNG, JPEG or WebP.
mark-kind = Send the logo as SVG, PNG, JPEG or WebP, not { $kind }.
mark-broken = This file is damaged or incomplete. Export it again, or choose another.
mark-svg-too-much = This SVG is too complicated to be drawn: too many elements, or elements that are repeated or nested too often. Export it simplified, or send a PNG.
mark-svg-too-large = This SVG says that it is { $width } × { $height } pixels, which is too much: { $most } a side at most. Make it smaller, or remove its dimensions.
mark-svg-picture = This SVG holds a photo, or refers to a picture elsewhere, which would not be drawn. Export the logo as paths, or send a PNG.
mark-svg-effect = This SVG has an effect that is not drawn here ({ $effect }). Remove that effect, or send a PNG.
mark-svg-empty = This SVG shows nothing. Check that the logo is on its page, then export it again.
span-days = { $n ->
    [0] no day
    [one] one day
   *[other] { $n } days
  }
span-years = { $n ->
    [one] one year
   *[other] { $n } years
  }
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
figure-others = Others
zone-Europe-Paris = Paris time
zone-America-Guadeloupe = Guadeloupe time
zone-America-Martinique = Martinique time
zone-America-Cayenne = French Guiana time
zone-America-Miquelon = Saint-Pierre and Miquelon time
zone-Indian-Reunion = Réunion time
zone-Indian-Mayotte = Mayotte time
zone-Pacific-Noumea = New Caledonia time
zone-Pacific-Tahiti = Tahiti time
zone-Pacific-Wallis = Wallis and Futuna time
share-alt = { $title }, on the map of { $site }

# The address search, of forms and on the map
proposal-address = Address, street or place
proposal-address-example = 12 rue des Tanneurs
proposal-addresses = Places found
proposal-found = places found: choose with the arrow keys.
proposal-no-address = No known place has this name. Try the street without its number, or touch the map.
proposal-unknown-house = no such number in this street
