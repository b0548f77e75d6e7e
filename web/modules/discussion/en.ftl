# Texts of the module discussion.

proposal-withdraw = { $kind ->
    [report] Withdraw my report
   *[proposal] Withdraw my idea
}
proposal-withdraw-sure = It will disappear from the map and the lists.
own-link = Your link for changes (do not share it)
own-edit = Change
vote-unknown-voice = “{ $value }” is not a voice: for, against or none.
feature-where = Where
feature-when = Submitted on
feature-see-on-map = See on the map
feature-gone = This contribution has just been taken off the map.
vote-said = Your choice is recorded.
act-failed = Your request could not be sent. Nothing that you wrote is lost: try again in a moment.
arguments-title = { $kind ->
    [report] More about it
   *[proposal] Arguments
}
arguments-for = For
arguments-against = Against
arguments-first-for = { $kind ->
    [report] Do you know the place? Say what the team should know before they come.
   *[proposal] Be the first to say what speaks for it.
}
arguments-first-against = Be the first to say what holds you back.
arguments-news-one = { $kind ->
    [report] 1 new detail
   *[proposal] 1 new argument
}
arguments-news = { $kind ->
    [report] { $n } new details
   *[proposal] { $n } new arguments
}
arguments-news-show = Show
argue-for = { $kind ->
    [report] Add a detail
   *[proposal] Give an argument for
}
argue-against = Give an argument against
argue-label-for = { $kind ->
    [report] Your detail
   *[proposal] Your argument for
}
argue-label-against = Your argument against
argument-hint = 1,000 characters at most, visible to all, without your name.
argument-left = { $n } left.
argument-submit = { $kind ->
    [report] Publish the detail
   *[proposal] Publish the argument
}
argument-added = { $kind ->
    [report] Your detail is published.
   *[proposal] Your argument is published.
}
argument-withdrawn = { $kind ->
    [report] Your detail is taken back.
   *[proposal] Your argument is taken back.
}
argument-too-short = { $kind ->
    [report] Write your detail: at least { $least } characters.
   *[proposal] Write your argument: at least { $least } characters.
}
argument-too-long = { $length } characters is too long: { $most } at most.
argument-unknown-side = “{ $value }” is not a side: for or against.
argument-side-not-here = To a report one adds a detail (side=for): nobody is against a repair.
share-title = Share
share-url = Address of this page
share-copy = Copy the address
share-copied = Address copied.
share-native = Share…
share-mail = Send by e-mail
share-print = Print
photo-alt = Photo { $number }, without description
vote-strongly_for = Strongly for
vote-neutral = No opinion
vote-strongly_against = Strongly against
vote-scale-for = Rather for
vote-scale-against = Rather against
votes-points = Points:
flag-link = Report
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
asked-title = Moderators ask you for a change
asked-said = Your contribution stays visible. Change it: it will be read again.
hidden-argument-title = One of your arguments was hidden
hidden-photo-title = One of your photos was taken off
appeal-offer = You disagree? You may appeal, once. Somebody else will read it.
appeal-body = Why this decision seems unfair to you
appeal-submit = Appeal
appeal-waiting = Your appeal has arrived. Somebody else than who decided will settle it, and you will read it here.
appeal-granted = Appeal granted
answer-why = Why:
answer-see = See what changes
answer-before = Earlier versions of this answer
answer-agent = For the authority
answer-edit = Change the answer
history-title = What became of it
history-placed = Placed
follow-hint = You will get an e-mail with each answer and each change of status.
follow-hint-none = This site cannot send e-mails yet: what you follow is kept, and you will be told once it can.
follow-on = You follow this contribution.
follow-sign-in = You have an account? Sign in to follow it
receipt-link = Your receipt (no. { $number })
receipt-argument = receipt no. { $number }
held-page-edit = Change the contribution
held-page-edit-hint = Once corrected, it stays hidden until moderators put it online again.
held-page-edit-waiting = Once changed, it still waits for moderators.
feature-withdrawn-on = Withdrawn by its author on
feature-withdrawn-said = Its text and place are no longer public; what others said of it and the authority’s answer stay.
feature-changed = changed on
feature-versions = What it said before
feature-version-until = Until
feature-edit-waits = Your change waits to be read by a moderator. Until then everybody reads the published version.
votes-apart = { $n ->
    [one] { $n } vote given under other rules is kept apart: it does not count here.
   *[other] { $n } votes given under other rules are kept apart: they do not count here.
}
own-copy = Copy this link
own-mail = Mail me this link
own-follow = Be told what becomes of it
own-mail-subject = My link to change “{ $title }”
