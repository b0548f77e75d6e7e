# Texts of the module processes.

desk-drafts = Drafts
desk-phase-opens = “{ $title }”: “{ $phase }” begins
desk-phase-closes = “{ $title }”: “{ $phase }” closes
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
phase-opens = Opens (the territory’s time)
phase-closes = Closes (the territory’s time)
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
process-vote-against = Here one votes for only.
process-vote-scale = This voice does not exist in this consultation.
process-title = Title
process-summary = Summary, in one sentence
process-title-length = A title has between 3 and 120 characters.
process-summary-length = A summary has at most 300 characters.
process-number = Write a number between { $least } and { $most }.
process-no-shape = Choose at least one way to place an idea.
process-calendar-hint = A phase opens and closes by itself, to the minute. To be published, a process needs a phase in which residents can do something.
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
process-current = current
process-undo = Undo this change
process-saved = Saved.
process-restored = The version is back, as a new one.
process-restored-draft = The version is back, but stays a draft: it lacks what residents cannot do without.
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
theme-of-this-process = Themes of this process only
theme-of-this-process-none = None. A theme of its own is offered by this process only, beside the shared themes chosen below.
theme-add-own = Add a theme of its own
theme-own-only = No shared theme: only those of the process
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
process-roll-part-read = { $n ->
    [1] One address is on the list.
   *[other] { $n } addresses are on the list.
}
process-roll-part-unread = { $n ->
    [1] One passage could not be read: mend it below, then save again.
   *[other] { $n } passages could not be read: mend them below, then save again.
}
process-of-map = You see the consultation
process-about = Why, calendar and rules
process-template = Begin with
process-template-none = An empty page
process-template-none-what = No words, no calendar: everything is to be written before it is published.
process-template-unknown = There is no such template. Choose one of the list.
process-phase-name = { $named ->
    [yes] Phase { $n } “{ $phase }”: give it a name.
   *[other] Phase { $n }: give it a name.
 }
process-phase-opens = { $named ->
    [yes] Phase { $n } “{ $phase }”: say when it opens, at a time that exists (in the night when clocks go forward, the hour from 2 to 3 does not).
   *[other] Phase { $n }: say when it opens, at a time that exists (in the night when clocks go forward, the hour from 2 to 3 does not).
 }
process-phase-closes = { $named ->
    [yes] Phase { $n } “{ $phase }”: say when it closes, at a time that exists (in the night when clocks go forward, the hour from 2 to 3 does not).
   *[other] Phase { $n }: say when it closes, at a time that exists (in the night when clocks go forward, the hour from 2 to 3 does not).
 }
process-phase-order = { $named ->
    [yes] Phase { $n } “{ $phase }”: it must close after it has opened.
   *[other] Phase { $n }: it must close after it has opened.
 }
phase-title = Name of the phase
phase-title-en = In English
phase-up = Move earlier
phase-down = Move later
phase-remove = Remove
phase-removed = removed
phase-removed-what = It will leave the calendar when you save.
phase-said-add = One more phase: give it a name.
phase-said-full = This calendar has no room for another phase.
phase-said-moved = { $phase } is now phase { $n } of the calendar.
phase-said-remove = { $phase } will go from the calendar when you save.
phase-said-keep = { $phase } is back.
phase-said-failed = The server did not answer: nothing that you wrote is lost, try again.
hero-always = Always open
hero-always-says = You can take part whenever you like.
hero-now = Right now
hero-before = Coming up
hero-over = Participation has ended
hero-over-says = Contributions can still be read on the map.
hero-days-left = { $n ->
    [0] Last day,
    [1] 1 day left,
   *[other] { $n } days left,
 }
hero-until = until { $when }.
hero-opens-in = { $n ->
    [0] Opens today,
    [1] Opens tomorrow,
   *[other] Opens in { $n } days,
 }
hero-from = on { $when }.
hero-since = Closed since { $when }.
hero-next = Next: { $phase }, from { $when }.
process-map-alt = { $n ->
    [0] Map of the process, without a contribution: { $area }
    [1] Map of the process and its contribution: { $area }
   *[other] Map of the process and its { $n } contributions: { $area }
 }
process-contents = On this page
process-figures = Figures
process-results = Results
process-biases = Who was not heard
process-biases-what = What the authority knows of those who could not, or did not wish to, take part.
process-biases-hint = Which neighbourhoods, ages and situations hardly took part, and why: results are read within these limits.
process-results-hint = The section is on the page as soon as it has a text or a document.
process-results-documents = Documents published with the results
process-picture-alt = What the picture shows, for those who do not see it
process-picture-alt-legend = Description of the picture
process-picture-hint = JPEG, PNG or WebP, 12 MB at most. The picture is drawn anew: nothing that the camera wrote is kept.
process-parts = Sections
process-part-empty = empty
process-section-all = Everything on one page
process-section-head = Title and summary
process-section-texts = Why, what, and to change what
process-section-picture = Picture
process-section-calendar = Calendar
process-section-rules = Rules
process-section-themes = Themes
process-section-team = Team and contact
process-section-biases = Who was not heard
process-section-results = Results
process-section-state = Publication
process-lacks = What is missing before it is published
process-lacks-calendar = A calendar: at least one phase that says when people can take part.
process-lacks-title = A title.
process-lacks-order = Dates in order: a phase closes before it opens.
process-lacks-act = A phase in which residents can do something: none opens an action.
process-lacks-must = Needed
process-lacks-advice = Advised
process-stays-draft = The process stays a draft: it lacks what residents cannot do without.
process-stays-public = The process is public: it cannot lose what people cannot do without. Archive it, or make it a draft again, if it no longer takes place.
process-lacks-summary = A summary in one sentence: it is what lists and search engines show.
process-lacks-why = Why this process is held.
process-lacks-asked = What residents are asked.
process-lacks-effect = What their contributions can change.
process-lacks-team = Who runs it, and how to reach them.
process-lacks-alt = What the picture shows, for those who do not see it.
process-lacks-future = A phase to come: all of those in the calendar are over.
process-preview-title = Preview
process-preview-link = Address for a colleague who has a role in this process
process-preview-saved = Preview: the page as everybody will read it. It is for the team only.
language-en = English

# Letters to who follows a process
letter-process-subject = The process “{ $process }”
letter-process-opened = Hello,
    A phase opens in the process “{ $process }”: { $phase }.
    It closes on { $closes }.
letter-process-closed = Hello,
    A phase has ended in the process “{ $process }”: { $phase }.
