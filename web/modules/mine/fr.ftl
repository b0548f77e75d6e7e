# Mes contributions.
did-link = Mes contributions
did-title = Mes contributions
did-of-account = Ce que vous avez fait avec votre compte, sur tous vos appareils.
did-of-browser = Ce que vous avez fait depuis ce navigateur, sans compte.
did-sign-in = Retrouver ce qui tient à un compte
did-nothing = Rien encore. Proposez une idée, ou ouvrez celle d’un autre pour voter et débattre.
did-placed = Mes idées
did-argued = Mes arguments
did-voted = Mes votes
did-followed = Ce que je suis
did-spoken = votes : { $voices }, arguments : { $arguments }
did-voice-for = pour
did-voice-against = contre
did-voice-neutral = sans avis
did-cut = Seules les cent plus récentes sont montrées ; « Mes données » a tout.
did-data = Tout ce qui est gardé sur moi
