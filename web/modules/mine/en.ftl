# My contributions.
did-link = My contributions
did-title = My contributions
did-of-account = What you did with your account, on all your devices.
did-of-browser = What you did from this browser, without an account.
did-sign-in = Find what belongs to an account
did-nothing = Nothing yet. Propose an idea, or open somebody else’s to vote and argue.
did-placed = My ideas
did-argued = My arguments
did-voted = My votes
did-followed = What I follow
did-spoken = votes: { $voices }, arguments: { $arguments }
did-voice-for = for
did-voice-against = against
did-voice-neutral = undecided
did-cut = The latest hundred are shown; “My data” has everything.
did-data = All that is kept on me
