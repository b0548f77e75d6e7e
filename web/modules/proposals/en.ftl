# Texts of the module proposals.

photo-no-room = There is no room left on this server to keep photos. Your text is here: publish without a photo, or try again later.
photo-unwritable = This server cannot keep photos for the moment. Your text is here: publish without a photo, or try again later.
photo-too-often = Many photos were sent in a short time. Your text is here: publish it without a photo, or try again later.
proposal-new = Propose an idea
proposal-edit = Change my idea
proposal-hidden = Moderators hid this contribution: changing it does not by itself make it public again, somebody reads it first.
proposal-hidden-why = Read the reason, or appeal
proposal-what = What?
proposal-otherwise = Without the map: a whole area, or coordinates
proposal-preview = Preview
proposal-waiting = No connection. Your text is kept on this device and is sent as soon as it is back; leave this page open, or come back later.
proposal-unreadable-shape = This drawing cannot be read. Draw it again, or choose a point.
proposal-too-many-vertices = { $count } corners are too many: { $most } at most. Simplify the drawing.
proposal-line-short = A line goes from one point to another: add a second one at least.
proposal-line-long = { $length } km is too long: { $most } km at most. Shorten the line, or choose a whole area.
proposal-area-corners = An area has three corners at least, and no hole.
proposal-area-crossed = The edges of the area cross each other. Move a corner, or draw it again.
proposal-area-large = { $size } km² is too large: { $most } km² at most. Make it smaller, or choose a whole area.
proposal-shape-outside = This drawing leaves the territory, by up to { $metres } m. Bring it back inside.
pick-corner = Add a corner here
pick-corner-name = Corner { "{n}" }: arrow keys move it, Delete removes it
pick-hint-there = Drag the marker with a finger, or move it with the arrow keys.
pick-hint-line = Touch the map at each turn, or bring it under the cross, then Enter.
pick-hint-area = Touch the map at each corner, or bring it under the cross, then Enter.
pick-outside = Outside the territory, { "{metres}" } m from its border.
pick-said = Placed: { "{areas}" }
pick-line-said = Line of { "{size}" }, { "{n}" } corners
pick-area-said = Area of { "{size}" }, { "{n}" } corners
pick-too-long = Too long: { "{most}" } km at most.
pick-too-large = Too large: { "{most}" } km² at most.
pick-too-many = { "{most}" } corners at most.
preview-title = Before you publish
preview-hint = This is what everybody will see.
withdrawn-title = Your idea is withdrawn
withdrawn-said = It is no longer on the map nor in the lists. You can still put it back, with its votes and arguments.
proposal-theme = Theme
proposal-theme-any = I don't know
proposal-photos = Photos, if you have any
proposal-photo-add = Add a photo
proposal-photo-hint = JPEG, PNG or WebP, four at most. The place and the camera written in the photo are erased. Avoid faces and number plates.
proposal-photo-alt = What it shows, for those who do not see it
proposal-photo-drop = Remove
proposal-photo-sending = Sending the photo…
proposal-photo-sent = Photo added.
proposal-photo-here = No connection: the photo is kept on this device and leaves with the rest.
proposal-place = Where?
proposal-place-hint = Touch the map, look for an address, or start from where you are.
proposal-lon = Longitude
proposal-lat = Latitude
proposal-area = Or a whole area
proposal-area-none = A precise point
proposal-pick = Map to place the idea on
proposal-public = Your idea shows on the map at once, without your name. You can withdraw it from this device.
proposal-too-long = { $length } characters is too long: { $most } at most.
proposal-unknown-theme = This theme does not exist, or no longer does. Choose another.
proposal-no-place = Say where: place a point on the map, or choose an area.
proposal-outside = This point is outside the territory, { $metres } m from its border. Move it closer.
error-not-yours = Only the person who placed this idea can withdraw it, from the same device.
error-answered = { $kind ->
    [report] The service has begun with this report: it cannot be changed any more. You can make another.
   *[proposal] This idea has been answered: it cannot be changed any more. You may still withdraw it, or place another one.
}
process-text-kept = Your text is still there, below: copy it if you want to keep it.
process-no-point = This consultation takes no idea placed by a point. Place it otherwise.
process-no-line = This consultation takes no idea placed by a line. Place it otherwise.
process-no-area = This consultation takes no idea placed by an area drawn by hand. Place it otherwise.
process-no-territory = This consultation takes no idea about a whole quarter or commune. Place it otherwise.
process-outside = This place is { $metres } m outside of “{ $area }”, which the consultation is about. Come closer, or place the idea outside of this consultation.
process-other-area = This consultation is about “{ $area }” only.
process-theme = This theme is none of the consultation’s. Choose another.
process-in = Consultation
process-in-none = None: an idea for the whole territory
process-in-hint = A consultation has its own rules and calendar.
process-waits = A moderator reads your idea before it appears on the map.
error-held = Moderators are looking after it: you cannot withdraw this contribution for now. See its page.
theme-of-other = The theme “{ $theme }” is the process “{ $process }”’s own. Choose another one, or place your idea in that process.
theme-go-on-in = See this process’s themes and rules
withdrawn-shell = Others gave an argument or the authority answered: a page without your text stays, for what they said.
withdrawn-shell-see = See that page
error-withdrawn-first = { $kind ->
    [report] You have taken this report back. Put it back first, then change it.
   *[proposal] You withdrew this contribution. Put it back first, then change it.
}
edit-meanwhile = This contribution was changed meanwhile, on another device or in another tab. It now says: “{ $title } – { $text }”. Compare it with what you wrote below: if you send it again, your text replaces it.
edit-too-large = { $kind ->
    [report] Others already support this report: its category stays, its place moves by { $metres } m at most, and its text stays nearly the same. Make another for what is new.
   *[proposal] Others already gave it a vote or an argument: you can change no more than { $allowed } characters of what they read. Change less, or place a new idea.
}
edit-too-far = { $kind ->
    [report] Others already support this report: its category stays, its place moves by { $metres } m at most, and its text stays nearly the same. Make another for what is new.
   *[proposal] Others already gave it a vote or an argument: its place can move no more than { $metres } m. Put it back, or place a new idea.
}
template-ideas = An idea box
template-what-ideas = Six weeks to propose, argue and vote, a month to answer. Everything can be changed later.
template-ideas-summary = Say what lacks, what is in the way, what would do good, where you live.
template-ideas-why = The commune prepares its next projects and wants to begin with what residents live.
template-ideas-asked = Place your idea on the map, in one sentence and a few lines. Read those of others, give your arguments and vote.
template-ideas-effect = Each idea gets an answer with its reasons: taken up, in part, or not. Those that are taken up enter the programme of works.
template-ideas-phase = Propose, argue, vote
template-ideas-answers = Answers of the commune
act-proposal = Propose an idea
