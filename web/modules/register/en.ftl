# Texts of the module register.

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
register-act-answer-undone = Answer taken back by the authority within ten seconds
register-act-status = Status changed
register-act-erased = Erased at the person’s request, or at the end of its retention
register-act-argued = An argument was deposited
register-act-argument-withdrawn = An argument was withdrawn by its author
register-act-argument-hidden = An argument was hidden
register-act-argument-restored = An argument was put back
register-act-redacted = Passage removed by moderators
register-act-redaction-ended = Passage put back
register-act-argument-redacted = Passage of an argument removed by moderators
register-act-argument-redaction-ended = Passage of an argument put back
register-act-photo-hidden = A photo was taken off by moderators
register-act-photo-restored = A photo was put back
register-act-photo-checked = A photo was checked and published
register-act-photo-blurred = A part of a photo was covered
register-act-photo-unblurred = The original of a photo was put back
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
receipt-moment = { $day } at { $time } ({ $zone })
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
