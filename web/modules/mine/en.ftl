# My contributions.
own-link = My contributions
own-title = My contributions
own-of-account = What you did with your account, on all your devices.
own-of-browser = What you did from this browser, without an account.
own-sign-in = Find what belongs to an account
own-nothing = Nothing yet. Propose an idea, or open somebody else’s to vote and argue.
own-placed = My ideas
own-argued = My arguments
own-voted = My votes
own-followed = What I follow
own-spoken = votes: { $voices }, arguments: { $arguments }
own-voice-for = for
own-voice-against = against
own-voice-neutral = undecided
own-cut = The latest hundred are shown; “My data” has everything.
own-data = All that is kept on me
