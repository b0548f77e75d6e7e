# Mes contributions.
own-link = Mes contributions
own-title = Mes contributions
own-of-account = Ce que vous avez fait avec votre compte, sur tous vos appareils.
own-of-browser = Ce que vous avez fait depuis ce navigateur, sans compte.
own-sign-in = Retrouver ce qui tient à un compte
own-nothing = Rien encore. Proposez une idée, ou ouvrez celle d’un autre pour voter et débattre.
own-placed = Mes idées
own-argued = Mes arguments
own-voted = Mes votes
own-followed = Ce que je suis
own-spoken = votes : { $voices }, arguments : { $arguments }
own-voice-for = pour
own-voice-against = contre
own-voice-neutral = sans avis
own-cut = Seules les cent plus récentes sont montrées ; « Mes données » a tout.
own-data = Tout ce qui est gardé sur moi
