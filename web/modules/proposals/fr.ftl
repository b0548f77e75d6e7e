# Textes du module proposals.

photo-no-room = Il n’y a plus de place sur ce serveur pour garder des photos. Votre texte est là : publiez sans photo, ou recommencez plus tard.
photo-unwritable = Ce serveur ne peut pas garder de photos pour le moment. Votre texte est là : publiez sans photo, ou recommencez plus tard.
photo-too-often = Beaucoup de photos ont été envoyées en peu de temps. Votre texte est là : publiez sans photo, ou recommencez plus tard.
proposal-new = Proposer une idée
proposal-edit = Modifier mon idée
proposal-hidden = La modération a masqué cette contribution : la modifier ne la remet pas en ligne d’elle-même, une personne la relit.
proposal-hidden-why = Lire la raison, ou former un recours
proposal-what = Quoi ?
proposal-otherwise = Sans la carte : tout un secteur, ou des coordonnées
proposal-preview = Voir l’aperçu
proposal-waiting = Pas de connexion. Votre texte est gardé sur cet appareil et part dès qu’elle revient ; laissez cette page ouverte, ou revenez plus tard.
proposal-unreadable-shape = Ce tracé ne se lit pas. Tracez-le de nouveau, ou choisissez un point.
proposal-too-many-vertices = { $count } sommets, c’est trop : { $most } au plus. Simplifiez le tracé.
proposal-line-short = Une ligne va d’un point à un autre : ajoutez-en au moins un second.
proposal-line-long = { $length } km, c’est trop : { $most } km au plus. Raccourcissez la ligne, ou choisissez un secteur entier.
proposal-area-corners = Une zone a au moins trois sommets, sans trou.
proposal-area-crossed = Les bords de la zone se croisent. Déplacez un sommet, ou reprenez le tracé.
proposal-area-large = { $size } km², c’est trop : { $most } km² au plus. Réduisez la zone, ou choisissez un secteur entier.
proposal-shape-outside = Ce tracé sort du territoire, jusqu’à { $metres } m de sa limite. Ramenez-le à l’intérieur.
pick-corner = Ajouter un sommet ici
pick-corner-name = Sommet { "{n}" } : les flèches le déplacent, Suppr l’enlève
pick-hint-there = Le repère se tire du doigt ou avec les flèches.
pick-hint-line = Touchez la carte à chaque tournant, ou amenez-le sous la croix puis Entrée.
pick-hint-area = Touchez la carte à chaque coin, ou amenez-le sous la croix puis Entrée.
pick-outside = Hors du territoire, à { "{metres}" } m de sa limite.
pick-said = Placé : { "{areas}" }
pick-line-said = Ligne de { "{size}" }, { "{n}" } sommets
pick-area-said = Zone de { "{size}" }, { "{n}" } sommets
pick-too-long = C’est trop long : { "{most}" } km au plus.
pick-too-large = C’est trop grand : { "{most}" } km² au plus.
pick-too-many = { "{most}" } sommets au plus.
preview-title = Avant de publier
preview-hint = Voici ce que tout le monde verra.
withdrawn-title = Votre idée est retirée
withdrawn-said = Elle n’est plus sur la carte ni dans les listes. Vous pouvez encore l’y remettre, avec ses voix et ses arguments.
proposal-theme = Thème
proposal-theme-any = Je ne sais pas
proposal-photos = Des photos, si vous en avez
proposal-photo-add = Ajouter une photo
proposal-photo-hint = JPEG, PNG ou WebP, quatre au plus. Le lieu et l’appareil inscrits dans la photo sont effacés. Évitez les visages et les plaques.
proposal-photo-alt = Ce qu’elle montre, pour qui ne la voit pas
proposal-photo-drop = Retirer
proposal-photo-sending = Envoi de la photo…
proposal-photo-sent = Photo ajoutée.
proposal-photo-here = Pas de connexion : la photo est gardée sur cet appareil et partira avec le reste.
proposal-place = Où ?
proposal-place-hint = Touchez la carte, cherchez une adresse, ou partez de votre position.
proposal-lon = Longitude
proposal-lat = Latitude
proposal-area = Ou un secteur entier
proposal-area-none = Un point précis
proposal-pick = Carte où placer l’idée
proposal-public = Votre idée paraît aussitôt sur la carte, sans votre nom. Vous pourrez la retirer depuis cet appareil.
proposal-too-long = { $length } caractères, c’est trop : { $most } au plus.
proposal-unknown-theme = Ce thème n’existe pas ou plus. Choisissez-en un autre.
proposal-no-place = Dites où : placez un point sur la carte, ou choisissez un secteur.
proposal-outside = Ce point est hors du territoire, à { $metres } m de sa limite. Rapprochez-le.
error-not-yours = Seule la personne qui a déposé cette idée peut la retirer, depuis le même appareil.
error-answered = { $kind ->
    [report] Le service a commencé à traiter ce signalement : il ne se modifie plus. Vous pouvez en faire un autre.
   *[proposal] Cette idée a reçu une réponse : elle ne peut plus être modifiée. Vous pouvez encore la retirer, ou en proposer une autre.
}
process-text-kept = Votre texte est toujours là, plus bas : copiez-le si vous voulez le garder.
process-no-point = Cette démarche ne prend pas d’idée située par un point. Situez-la autrement.
process-no-line = Cette démarche ne prend pas d’idée située par un tracé. Situez-la autrement.
process-no-area = Cette démarche ne prend pas d’idée située par une zone dessinée. Situez-la autrement.
process-no-territory = Cette démarche ne prend pas d’idée sur un quartier ou une commune entière. Situez-la autrement.
process-outside = Cet endroit est à { $metres } m en dehors de « { $area } », le périmètre de la démarche. Rapprochez-vous, ou déposez l’idée hors de cette démarche.
process-other-area = Cette démarche ne porte que sur « { $area } ».
process-theme = Ce thème n’est pas de ceux de la démarche. Choisissez-en un autre.
process-in = Démarche
process-in-none = Aucune : une idée pour tout le territoire
process-in-hint = Une démarche a ses propres règles et son calendrier.
process-waits = Une personne de la modération relit votre idée avant qu’elle paraisse sur la carte.
error-held = La modération s’en occupe : vous ne pouvez pas retirer cette contribution pour l’instant. Voyez sa page.
theme-of-other = Le thème « { $theme } » est propre à la démarche « { $process } ». Choisissez-en un autre, ou déposez votre idée dans cette démarche.
theme-go-on-in = Voir les thèmes et les règles de cette démarche
withdrawn-shell = D’autres ont donné un argument ou la collectivité a répondu : une page sans votre texte reste, pour ce qu’ils ont dit.
withdrawn-shell-see = Voir cette page
error-withdrawn-first = { $kind ->
    [report] Vous avez retiré ce signalement. Remettez-le d’abord en ligne, puis modifiez-le.
   *[proposal] Vous avez retiré cette contribution. Remettez-la d’abord en ligne, puis modifiez-la.
}
edit-meanwhile = Cette contribution a été modifiée entre-temps, depuis un autre appareil ou un autre onglet. Elle dit maintenant : « { $title } – { $text } ». Comparez avec ce que vous avez écrit ci-dessous : si vous envoyez de nouveau, votre texte la remplace.
edit-too-large = { $kind ->
    [report] D’autres soutiennent déjà ce signalement : sa catégorie ne change plus, son lieu ne bouge plus de plus de { $metres } m, et son texte reste presque le même. Faites-en un autre pour ce qui est nouveau.
   *[proposal] D’autres ont déjà donné leur voix ou un argument : vous ne pouvez plus changer que { $allowed } caractères de ce qu’ils ont lu. Réduisez vos changements, ou proposez une nouvelle idée.
}
edit-too-far = { $kind ->
    [report] D’autres soutiennent déjà ce signalement : sa catégorie ne change plus, son lieu ne bouge plus de plus de { $metres } m, et son texte reste presque le même. Faites-en un autre pour ce qui est nouveau.
   *[proposal] D’autres ont déjà donné leur voix ou un argument : le lieu ne peut plus bouger de plus de { $metres } m. Replacez-le, ou proposez une nouvelle idée.
}
template-ideas = Une boîte à idées
template-what-ideas = Six semaines pour proposer, débattre et voter, un mois pour répondre. Tout se change ensuite.
template-ideas-summary = Dites ce qui manque, ce qui gêne, ce qui ferait du bien, là où vous vivez.
template-ideas-why = La commune prépare ses prochains projets et veut partir de ce que vivent les habitants.
template-ideas-asked = Placez votre idée sur la carte, en une phrase et quelques lignes. Lisez celles des autres, donnez vos arguments et votez.
template-ideas-effect = Chaque idée reçoit une réponse motivée : retenue, en partie, ou non. Celles qui sont retenues entrent dans le programme de travaux.
template-ideas-phase = Proposer, débattre, voter
template-ideas-answers = Réponses de la commune
act-proposal = Proposer une idée
