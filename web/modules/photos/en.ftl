# Photos at the desk: those that wait to be looked at, and what is covered in them.

desk-photos = Photos
photos-lists = Lists of photos
photos-waiting = Photos to check
photos-waiting-what = Only their author and agents see these photos. Cover faces, number plates and what can be read through windows, then publish.
photos-waiting-none = No photo is waiting.
photos-blurred = Recently covered photos
photos-blurred-what = The original of these photos is still kept: it can be put back.
photos-blurred-none = No original is kept.
photo-unsaid = Photo without a description
photo-blur = Cover a part of the photo
photo-waits = This photo waits to be checked: it is not published.
photo-is-off = This photo was taken off by moderators.
photo-blur-hint = Each frame is drawn anew from what surrounds it: nothing of what it covers stays in the published photo.
photo-blur-how = Draw a frame on the photo. With the keyboard: add a frame, move it with the arrows, make it larger with Shift and the arrows, take it away with Delete.
photo-frame = Frame
photo-frame-add = Add a frame
photo-frame-clear = Take all frames away
photo-frame-gone = Frame taken away
photo-frame-numbers = Frames in figures
photo-frame-numbers-hint = In per cent of the photo’s width and height, from its upper left corner. An empty row does not count.
photo-frame-left = From the left
photo-frame-top = From the top
photo-frame-width = Width
photo-frame-height = Height
photo-blur-do = Cover
photo-blur-publish = Cover and publish
photo-publish = Publish without covering anything
photo-moderate = Take the photo off (moderation)
photo-unblur = Put the original back
photo-original = The original
photo-original-see = See the original
photo-original-noted = Each look at the original is noted.
photo-original-until = The original is not public any more. It is kept until { $day }, then erased.
photo-original-kept = The original is kept for { $n ->
    [one] one day
   *[other] { $n } days
    }, so that one can go back; only agents and moderators can see it.
photo-looks = Who looked at it
photo-look-nobody = Erased account
photo-done-blurred = It is covered. You can put the original back below.
photo-done-unblurred = The original is back.
photo-done-published = The photo is published.
photo-frames-none = Draw at least one frame, or fill in a row.
photo-frames-many = No more than { $most } frames at a time.
photo-frames-wrong = A frame is not complete: four numbers from 0 to 100, and a frame of at least half a per cent.
photo-is-another = This photo has changed meanwhile: open its page again.
photo-waits-no-more = This photo waits no more: somebody has seen to it.
photo-original-gone = The original is not kept any more.
