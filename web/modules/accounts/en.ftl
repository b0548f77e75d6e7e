# Texts of the module accounts.

error-role = Your account does not have the role that this page asks for. Ask somebody who administers this site for it.
desk-open = Administration
desk-first = What waits
desk-quiet = Nothing waits.
desk-quiet-said = All that is yours has been read or answered. The next contribution will appear here.
trouble-database = Nothing can be saved at the moment: { $why }. Tell the person who runs the server.
trouble-pictures = Photos cannot be saved at the moment: { $why }. Tell the person who runs the server.
trouble-why-full = no room is left on the disk
trouble-why-read-only = writing is refused
trouble-why-broken = the disk fails
trouble-why-busy = the database is busy
trouble-why-away = the database does not answer
desk-people = Accounts and roles

# Accounts: signing in
sign-in-title = Sign in
sign-in-why = With an account your ideas and votes follow you from one device to another, and you hear what becomes of them. No password: we send you a link.
sign-in-email = Your e-mail address
sign-in-email-hint = For example: camille@example.org. It is never shown to the public.
sign-in-send = Send me a link
sign-in-bad-address = This address is not complete: write it like camille@example.org.
sign-in-outside = Or with a verified identity
sign-in-demo = This is a demonstration: no letter leaves, all of them can be read here.
sign-in-sent-title = Look in your mailbox
sign-in-sent = A link to sign in is on its way to { $email }. It works for 15 minutes, once.
sign-in-sent-next = Open it on this device if you can. Nothing comes? Look among the junk mail, check the address, then ask for another link.
sign-in-again = Ask for another link
sign-in-elsewhere-title = Sign in on this device?
sign-in-elsewhere = This link was asked for on another device or in another browser, for { $email }. If that was you, confirm: you will be signed in here.
sign-in-here = Sign me in here
sign-in-elsewhere-not-me = You did not ask for anything? Close this page: the link does nothing without this button.
sign-in-refused-used = This link has been used
sign-in-refused-next-used = A link works once, and the latest one replaces the others. If that was not you, ask for another, then look in your account which devices are signed in.
sign-in-refused-expired = This link is no longer valid
sign-in-refused-next-expired = A link works for 15 minutes. Ask for another: it comes in a moment.
sign-in-refused-unknown = This link is not complete
sign-in-refused-next-unknown = Your mail program may have cut it in two. Copy the whole of it into the address bar, or ask for another.
letter-sign-in-subject = Your link to sign in to { $site }
letter-sign-in-body =
    Hello,
    Here is the link to sign in to { $site }:
    { $link }
    It works for 15 minutes, once.
    You did not ask for anything? Do nothing: without this link
    nobody gets into your account.
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

# Accounts: identity providers
outside-failed = The identity service did not answer as it should. Try again in some minutes, or sign in by a link.
outside-not-here = This does not belong to any request of this browser. Begin again on the sign-in page.
outside-late = This request has expired or has been used. Begin again on the sign-in page.
outside-cancelled = You chose not to identify yourself; nothing has changed. You can sign in by a link.
account-voice-held = Your voice is already that of an account that you have opened since. Sign in to that account, then link this address or identity to it.
outside-other-account = This identity belongs to another account already. Sign out, then come back by it.
outside-address-taken = An account has this e-mail address already. Sign in by a link first, then verify your identity on your account’s page.

# People and roles
people-who = Person
people-role = Role
people-where = Where
people-since = Since, by
people-everywhere = Everywhere
people-revoke = Take back
people-revoked = The role is taken back.
people-granted = The role is given. They will find it when they sign in next.
people-give = Give a role
people-email = The person’s e-mail address
people-email-hint = They need not have signed in yet.
people-process = In one consultation only
people-area = In one area only
people-grant = Give this role
people-find = Find an account
people-words = Name or e-mail address
people-none = No account matches.
people-last = This is the last role of administration: give it to somebody else first.
people-meanwhile = Somebody else did it already: load the page again to see the roles as they are.
people-has-already = This person has this role there already.
role-moderator = Moderation
role-agent = Answers
role-planner = Consultations
role-administrator = Administration
role-moderator-does = reads, hides, merges
role-agent-does = answers for the authority
role-planner-does = writes consultations; may moderate and answer, too
role-administrator-does = everything, and gives roles

# Accounts: one's own page, the demonstration's letters
account-title = My account
account-signed-in-as = You are signed in with the address { $email }, which the public does not see.
account-sign-out = Sign out
account-profile = What the public sees
account-name = Public name
account-name-hint = 2 to 60 characters; a pseudonym will do. Without a name nothing is shown.
account-name-length = This name does not fit: write 2 to 60 characters, or leave it empty.
account-choose = Choose from the list.
account-capacity = You speak as
account-area = Your commune
account-area-none = I do not say
account-save = Save
account-saved = Saved.
account-roles = Your roles
account-sessions = Signed-in devices
account-sessions-hint = A device that you do not know? Sign it out: it is out at once.
account-here = this device
account-seen = Seen on
account-end = Sign out
account-end-others = Sign out all others
account-ended = Done: that device is signed out.
inbox-open = Read the demonstration’s letters
inbox-title = Letters of the demonstration
inbox-why = No letter leaves this demonstration: everybody reads them here.
inbox-people = Play somebody
inbox-letters = Latest letters
inbox-empty = No letter yet. Choose somebody above: their link to sign in comes here.
demo-resident = A resident
demo-moderator = The moderator
demo-moderator-other = The other moderator
demo-agent = An agent
demo-planner = A planner
demo-administrator = The administrator

# Passkeys
passkeys-title = Passkeys
passkeys-hint = A passkey stays in your telephone, your computer or a security key, and is unlocked by finger, face or code. It signs you in without waiting for a letter, and protects roles.
passkey-needs = Passkeys need JavaScript and a recent browser. Without them, sign in by the link sent by e-mail; if your role asks for one, open this page in another browser.
passkey-name = Name of the passkey
passkey-name-hint = To tell it apart, for example: My telephone. Optional.
passkey-add = Add a passkey
passkey-added = Your passkey is added.
passkey-remove = Remove
passkey-removed = The passkey is removed. Delete it on your device, too: it opens nothing here any more.
passkey-created = Added on
passkey-used = used on
passkey-waiting = Follow what your device asks…
passkey-cancelled = Nothing was done: the request was cancelled, or waited too long. Try again whenever you like.
passkey-known = This device already has a passkey for this account.
passkey-unsupported = This device cannot keep a passkey that is protected by a code, a finger or a face. Try with a telephone or a security key.
passkey-device-refused = Your browser refuses passkeys at this address. They need an https address that is written with a name, not with numbers.
passkey-offline = The server did not answer. Check your connection, then try again.
passkey-refused = This passkey could not be verified. Try again; if it happens again, sign in by a link.
passkey-late = This request was used already or is more than five minutes old. Start again.
passkey-unknown = This passkey is no longer known here: it was removed. Sign in by a link.
passkey-of-another = This passkey belongs to another account.
passkey-too-many = You already have twenty passkeys: remove one first.
passkey-show-first = Show one of your passkeys first: with a role, they are not changed without that.
sign-in-passkey-title = Or with a passkey
sign-in-passkey = Use my passkey
second-factor-title = Confirm that it is you
second-factor-why = Your role gives you access to other people’s data: the link sent by e-mail is not enough. A passkey confirms it, for twelve hours on this device.
second-factor-none = You have none yet. Add one: your device does it, in a few seconds.
second-factor-show = Show my passkey
second-factor-lost = Lost your passkey? Another administrator can remove your passkeys on the server with the command “parvis admin forget-passkeys”; you will then add a new one here.
second-factor-later = Later: back to my account

# Letters about passkeys, and the way to showing one
letter-passkey-added-subject = A passkey was added to your account
letter-passkey-added =
    Hello,
    A passkey was added to your account on { $site }.
    When: { $day } at { $time } ({ $zone })
    From: { $browser }
    Was it you? There is nothing to do.
    Was it not you? Open your account at once: remove this passkey, then
    sign out all other devices. If you have a role on this site, tell the
    people who run it, too.
    { $page }
letter-passkey-removed-subject = A passkey was removed from your account
letter-passkey-removed =
    Hello,
    A passkey was removed from your account on { $site }: it opens
    nothing there any more.
    When: { $day } at { $time } ({ $zone })
    From: { $browser }
    Was it you? There is nothing to do.
    Was it not you? Open your account at once: sign out all other devices
    and look which passkeys are left. If you have a role on this site,
    tell the people who run it, too.
    { $page }
letter-passkeys-forgotten-subject = Your passkeys were removed from your account
letter-passkeys-forgotten =
    Hello,
    The people who run { $site } have removed all passkeys of your
    account and signed out all your devices, as is done when one is lost.
    Did you ask for it? Sign in by the link that you get by e-mail, then
    add a new passkey.
    Did you not? Tell them at once.
passkey-show-first-hint = To add or remove a passkey, show the one that you have first:
sign-in-no-letters = This site cannot send e-mails yet: nobody is sent a link to sign in. The site’s team must set up sending first.
sign-in-no-letters-outside = You can sign in by the other way, below.
sign-in-no-letters-visitor = If you already have a passkey on this device, it is enough. Without an account you can read all that is published, and take part where the process lets visitors.
letters-lack-way = E-mails do not leave: nobody can sign in by a link. Set mail in parvis.toml (or PARVIS_MAIL=smtp://user:password@host:587), then restart.
letters-lack-address = E-mails with a link do not leave: the site’s address is not set. Set public_url in parvis.toml (or PARVIS_PUBLIC_URL=https://…), then restart.
outside-title = Continue
outside-leaving = You are about to continue at { $label }.
outside-go = Continue at { $label }
outside-link-title = Verified identity
outside-link-why = Link your account to your { $label } identity: you can then sign in by it too, and take part where a process asks for a verified identity.
outside-link = Link my { $label } identity to this account
outside-linked = The identity is linked to your account.
outside-stale = Linking an identity needs a fresh sign-in. Sign out, sign in again, then try again within a quarter of an hour.
outside-changed = You are no longer signed in with the account that asked for this link. Nothing has changed.
erase-last-administrator = You are the last person who administers the site. Name somebody else first, on the page of people and roles; then you can erase your account.
passkey-last-administrator = You are the last person who administers the site, and this is your only passkey: add another first, or name somebody else.

# The desk's first page and its frame
desk-group-treat = Handle
desk-group-prepare = Prepare
desk-group-run = Administer
desk-waits = waiting
desk-oldest = longest wait:
desk-late-by = { $n ->
    [one] one day late
   *[other] { $n } days late
  }
desk-nothing-in = Nothing in:
desk-soon = Within two weeks
desk-others = To look through
desk-since = Since your last visit
desk-ago = time since then:
desk-since-nothing = Nothing new.
desk-rooms = All pages
desk-state = How the site is
desk-state-letters = Letters
desk-letters-failed = { $n ->
    [one] one letter did not leave
   *[other] { $n } letters did not leave
  }
desk-letters-fine = All have left.
desk-state-jobs = Background jobs
desk-jobs-fine = All on time.
desk-job-late = late by { $time }
desk-job-failed = { $count ->
    [one] failed
   *[other] failed { $count } times in a row
  }
desk-job-done = time since it was done last:
desk-state-database = Database
desk-state-media = Photos and documents
desk-state-disk = Free on the disk
desk-disk-narrow = Nearly full: tell the person who runs the server.
age-days = { $n ->
    [0] less than a day
    [one] one day
   *[other] { $n } days
  }
age-hours = { $n ->
    [one] one hour
   *[other] { $n } hours
  }
age-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }
bytes-kilo = { $number } kB
bytes-mega = { $number } MB
bytes-giga = { $number } GB
bytes-tera = { $number } TB
desk-guide = Guide for agents

# What the server does while nobody waits
desk-jobs = Background jobs
jobs-why = What the server does by itself. A job that fails is tried again, with growing pauses, until it succeeds. If it keeps failing, tell the person who runs the server: its log says why.
jobs-none = No job has been done yet: the site has just opened, and each waits for its turn.
jobs-name = Job
jobs-last = Last time
jobs-next = Next time
jobs-problem = State
jobs-ago = { $time } ago
jobs-in = in { $time }
jobs-never = not yet
jobs-running = under way
jobs-soon = any moment now
jobs-when-needed = as soon as there is something to do
jobs-fine = In order
jobs-run = Run
jobs-retry = Try again
jobs-fate-done = “{ $job }”: done.
jobs-fate-nothing = “{ $job }”: there was nothing to do.
jobs-fate-failed = “{ $job }”: it failed again, and will be tried again.
jobs-fate-elsewhere = “{ $job }”: a server is already at it.
jobs-fate-running = “{ $job }”: under way. Reload the page to see how it ends.
job-sessions = Forget sessions, links and forms that have expired
job-phases = Open and close the phases of processes
job-followers = Forget letters of followers that nobody confirmed
job-heads = Publish the register’s digest each day
job-work-letters = Write to agents what waits for them
job-work = Erase notes and assignments that need not be kept any longer
job-areas-forget = Erase files of areas that were left, and areas removed long ago
job-zones-forget = Erase zones removed long ago
job-retention = Apply how long things are kept
job-pictures = Delete the files of erased photos
job-photos = Delete photos that were sent and never published

# Letters that did not leave
desk-letters = Letters
letters-why = A letter that is refused is tried for about a day; then it waits here. Its text is not shown: it may hold a link to sign in.
letters-waiting = { $n ->
    [0] No letter waits for its turn.
    [one] One letter waits for its turn.
   *[other] { $n } letters wait for their turn.
  }
letters-none = No letter failed.
letters-all-again = Send all again
letters-try = Send again
letters-again = { $n ->
    [0] No letter is to be sent again.
    [one] One letter is tried again.
   *[other] { $n } letters are tried again.
  }
letters-subject = Subject
letters-to = To
letters-when = Given up on
letters-problem = What the server said
letters-tries = { $n ->
    [one] tried once
   *[other] tried { $n } times
  }

# Lists of the desk, and views of them that are kept
desk-col-photo = Photo
desk-col-title = Contribution
desk-col-age = Age
desk-col-votes = Votes
desk-col-late = Late
key-enter = Enter
key-help = Show or hide these shortcuts
desk-views = Saved views
views-manage = Manage views
views-why = A view keeps the filter and the order of a list under a name. It is opened from the menu.
views-none = No view. Filter or sort a list, then choose “Save this view”.
view-keep = Save this view
view-name = Name of the view
view-share = Seen by the whole team
view-save = Save
view-change = Rename, share or remove
view-remove = Remove the view
view-removed = The view is removed.
view-back = Put it back
view-of-team = for the team
view-of-me = for you alone
view-no-name = Give the view a name.
view-long-name = The name has more than { $most } characters.
view-taken = One of your views has this name already.
view-many = You have too many views: remove one first.
view-not-yours = This view is somebody else’s of the team.

# The tour of the demonstration
tour-offer = Here for the first time? A guided tour shows each page with the data of the demonstration.
tour-begin = Begin the tour
tour-step = Step
tour-before = Back
tour-after = Next
tour-end = Leave the tour
tour-done = Finish
tour-first = What waits
tour-first-said = The first page of agents. Red says that something is late; each card opens exactly the list that it counts.
tour-moderation = Moderation
tour-moderation-said = What residents flagged. Read, then publish or hide with a reason of the charter: the author is told and may appeal. A name is blacked out of a text without hiding the rest: the public log shows an example.
tour-answers = Answers
tour-answers-said = Contributions without an answer, here by votes. Some are assigned, others carry notes that agents alone read. Tick several to answer them together; “Sans réponse, les plus soutenues” is a view that the team shares.
tour-replies = Reply templates
tour-replies-said = Texts written once, in which the contribution’s reference and the process’s name fill themselves in. Put one into an answer, then adapt it.
tour-processes = Processes
tour-processes-said = A calendar, rules, documents. A process stays a draft until it is published, and each version can be put back.
tour-areas = Territory
tour-areas-said = The communes and quarters that filter the map and bound roles. They come from a file or are drawn.
tour-people = Accounts and roles
tour-people-said = Who moderates, who answers, who prepares: everywhere, in one process or in one area.
tour-site = The site
tour-site-said = Its name, colour, welcome, legal notice and how letters leave. The tour ends here.
