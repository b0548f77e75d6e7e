# Reports.
facet-category = Category of report
facet-category-none = No category
facet-service = Service
facet-service-none = No service
facet-clock = Delay
facet-clock-running = Within its time
facet-clock-overdue = Overdue
facet-clock-paused = Clock stopped
facet-clock-in_time = Ended in time
facet-clock-late = Ended late
facet-clock-none = No clock
report-needs-reason = Say why this report is closed without a repair: the reason is published.
report-is-open = This report is still open: there is nothing to open again.
report-reopens-no-more = This report ended more than 30 days ago: make a new one, at the same place.
report-clock-stands = This clock is stopped already, or there is none.
report-clock-runs = This clock is running already.
report-withdrawn-close = Its author has taken this report back: all that is left is to close it.
act-report = Report a problem
report-new = Report a problem
report-new-lead = What did you see? First choose what it is: the report goes to the right service.
report-emergency = Immediate danger to somebody: call 112 (or text 114). This form is not read around the clock.
report-danger = Danger? Call:
report-none-offered = Nothing can be reported here yet: the authority has not set its categories.
report-none-contact = Write to the authority
report-search = Look for a category
report-search-example = pothole, street light, dumped waste…
report-search-go = Search
report-search-none = No category has these words: choose from the list.
report-search-found = Categories found
report-often = Most often
report-all = All categories
report-others = Say thank you, or suggest
report-rather-idea = It is rather an idea for the territory
report-other-category = Choose another category
report-category = Category
report-photos-checked = Photos are checked before they are published: an agent covers faces and number plates.
report-photos-waiting = { $n ->
    [one] A photo is being checked before it is published.
   *[other] { $n } photos are being checked before they are published.
    }
report-photos-look = Check them
report-queued = On this device, something waits for a connection. It leaves by itself.
report-queued-see = See what is waiting
report-queued-here = No connection. Your report is kept on this device and leaves as soon as there is one, even if you close this page.
report-queued-change = Change it
report-unsent = A report is waiting on this device: it was not sent.
report-unsent-open = Take it up again
report-restored = Here is what you had begun on this device.
report-check = Check and send
report-check-title = Before it is sent
report-send = Send the report
report-more = What helps the service
report-optional = (optional)
report-body = More about it
report-body-hint = What the photo does not show: since when, on which side, what to avoid. No name, no telephone number: this text is public.
report-public = Your report is on the map at once, without your name. You can take it back from this device.
report-waiting = No connection. Your report is kept on this device and leaves as soon as there is one; leave this page open, or come back later.
report-no-place = Say where: put a point on the map, or look for an address.
report-no-category = There is no such category any more: choose another.
report-answer-missing = Please answer this: the service needs it.
report-answer-long = That is too long: { $most } characters at most.
report-answer-unlisted = Choose one of the answers.
report-answer-one = One answer only, please.
report-answer-number = Give a number, for instance 2.5.
report-answer-day = Give a day, for instance 2026-11-30.
report-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
report-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
report-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
report-goes-to-by = This report goes to: { $service }; announced delay: { $target }.
report-goes-to = This report goes to: { $service }.
report-goes-nowhere = No service is named for this yet: the authority will choose who gets it.
report-due = that is, by
report-outside = This is a body outside the authority, which decides by itself.
report-border = You are at the border of two areas: on which side is it?
report-border-hint = A telephone may be wrong by a few metres.
report-known = Reported close by already
report-known-hint = If it is the same, say “me too”: it counts, and you will hear what becomes of it.
report-known-none = Nothing like it is reported close by.
report-metres = { $n ->
    [0] at the same place
   *[other] { $n } m away
}
report-supports = { $n ->
    [0] nobody else has said so
    [one] { $n } person has seen it too
   *[other] { $n } people have seen it too
}
report-me-too = Me too
report-not-yours = Only who made this report can change it, from the same device or by their link.
report-supported = Others already support this report: its category stays, its place moves by { $metres } m at most, and its text stays nearly the same. Make another for what is new.
report-read-first = This process reads every report before it is public: it is not changed here. Make another, or write to us.
report-in = Process
report-in-none = None
phase-act-report = report problems
rule-report = Report a problem
process-report-opens = Reports in this process open on { $when }.
process-report-closed = Reports in this process have been closed since { $when }. Outside it, a problem can be reported at any time.
process-report-never = This process collects no reports. Outside it, a problem can be reported at any time.
report-letter-received-subject = Report received: { $title }
report-letter-received = Hello,

    Your report “{ $title }” (no. { $number }) is registered.

    { $whom }

    Where it stands: { $page }

    { $site }
report-letter-service-subject = New report: { $title }
report-letter-service = Hello,

    A report “{ $title }” (no. { $number }) is given to: { $service }.
    Due: { $due }.

    Treat it: { $page }

    { $site }
report-no-due = no delay
report-letter-changed-subject = { $title }: news
report-letter-changed = Hello,

    The report “{ $title }” has another status: { $status }.
report-letter-ended = If it is not repaired, you have 30 days to say so on its page: { $page }
report-letter-ask-subject = { $title }: is it repaired?
report-letter-ask = Hello,

    For the service, your report “{ $title }” is at its end. Is it repaired? One question, asked once:

    { $link }

    This link is yours: for 30 days, it also opens the report again.
report-reason-not-needed = There was nothing to do
report-reason-not-found = Nothing was found there
report-reason-cannot = It cannot be done
report-reason-duplicate = Another report says the same
report-reason-not-ours = It is no service’s here
report-pause-author = an answer is awaited
report-pause-handed-over = another body has it
report-pause-works = works end first
report-where-it-stands = Where this report stands
report-outside-now = body outside the authority
report-ask = To reach it:
report-address = Address
report-reason = Reason
report-reopened = Opened again
report-reopened-count = { $n ->
    [one] once
   *[other] { $n } times
}
report-history = What was done
report-another = Report another one here
report-treat = Treat
report-not-repaired = It is not repaired
report-say-after = Say what you think of it
report-clock-running = Expected by { $due }
report-clock-overdue = Overdue since { $due }
report-clock-paused = The clock is stopped
report-clock-in-time = Ended in time, { $ended }
report-clock-late = Ended { $ended }, after it was due ({ $due })
report-clock-ended = Ended { $ended }
report-clock-none = No delay was announced
report-told-status = { $has_reason ->
    [yes] { $status }: { $reason }
   *[no] { $status }
}
report-told-routed = Given to: { $service }
report-told-handed-over = Handed over to: { $service }
report-told-returned = Came back from: { $service }
report-told-reopened = Opened again: somebody says that it is not repaired
report-told-paused = Clock stopped: { $reason }
report-told-resumed = The clock runs again
report-told-category = Another category
report-after = What became of this report
report-after-not-yours = Only who made this report, or somebody with an account who supported it, can say this.
report-rate = Is it repaired?
report-rate-outcome = As you see it
report-outcome-fixed = Yes, it is repaired
report-outcome-partly = In part
report-outcome-not = No
report-rate-grade = How satisfied you are, from 1 (badly) to 5 (very well)
report-rate-hint = Your opinion is counted, without your name, in the public figures. It opens nothing again: the button below does.
report-rate-send = Give my opinion
report-rated = Thank you, your opinion is counted.
report-rate-open = This report is not at its end: it is too early for an opinion.
report-rate-choose = Choose an answer, and a grade from 1 to 5 if you like.
report-reopen = Open the report again
report-reopen-say = What is still wrong?
report-reopen-hint = Public, and sent to the service. The clock begins anew.
report-reopen-note = Say in a few words what is still wrong ({ $most } characters at most).


# Desk
desk-reports = Reports
report-desk-catalogue = Catalogue of reports
report-desk-catalogue-what = What residents can report, who treats it, where and within what time. A change holds for reports to come: the time that was announced when a report was received changes no more.
report-desk-usual-what = The catalogue is empty. You can begin with what most communes use: ten types of reports and their categories, three services, target times and rules, which you then change.
report-desk-usual = Set up the usual categories
report-desk-usual-there = The catalogue is no longer empty: the usual categories were not added.
report-desk-done-usual = The usual categories are in place. Read the target times again: they will be announced to residents.
report-desk-done-category-made = The category is made.
report-desk-done-category-changed = The category is changed.
report-desk-done-category-removed = The category is removed. Its reports keep it.
report-desk-done-category-back = The category is offered again.
report-desk-done-service-made = The service is made.
report-desk-done-service-changed = The service is changed.
report-desk-done-service-removed = The service is removed. Its reports stay with it.
report-desk-done-service-back = The service receives reports again.
report-desk-rules-count = { $n ->
    [0] Routing rules
    [one] 1 routing rule
   *[other] { $n } routing rules
}
report-desk-rules = Routing rules
report-desk-days = Closed days
report-desk-faults = To be put right in the rules
report-desk-fault-ambiguous = Two rules that are as specific as each other overlap: until you choose, the older one holds.
report-desk-fault-unreached = { $category }: no rule says to whom this goes. These reports would have no service.
report-desk-fault-only-in-areas = { $category }: there are rules for some areas only. Elsewhere these reports would have no service.
report-desk-fault-service = This rule names a service that was removed and is passed over: { $rule }.
report-desk-fault-category = This rule is of a category that was removed and is passed over: { $rule }.
report-desk-fault-area = This rule is of an area that is gone or has no outline, and is passed over: { $rule }.
report-desk-try = Try it: who receives what?
report-desk-try-place = Address, or longitude and latitude (2.35, 48.85)
report-desk-try-do = Try
report-desk-try-nowhere = No known address is like it.
report-desk-try-nobody = No rule holds here: the report would have no service.
report-desk-try-near = Within 15 metres of there it would be another service: the resident will have to choose.
report-desk-try-whom = Whom
report-desk-try-why = Why
report-desk-try-when = By when
report-desk-try-due = , that is, if received now, by
report-desk-try-others = Not this address?
report-desk-no-target = No time announced.
report-desk-level-subtype-area = A rule names this category in this area:
report-desk-level-subtype = A rule names this category:
report-desk-level-type-area = A rule names this type of report in this area:
report-desk-level-type = A rule names this type of report:
report-desk-level-area = A rule names all that is in this area:
report-desk-level-everything = It is the rule of all that has no other:
report-desk-categories = Categories
report-desk-category = Category
report-desk-target = Target time
report-desk-count = Reports
report-desk-reports = { $n ->
    [0] No report
    [one] 1 report
   *[other] { $n } reports
}
report-desk-no-reports = none
report-desk-removed = removed
report-desk-up = Move up:
report-desk-down = Move down:
report-desk-add-below = Add below
report-desk-no-category = No category: residents cannot report anything yet.
report-desk-services = Services and authorities
report-desk-service-sort = Who is it?
report-desk-service-open = Open
report-desk-no-service = No service: make one before you write rules.
report-desk-inside = A service of the authority
report-desk-outside = An authority outside
report-desk-outside-hint = Département, utility, operator, neighbouring commune: the report is handed over to it, and the public page says who has it now.
report-desk-unreachable = No address to hand over to
report-desk-open-reports = { $n ->
    [0] no open report
    [one] 1 open report
   *[other] { $n } open reports
}
report-desk-category-new = New category
report-desk-category-make = Make the category
report-desk-label = Name
report-desk-label-en = Name in English
report-desk-label-length = Give it a name of 2 to 60 characters.
report-desk-label-taken = A category already has this name in the same place.
report-desk-bad-choice = Choose a value of the list.
report-desk-bad-number = Write a whole number within the bounds.
report-desk-bad-target = Write a number from 1 to 2,000, or nothing.
report-desk-bad-parent = A category that contains others cannot stand below a type.
report-desk-has-below = Other categories stand below this type: people choose among those.
report-desk-parent = Stands below
report-desk-no-parent = Nothing: it is a type
report-desk-keywords = Other words to find it by
report-desk-keywords-hint = Separated by commas: what people type when they look for it.
report-desk-hint = What belongs to it, and what does not
report-desk-sort = What is expected
report-desk-sort-problem = A repair: a target time is announced
report-desk-sort-thanks = Nothing: these are thanks
report-desk-sort-suggestion = To be read: it is a suggestion
report-desk-target-n = Number
report-desk-target-unit = Unit
report-desk-unit-working-days = working days
report-desk-unit-days = days
report-desk-unit-hours = hours
report-desk-target-hint = Empty: the time of its type, or none. The day of reception does not count; hours run day and night.
report-desk-duplicates = Reported already?
report-desk-metres = Within (metres)
report-desk-duplicate-days = Ended less than (days) ago
report-desk-danger = In danger
report-desk-danger-hint = Shown before it is sent: whom to call at once. Empty: nothing is shown.
report-desk-checks-photos = An agent looks at each photo before it is public
report-desk-questions = Questions to the resident
report-desk-questions-hint = Eight at most, and as few as possible: a report takes a minute. Empty the text of a question to remove it. To add several, save after each.
report-desk-question = Question
report-desk-question-new = New question
report-desk-question-text = Question
report-desk-question-text-en = Question in English
report-desk-question-answer = Expected answer
report-desk-question-values = Choices, one a line (of a list)
report-desk-question-required = An answer is required
report-desk-question-label = Question { $at }: write its text, or empty its choices.
report-desk-question-sort = Question { $at }: choose the expected answer.
report-desk-question-choices = Question { $at }: a list has 2 to { $most } choices.
report-desk-question-twice = Question { $at }: the choice “{ $choice }” is there twice.
report-desk-datatype-string = One line
report-desk-datatype-number = A number
report-desk-datatype-datetime = A date
report-desk-datatype-text = A few lines
report-desk-datatype-singlevaluelist = One choice of a list
report-desk-datatype-multivaluelist = Choices of a list
report-desk-remove-title = Remove
report-desk-put-back = Put back
report-desk-category-is-removed = This category is no longer offered.
report-desk-category-uses = { $n ->
    [one] 1 report has it and keeps it.
   *[other] { $n } reports have it and keep it.
}
report-desk-category-remove-hint = It will no longer be offered to residents. You can put it back.
report-desk-category-remove = Remove this category
report-desk-meanwhile = “{ $name }” was changed by somebody else while you were writing. Nothing is saved: read it again, then save once more for your version to hold.
report-desk-service-new = New service
report-desk-service-make = Make the service
report-desk-name = Name
report-desk-name-en = Name in English
report-desk-name-length = Give it a name of 2 to 80 characters.
report-desk-name-taken = A service already has this name.
report-desk-email = E-mail address
report-desk-email-hint = Where letters to it go. It is not published.
report-desk-bad-email = This is no e-mail address.
report-desk-contact = Whom to ask
report-desk-contact-hint = Published on the page of the reports that it has.
report-desk-open311 = Handing over by Open311
report-desk-open311-hint = If this authority takes reports through an Open311 interface (GeoReport v2), they are put there; else they leave by e-mail.
report-desk-open311-url = Address of the interface
report-desk-open311-jurisdiction = Territory (jurisdiction_id)
report-desk-open311-key = Key
report-desk-open311-key-kept = A key is kept; it is never shown. What you type replaces it.
report-desk-open311-key-none = No key is kept.
report-desk-open311-forget = Forget the key
report-desk-bad-url = Write a whole address, which begins with https://.
report-desk-agents = Agents of this service
report-desk-agents-hint = Their list begins with this service’s reports. What somebody may do depends on their role, not on this list.
report-desk-no-agent = Nobody so far.
report-desk-agent = Agent
report-desk-agent-add = Add
report-desk-agent-remove = Remove
report-desk-service-is-removed = This service receives no more reports: rules that name it are passed over.
report-desk-service-remove-hint = Rules that name it will be passed over; its reports stay with it. You can put it back.
report-desk-service-remove = Remove this service
report-desk-rules-what = A rule says which service treats a category in an area. The most specific holds: a category in an area, then a category, then its type, then an area, then everything else.
report-desk-no-rule = No rule: reports would have no service. Begin with one for everything, everywhere.
report-desk-every-category = Every category
report-desk-everywhere = Everywhere
report-desk-area-gone = An area that is gone
report-desk-own-target = Its own time
report-desk-own-target-hint = Empty: the category’s.
report-desk-target-of-category = the category’s
report-desk-choose = Choose…
report-desk-change = Change
report-desk-rule-new = New rule
report-desk-rule-make = Add the rule
report-desk-rule-no-service = A service is needed first.
report-desk-rule-service = Choose the service that treats it.
report-desk-rule-twice = There is a rule for this category and this area already: change that one.
report-desk-rule-version = A rule that changes becomes a new version. The old one stays in the history, with the reports received under it.
report-desk-rule-ended = This rule was changed or ended meanwhile. Nothing is saved.
report-desk-rule-end-title = End
report-desk-rule-end-hint = It will hold for no report to come.
report-desk-rule-end = End this rule
report-desk-rules-past = Earlier versions
report-desk-rules-past-hint = Reports received under an earlier version keep the time that it announced.
report-desk-rule-held = Held
report-desk-days-what = Days on which nobody works here, beside Saturdays, Sundays and the holidays of the law: a bridge day, a local feast. They do not count in a time of working days.
report-desk-no-day = No closed day beside those of the law.
report-desk-day = Day
report-desk-day-name = Name
report-desk-day-new = Add a day
report-desk-day-add = Add
report-desk-day-remove = Remove
report-desk-bad-day = Choose a day.
report-desk-day-label = Say why this day is closed.
report-desk-alsace-title = Alsace and Moselle
report-desk-alsace-hint = Local law adds Good Friday and 26 December.
report-desk-alsace = Add the days of
report-desk-good-friday = Good Friday
report-desk-second-christmas = Saint Stephen’s Day
report-desk-waits-open = Reports to take note of
report-desk-waits-overdue = Overdue reports
report-desk-mine = My services
report-desk-all = Every service
report-desk-by-service = Open reports, by service
report-desk-open = Open (all)
report-desk-on-map = See on the map
report-desk-rounds = Rounds
report-desk-nothing = No report passes these filters.
report-desk-choose-some = Choose reports
report-desk-acts = Treat what is checked
report-desk-treat = Treat this report
report-desk-report = Report
report-desk-received = Received on
report-desk-held = waits for moderation
report-desk-hidden = taken off by moderation
report-desk-not-public = not public
report-desk-is-hidden = Moderation took this report off: nothing public of it can change as long as it is.
report-desk-is-no-more-public = This report is not public any more: nothing public of it can change.
report-desk-shown = Publication
report-desk-shown-usual = Public, waiting
report-desk-shown-waiting = Waiting only
report-desk-shown-hidden = Taken off only
report-desk-elsewhere = Chosen on the map, on no line of this page of the list
report-desk-chosen-one = 1 report chosen.
report-desk-chosen-many = { "{n}" } reports chosen.
report-desk-chosen-too-many = A round has { "{most}" } at most.
report-map = Map of this list
report-map-hint = Click on a point to choose it, or to choose it no more: the same as checking it in the list. With a keyboard, check it in the list, or move the map and press Enter to choose what is in the middle.
report-map-legend = Legend
report-map-waiting = Waits for moderation: agents alone see it
report-map-hidden = Taken off by moderation: agents alone see it
report-map-chosen = Chosen
report-map-open = Open this report
report-map-all = Choose all that the map shows
report-map-not-yours = This report is not one of those that you treat.
report-map-cut = The map shows too many: the first 200 of the list are chosen. Come nearer to choose the others.
report-map-nothing = The map shows no report of this list.
report-map-bad-box = This is no box: write west,south,east,north in degrees.
report-map-held-failed = What is not public could not be read: the list shows it.
report-map-held-drawn = { $n ->
    [0] There is nothing to draw that is not public in this list.
    [one] 1 report that is not public is drawn.
   *[other] { $n } reports that are not public are drawn.
}
report-map-held-cut = This list has { $total } of them: the map draws { $most } at most, those that come first in the list.
report-map-held-unplaced = { $n ->
    [one] 1 more has no point on the map: the list shows it.
   *[other] { $n } more have no point on the map: the list shows them.
}
report-desk-reopened = opened again
report-desk-supporters = { $n ->
    [one] 1 person concerned
   *[other] { $n } people concerned
}
report-desk-support = Also reported by
report-desk-note = A word for the public
report-desk-note-hint = Not required. It is published in the history and sent with the letter. Notes among agents have a page of their own.
report-desk-reason = If closed without repair: why?
report-desk-no-reason = Does not apply
report-desk-do-status = Change the status
report-desk-give-to = Give to
report-desk-do-service = Give
report-desk-file-under = File under
report-desk-do-category = Change the category
report-desk-pause-why = Stop the clock: why?
report-desk-do-pause = Stop the clock
report-desk-do-resume = Start it again
report-desk-make-round = Make a round of them
report-desk-none-checked = Check at least one report.
report-desk-too-many = Check { $most } reports at most.
report-desk-done = Done.
report-desk-done-count = { $n ->
    [0] Nothing changed.
    [one] 1 report changed.
   *[other] { $n } reports changed.
}
report-desk-same = { $n ->
    [one] 1 was so already.
   *[other] { $n } were so already.
}
report-desk-undo-what = You can still undo it: letters leave in ten seconds only.
report-desk-undo = Undo
report-desk-undone = { $n ->
    [one] 1 report is as it was; no letter left.
   *[other] { $n } reports are as they were; no letter left.
}
report-desk-undone-one = The report is as it was; no letter left.
report-undo-late = Too late for the report no. { $number }: ten seconds have passed and letters leave. Nothing is undone; you can change again what is not right.
report-undo-not-last = Something else happened to the report no. { $number } since: nothing is undone. Read it again, then change what is not right.
report-desk-stopped = Nothing is saved. This is what happened since this page was opened, or what is in the way; read it, then begin again.
report-desk-gone = There is no such report any more.
report-desk-waits-to-be-read = This report is not public: its status can change once moderation has published it.
report-desk-public-page = Public page
report-desk-notes = Notes among agents, and who looks after it
report-desk-doubles = The same problem?
report-desk-doubles-hint = Reports of the same type, close by. Merging closes this one as a double: its supporters count there, each once.
report-desk-shared = words in common:
report-desk-metres-away = { $n ->
    [0] in the same place
    [one] 1 metre away
   *[other] { $n } metres away
}
report-desk-merge = Merge into
report-desk-merge-note = Merged with report no. { $number }, which says the same.
report-desk-merged = Both reports are merged here.
report-desk-merged-here = Merged here:
report-desk-is-merged = Merged into another report:
report-desk-separate = Take them apart again
report-desk-separated = This report stands alone again, with its own supporters.
report-desk-status = Status
report-desk-words = Words
report-desk-any = Any
report-desk-followed-by = Looked after by
report-round = Round
report-round-name = Round of { $day }
report-round-what = A round puts reports in the order in which one passes them. Choose them in the list or on its map, then “Make a round of them”.
report-round-none = You have no round yet.
report-round-nothing = Check at least one report to make a round of.
report-round-too-many = A round has { $most } stops at most.
report-round-stops = Stops done
report-round-ended = ended
report-round-done-of = stops done
report-round-said = Noted.
report-round-more = Other actions
report-round-empty = This round has no stop left.
report-round-from-here = Order from where I am
report-round-order = Order from the nearest to the nearest
report-round-print = To be printed
report-round-end = End the round
report-round-again = Go on with the round
report-round-go = See the place
report-round-photo = Photo after
report-round-photo-alt = Photo taken by an agent who was there
report-round-fixed = Done: it is repaired
report-round-passed = Seen, not repaired
report-round-drop = Take it out of the round
report-round-back = Not done yet
report-round-was-done = done
report-round-not-public = no longer public
report-round-waiting = No connection: what you ticked is kept on this device and leaves as soon as there is one. Leave this page open, or come back to it. A photo chosen without a connection has to be chosen again.
report-round-back-to = Back to the round
report-round-nth = No.
report-round-where = Where
report-round-fixed-short = Repaired
report-round-remarks = Remarks

# Delays.
delays-link = Repair times
delays-of-such = How long such reports take to be repaired
delays-title = How long repairs take
delays-description = How long reports take to be repaired, by category, area and service: median, nine in ten, share within the announced time, what is overdue now.
delays-intro = Every repaired report counts, from the day it arrived. What is overdue and not done counts as well: a delay does not vanish because it lasts.
delays-counted = Counted on { $when }, over everything that has ended.
delays-counted-since = Counted on { $when }, over what has ended since { $since }.
delays-period = Period
delays-period-year = The last twelve months
delays-period-all = Since the beginning
delays-category = Category
delays-area = Area
delays-service = Service
delays-every = All
delays-show = Show
delays-show-all = Show everything
delays-empty = There is nothing to count yet.
delays-empty-what = From the first report on, this page will say what waits, what is repaired, and how long it took.
delays-empty-filtered = No report matches this choice in this period.
delays-brief = In short
delays-by-category = By category
delays-by-area = By area: { $level }
delays-by-service = By service
delays-all = All
delays-others = Others
delays-elsewhere = Elsewhere, or in none
delays-no-service = No service
delays-repaired = Repaired
delays-median = Median time
delays-nine = Nine in ten within
delays-in-time = In time
delays-overdue = Overdue, not done
delays-open = Open
delays-closed = Closed without repair
delays-number = { $n }
delays-percent = { $share }%
delays-less-than-an-hour = less than 1 h
delays-hours = { $n } h
delays-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
delays-not-yet = not reached yet
delays-nothing = –
delays-meaning = What these figures say
delays-repaired-means = Reports whose repair is said to be done, and that were published at that moment; a duplicate that was merged before does not count. A report that is reopened is not counted here until it is repaired again. Thanks and suggestions have no deadline: they count nowhere on this page.
delays-median-means = Half of them were repaired in less time, half in more. Time runs from the report’s arrival to its repair, nights, weekends and pauses included, and from its first arrival where it was reopened. It is counted in whole hours for two weeks, in whole days beyond. What is overdue and not done counts as longer than anything that was repaired: where there is too much of it, the median is “not reached yet”.
delays-nine-means = Nine reports in ten were repaired within this time, counted like the median.
delays-in-time-means = Of the reports for which a time was announced: the share repaired before it ran out, pauses taken off. Below the line stands what was repaired in time, repaired late, or is overdue and not done. Rounded down.
delays-overdue-means = Reports still open whose time is over at this moment, whatever period is chosen.
delays-closed-means = Reports that ended without a repair, with their reason: nothing to do, not found, impossible, duplicate, not ours. They never count as repaired, nor as in time.
delays-others-means = A row of fewer than five reports is not shown alone: it joins the other small ones. The rows of a table, “Others” included, always add up to all.
delays-take = Take these figures
delays-csv = CSV
delays-figures = All figures of participation
delays-file = delays
job-reports-overdue = Tell the register which reports are overdue
job-reports-delays = Count how long repairs take
job-reports-handover = Hand reports over to other authorities, and follow what they say

# Open311: what other organisations’ software reads.
open311-contact = { $site }: { $address }. jurisdiction_id (optional): { $jurisdiction }.
open311-key = A key is needed to send, not to read. Ask the authority for one: { $address }
open311-notice = Passed on to: { $service }.
open311-notice-due = Passed on to: { $service }. To be done by { $day }.
open311-notice-nobody = Received. The authority will say which service treats it.
open311-no-jurisdiction = jurisdiction_id: this territory is not ours.
open311-no-service = service_code: no category has this code.
open311-no-request = service_request_id: no public report has this number.
open311-no-date = { $field }: give a date in the W3C’s format, for example 2026-01-31T08:00:00Z.
open311-end-before-start = end_date is before start_date.
open311-too-long = Ask for at most 90 days at a time.
open311-no-number = { $field }: give a whole number from 1 to { $most }.
open311-no-status = status: open, closed, or both separated by a comma.
open311-no-update-status = status: this word is not known. Send open or closed.
open311-no-form = Send a form: application/x-www-form-urlencoded, UTF-8.
open311-needs-service = service_code: one is needed.
open311-needs-request = service_request_id: one is needed.
open311-needs-place = A place is needed: lat and long, or address_string.
open311-no-address = address_string: this address is not known here, or several answer to it. Send lat and long.
open311-needs-attribute = attribute[{ $field }]: an answer is needed.
open311-no-attribute = attribute[{ $field }]: this answer does not suit the question.
open311-too-much = description: at most { $most } characters.
open311-told-routed = Passed on to the service
open311-told-handed_over = Passed on to another organisation
open311-told-returned = Came back from the other organisation
open311-told-reopened = Reopened
open311-told-paused = Its clock stands still
open311-told-resumed = Its clock runs again
open311-told-category = Filed under another category

# Handing over to another organisation.
handover-title = Hand over to another organisation
handover-now = Handed over to:
handover-state = Sending
handover-state-waiting = Waits to be sent
handover-state-sent = Sent
handover-state-failed = Not sent
handover-reference = Its number there
handover-remote = Latest news
handover-remote-open = The report is open there.
handover-remote-closed = The report is closed there. Say here whether it is repaired, or why it is not.
handover-problem = What is wrong
handover-problem-address = This organisation’s Open311 address cannot be used: it must begin with https:// and not be in a private network.
handover-problem-silent = Its server does not answer. It will be tried again.
handover-problem-refused = Its server refused:
handover-problem-unreadable = Its server’s answer cannot be read.
handover-problem-no-service = It has no category of that name. Take the report back, then hand it over with one of its codes:
handover-again = Try again
handover-back = Take the report back
handover-back-note = Why it comes back (published)
handover-back-hint = The rules will say anew which service it goes to, and its clock will run again. What has left cannot be called back.
handover-leaves = What will be sent
handover-leaves-what = Only what everybody can read on the report’s page:
handover-category = Category
handover-text = Text
handover-place = Place
handover-photo = Photo
handover-page = Page
handover-stays = Neither the name nor the address nor anything else of who reported it is sent. Where the text or the photo shows somebody, take that off first.
handover-to = To whom
handover-whom = Organisation
handover-way-open311 = By its online service (Open311); its number and its news will come back here.
handover-way-letter = By e-mail.
handover-way-none = Neither an Open311 address nor an e-mail address: complete it among the services.
handover-note = What you add (published, and sent)
handover-note-hint = For example why it is this organisation’s to act.
handover-code = Its category code (Open311, optional)
handover-code-hint = Empty: the category of the same code or name is chosen.
handover-send = Hand over
handover-done-sent = The report is handed over. It is sent in a moment.
handover-done-again = It is being tried again.
handover-done-back = The report is back.
handover-ended = This report has ended: it cannot be handed over any more.
handover-not-public = This report is not public: it cannot be handed over.
handover-already = This organisation has this report already.
handover-not-there = No other organisation has this report.
handover-no-way = This organisation has neither an Open311 address nor an e-mail address.
handover-nobody = No outside organisation is known. Add one among the services.
handover-no-other = No other outside organisation is known.
handover-letter-subject = { $category }: report no. { $number } – { $site }
handover-letter = Hello,

    This report reached us, and it is { $service }’s to act.

    { $category }
    Address: { $address }
    Coordinates (latitude, longitude): { $place }

    { $text }

    We publish what becomes of it: answer this e-mail, naming no. { $number }.

    { $site }
