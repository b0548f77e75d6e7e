# Texts of the module moderation.

charter-intro = Here you may disagree, criticise a project or an elected official, and say so sharply. A contribution is hidden for one of these reasons only:
charter-how-title = How it works
charter-how-flag = Anybody can report a contribution or an argument, with a reason and a few words. A report hides nothing: a person has a look.
charter-how-person = No machine decides. Signals help to sort the queue; a person takes each decision.
charter-how-told = Authors are told the reason and what the moderator wrote, on the page of their contribution, and by e-mail if they have an account.
charter-how-appeal = Authors may appeal, once. Somebody else than who decided settles the appeal.
charter-how-log = Every decision is published, without hidden texts or names:
flag-title = Report a problem
flag-intro = A person reads your report. It is not published, and the author is not told that it came from you.
flag-reason = What is the problem?
flag-body = In a few words, if you like
flag-body-hint = At most 1,000 characters.
flag-submit = Send the report
flag-sent = Thank you, your report has arrived
flag-sent-said = A moderator will have a look. What they decide appears in the public log.
held-hidden = Hidden
merged-into = Merged into contribution
appeal-title = Appeal
appeal-says = The author appeals:
appeal-answer = Answer to the author
appeal-grant = Grant: publish it again
appeal-refuse = Refuse: the decision stands
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
ruling-hidden-part = Content hidden
ruling-restored-part = Content published again
ruling-hidden-photo = Photo taken off
ruling-restored-photo = Photo put back
ruling-asked = Change asked for
ruling-moved = Moved to another process
ruling-merged = Merged into another
ruling-undone = Decision taken back
ruling-taken-back = taken back since
decision-not-last = Another decision was taken since: take that one back first.
decision-withdrawn = Its author withdrew this contribution: there is nothing to decide any more.
decision-erased = What was written was erased: there is nothing to decide any more.
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
decision-not-for-arguments = Only a contribution can be decided about like this: everything else is published or hidden.
decision-merged = It is merged: take the merge back first.
decision-hidden = It is hidden: publish it first.
decision-hidden-already = It is hidden already.
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
letter-appeal-passage-granted = Hello,
    Your appeal about your text “{ $title }” is granted: the passage is no longer blacked out.
letter-appeal-refused = Hello,
    Your appeal about “{ $title }” was read by somebody else, and refused. The decision stands.
letter-reason = Reason: { $reason }
letter-note = The moderator’s words: “{ $note }”
letter-end = Its page: { $page }
    The charter: { $charter }
    { $site }
letter-follow-published = The contribution “{ $title }”, which you follow, is public.
letter-follow-hidden = The contribution “{ $title }”, which you follow, was hidden by moderators.
letter-follow-moved = The contribution “{ $title }”, which you follow, now belongs to another process.
letter-follow-merged = The contribution “{ $title }”, which you follow, was united with another contribution that says the same. You now follow that one.
letter-follow-undone = The contribution “{ $title }”, which you follow: a decision of moderators was taken back.
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
revision-too-large = Others had their say on the published version since: this change would change too much of it. Refuse it and say why.
letter-revised = Hello,
    Your change of “{ $title }” is published.
letter-kept = Hello,
    Your change of “{ $title }” is not published: the version that everybody reads stays.
letter-restored = Hello,
    The moderators put “{ $title }” back, which you had withdrawn.
revision-waits-here = Its author changed it: read and decide
redaction-mark = [nom retiré]
redaction-do = Remove a name or a passage
redaction-said = Each passage is replaced by “[nom retiré]” wherever it stands, in earlier versions too. The rest of the text reads as before. The author is told and may appeal; you can take this decision back.
redaction-add = Add the selection
redaction-passages = Passages to remove, one a line, exactly as they are written above
redaction-no-passage = Write at least one passage.
redaction-too-short = “{ $passage }” is too short: at least two characters.
redaction-not-there = “{ $passage }” is not in the text, written like this and in whole words. Copy it from the text.
redaction-not-of-this = Passages are removed from contributions and arguments only.
redacted-title = Moderators removed a passage of your text
ruling-redacted = Passage removed from the text
letter-redacted = Hello,
    Moderators removed a name or a passage of your text “{ $title }”. The rest reads as before. You may appeal from its page: somebody else will read it.
moderation-look-table = Show as a table
moderation-look-whole = Show whole texts
