# Texts of the module work.

work-title = Internal work
work-hint = Only people who answer for the authority here see this part.
assign-is = Looked after by
assign-since = since
assign-astray = They can no longer answer here: give it to somebody else.
assign-nobody-yet = Nobody looks after this contribution yet.
assign-to = Give to
assign-nobody = Nobody
assign-do = Give
assign-me = I will look after it
assign-may-not = This person cannot answer this contribution: their role covers neither its process nor its area. Choose somebody from the list, or ask the site’s administrators to widen their role.
notes-title = Internal notes
notes-none = No notes.
notes-erased = Erased account
notes-changed = changed
notes-change = Change
notes-text = Text of the note
notes-save = Save
notes-take-back = Take back
notes-taken-back = You took this note back. Nobody reads it any more; it is erased after 30 days.
notes-put-back = Put back
notes-new = New note
notes-hint = At most 2,000 characters. Never published or exported; erased after two years. Stay factual: the person concerned may ask to read it.
notes-add = Add the note
note-empty = Write the note.
desk-replies = Reply templates
reply-what = Texts that are written once, to be inserted into an answer, then read again and completed before it is published.
reply-new = New reply template
reply-none-yet = No reply template yet.
reply-name = Name
reply-body = Text
reply-lang = Language
language-fr = French
reply-change = Change the reply template
reply-change-short = Change
reply-save = Save
reply-places = Replaced by what holds for each contribution:
reply-places-what = That is its title, its number and its process. Bold, italics, lists and links are possible. At most 3,500 characters.
reply-remove-title = Remove
reply-remove-hint = Answers that are published already do not change. You can put it back from the list.
reply-remove = Remove the reply template
reply-removed-title = Removed
reply-put-back = Put back
reply-made = The reply template is saved.
reply-changed = The reply template is changed.
reply-removed = The reply template is removed. You can put it back below.
reply-put-back-done = The reply template is offered again.
reply-name-taken = Another reply template has this name already.
reply-changed-now = Somebody changed or removed this reply template since you opened the page. What you typed is kept; save again to replace it.
reply-no-name = Give it a name of at least two characters.
reply-no-body = Write the text.
reply-no-lang = Choose a language from the list.
held-subject-note = Your internal notes
held-subject-assignment = What is given to you
privacy-name-work = The authority’s internal work
privacy-why-work = To share out contributions and to keep track of what was done before answering.
privacy-what-work = Internal notes on a contribution, who wrote them and when; to whom it is given.
privacy-basis-work = Public interest (GDPR, article 6(1)(e)).
privacy-keep-work = Two years; a note that was taken back, 30 days.
privacy-erasing-work = Notes on your contributions are erased. Those that you wrote for the authority stay, under an account that names nobody any more; nothing is given to you any more.
desk-my-letters = My letters
work-letters-what = A letter tells you what arrived where you act: contributions, answers that are late, flags and appeals. Nothing new, no letter.
work-letters-none = This site sends no letters yet: your choice will hold as soon as it can.
work-letters-done = Your choice is saved.
work-letters-pace = When to tell me
work-pace-now = At once
work-pace-daily = Each morning at 8
work-pace-weekly = On Monday mornings at 8
work-pace-never = Never
work-letters-absence = Absence
work-letters-absence-hint = While you are away, the person you choose is told instead of what both of you look after. Without anybody, you will be told of everything when you are back.
work-letters-from = From
work-letters-until = Until, that day included
work-letters-substitute = Who stands in for me
work-letters-save = Save
work-letters-stands-in = You stand in for { $name } until { $day }.
work-letters-no-pace = Choose when you want to be told.
work-letters-no-day = A day is written like 2026-07-14.
work-letters-both-days = Give the first and the last day, or neither.
work-letters-backwards = The last day comes before the first.
work-letters-no-substitute = Choose another person who has a role here.
letter-work-subject = To deal with on { $site }
letter-work = Hello,
    This is what arrived where you act.
letter-work-substitute = You receive this letter instead of { $name }, who is away.
letter-work-arrived = { $n ->
    [one] 1 new contribution:
   *[other] { $n } new contributions:
}
letter-work-late = { $n ->
    [one] 1 contribution has waited for an answer for longer than promised:
   *[other] { $n } contributions have waited for an answer for longer than promised:
}
letter-work-waiting = { $n ->
    [one] 1 contribution waits to be read:
   *[other] { $n } contributions wait to be read:
}
letter-work-flagged = { $n ->
    [one] 1 flag to look at:
   *[other] { $n } flags to look at:
}
letter-work-appealed = { $n ->
    [one] 1 appeal to look at:
   *[other] { $n } appeals to look at:
}
letter-work-end = To receive these letters more or less often: { $page }
    { $site }
held-work-letters = When you are told what arrives
