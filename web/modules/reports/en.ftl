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
report-due = that is
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
report-begun = The service has begun with this report: it cannot be changed any more. You can make another.
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
report-clock-running = Expected before { $due }
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
