# Texts of the module answers.

desk-unanswered = Without an answer
desk-late = Answer is late (more than { $days } days)
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
answer-body-hint = Public, 4,000 characters at most. Bold, italics, lists and links are possible.
answer-motive-hint = A sentence or two. Needed for a refusal.
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
follow-stop-sure = You will get no more e-mail about this contribution.
follow-stopped = Done: you do not follow it any more.
follow-bad-key = This link is not complete. Open it from the e-mail, as a whole.
letter-answer-subject = Answer to “{ $title }”
letter-answer = Hello,
    { $authority } answers “{ $title }”.
    Outcome: { $verdict }
    { $answer }
letter-answer-motive = Why: { $motive }

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
status-elsewhere = “{ $title }” ({ $kind }) gets no answer here: its service treats it, at a desk of its own.
status-misfit = “{ $title }” ({ $kind }) cannot have the status “{ $status }”. Without an answer, it can have one of these: { $statuses }.
letter-status-subject = News: “{ $title }”
letter-status = Hello,
    “{ $title }” changes its status: { $status } (before: { $before }).
column-answer-verdict = Answer
column-answer-text = Answer: text
column-answer-motive = Answer: reason
column-answer-link = Answer: link
column-answer-authority = Answer: signed by
column-answer-date = Answer: date
answers-became = What became of the contributions
answer-assigned = Looked after by
answer-assigned-any = Anybody
answer-assigned-me = Me
answer-assigned-none = Nobody
answer-assigned-to = Looked after by
answer-assigned-nobody = Looked after by nobody
answer-work = Internal notes and who looks after it
answer-reply = Reply template
answer-reply-choose = Choose…
answer-reply-insert = Insert
answer-reply-manage = Manage reply templates
answer-reply-none-chosen = Choose a reply template, then “Insert”.
answer-reply-many-hint = { $places } are replaced for each contribution.
answer-previews = What will be published, for the first ones
answer-too-long-filled = With the reference and the process of “{ $title }”, the answer is longer than { $most } characters.
answer-undo = Undo
answer-undo-what = Letters leave in ten seconds: until then, you can undo all of it.
answer-undone = { $n ->
    [one] It is undone as if it had not been done; nobody was told.
   *[other] It is undone for { $n } contributions as if it had not been done; nobody was told.
}
answer-undo-late = Too late: ten seconds have passed and the letters leave. You can publish a new version of the answer, or change the status.
answer-undo-not-last = Somebody answered or changed the status since: nothing was undone.

# Following by letter, without an account
follow-letter-title = Tell me what becomes of it
follow-letter-email = Your e-mail address
follow-letter-submit = Tell me
follow-letter-hint = No account needed. An e-mail for each answer and each change of status; each of them lets you stop. The address serves nothing else.
follow-letter-none = This site cannot send e-mails yet. Try again later.
follow-letter-sent = Look into your mailbox
follow-letter-sent-to = An e-mail is on its way to
follow-letter-then = Follow its link to confirm: nothing is sent before. Without a confirmation, your address is erased after two days. Nothing arrives? Look among the junk, or ask again in an hour.
follow-letter-confirm-title = Confirm: be told by e-mail
follow-letter-follows = Confirmed: you will be told by e-mail
follow-letter-to = E-mails go to
follow-letter-confirm = Yes, tell me
follow-letter-refuse = No, erase my address
follow-letter-kept = The address is erased as soon as you stop.
follow-letter-ended = Done: you will receive nothing more about this. Your address is kept only if you follow something else.
follow-letter-gone = This link leads nowhere any more
follow-letter-gone-said = It is not whole, was not confirmed within two days, or you have stopped already. No address is kept for it.
letter-follow-ask-subject = Confirm: follow “{ $title }”
letter-follow-ask = Hello,
    You asked to be told what becomes of the contribution “{ $title }”.
    To confirm, follow this link within two days:
    { $link }
    You did not ask for anything? Do nothing: this address will be erased.
    { $site }
follow-letter-process = Follow by e-mail
follow-letter-back = Back to the page
follow-letter-hint-process = No account needed. An e-mail when a phase opens or closes; each of them lets you stop. The address serves nothing else.
letter-follow-ask-process = Hello,
    You asked to follow the process “{ $title }”.
    To confirm, follow this link within two days:
    { $link }
    You did not ask for anything? Do nothing: this address will be erased.
    { $site }
