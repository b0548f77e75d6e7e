# Textes que plusieurs modules emploient.

error-list = Voir la liste
error-unavailable = Le serveur est trop occupé
error-unavailable-detail = Il n’a pas pu répondre à temps.
error-unavailable-next = Recommencez dans une minute. Ce que vous avez écrit est resté sur votre appareil : revenez en arrière pour le retrouver.
error-busy = Le serveur est occupé
error-busy-detail = D’autres écritures sont en cours, et la vôtre n’a pas pu passer à temps. Rien n’a été enregistré.
error-busy-next = Recommencez dans quelques secondes.
error-away = La base de données ne répond pas
error-away-detail = Ce site ne peut ni lire ni enregistrer pour le moment. La carte reste visible.
error-away-next = Recommencez dans une minute : le site revient de lui-même dès que la base répond.
error-no-room = Il n’y a plus de place pour enregistrer
error-no-room-detail = L’espace de ce serveur est plein : rien n’a été enregistré. Les personnes qui administrent le site le voient aussi.
error-no-room-next = Gardez votre texte et recommencez plus tard, ou prévenez votre collectivité.
error-unwritable = Ce site ne peut rien enregistrer pour le moment
error-unwritable-detail = La base de données se lit, mais ne s’écrit plus : rien n’a été enregistré. Les personnes qui administrent le site le voient aussi.
error-unwritable-next = Gardez votre texte et recommencez plus tard, ou prévenez votre collectivité.
error-method = Cette adresse ne se visite pas ainsi
error-method-detail = Elle ne sert qu’à recevoir un formulaire.
error-method-next = Revenez à la carte ou à la liste, et reprenez de là.
site-skip = Aller au contenu
site-language = English
site-map = La carte
site-new = Proposer une idée
export-sheet = tableur
export-arguments = arguments
site-account = Mon compte
site-menu = Menu
site-list = La liste
site-nav = Pages du site
site-description = Les idées et les signalements du territoire sur une carte : proposez les vôtres, débattez, votez, suivez ce qu’ils deviennent.
kind-proposal = Idées
kind-report = Signalements
kind-project = Projets
kind-one-proposal = Idée
status-open = { $kind ->
    [report] Reçu
    [project] Reçu
   *[proposal] Reçue
  }
status-under-review = { $kind ->
    [report] Pris en compte
   *[other] À l’étude
}
status-planned = Planifié
status-closed = Clos sans réparation
status-accepted = { $kind ->
    [report] Retenu
    [project] Retenu
   *[proposal] Retenue
  }
status-partly = Retenue en partie
status-in-progress = En cours
status-done = { $kind ->
    [report] Réparé
    [project] Réalisé
   *[proposal] Réalisée
  }
status-refused = { $kind ->
    [report] Non retenu
    [project] Non retenu
   *[proposal] Non retenue
  }
facet-theme-none = Sans thème
facet-process-none = Hors démarche
feature-count = { $n ->
    [0] 0 contribution
    [one] 1 contribution
   *[other] { $n } contributions
}
feature-count-view = { $n ->
    [0] Aucune contribution à l’écran
    [one] 1 contribution à l’écran
   *[other] { $n } contributions à l’écran
}
votes-count = { $n ->
    [0] 0 voix
    [one] 1 voix
   *[other] { $n } voix
}
votes-for = pour
votes-against = contre
vote-for = Je soutiens
vote-against = Je ne suis pas d’accord
vote-undo = Retirer ma voix
map-empty = Rien ne correspond à ces filtres.
map-empty-next = Élargissez la période, retirez un filtre, ou proposez la première idée.
map-loading = La carte se dessine…
map-next = Suite de la liste
map-no-webgl = La carte ne peut pas s’afficher sur cet appareil. La liste dit tout ce qu’elle montre.
map-cancel = Annuler
map-close = Fermer

# How the map is drawn
map-bad-scheme = « { $value } » n’est pas une présentation : light (clair) ou dark (sombre).
map-bad-language = « { $value } » n’est pas une langue de ce site : fr ou en.
filter-words = Chercher dans les contributions
facet-theme = Thème
facet-status = Suite donnée
facet-process = Démarche
facet-area = Secteur
filter-area-any = Tout le territoire
filter-order = Trier par
filter-apply = Appliquer
filter-reset = Tout afficher
filter-unknown-parameter = Paramètre inconnu : « { $name } ». Paramètres admis : { $allowed }.
filter-unknown-value = « { $value } » n’est pas une valeur de { $name }. Valeurs admises : { $allowed }.
filter-bad-date = { $name } : « { $value } » n’est pas une date. Écrivez AAAA-MM-JJ, par exemple 2026-03-31.
filter-bad-number = { $name } : « { $value } » n’est pas un nombre admis.
filter-text-too-long = La recherche est trop longue : { $most } caractères au plus.
filter-since-after-until = La période commence ({ $since }) après sa fin ({ $until }).
place-off-the-map = Ces coordonnées ne sont pas sur la carte : longitude de -180 à 180, latitude de -85 à 85, en degrés.
proposal-find = Chercher
proposal-correct = Corriger
proposal-unsent = Une idée attend sur cet appareil : elle n’a pas été envoyée.
proposal-unsent-open = La reprendre
pick-shape = Ce que vous placez
pick-point = Un point
pick-line = Une ligne
pick-area = Une zone
pick-here = Placer ici
pick-undo = Annuler le dernier
pick-clear = Effacer
pick-hint-point = Touchez l’endroit exact, ou amenez-le sous la croix : flèches, puis Entrée.
pick-too-far = Rapprochez-vous encore, puis touchez l’endroit exact.
similar-title = N’est-ce pas déjà là ?
similar-hint = Soutenir une idée qui existe la fait avancer plus vite. La vôtre est différente ? Publiez-la.
similar-metres = { $n ->
    [0] au même endroit
    [one] à 1 m
   *[other] à { $n } m
}
withdrawn-restore = La remettre sur la carte
proposal-title = Votre idée en une phrase
proposal-title-hint = De 3 à 120 caractères.
proposal-body = Expliquez-la, si vous voulez
proposal-body-hint = Texte simple, 4 000 caractères au plus. Évitez les noms et coordonnées de personnes : tout est public.
proposal-locate = Ma position
proposal-locate-refused = Votre position n’est pas disponible. Placez le point sur la carte ou choisissez un secteur.
proposal-restored = Votre brouillon est revenu : il n’avait pas été envoyé.
proposal-submit = Publier
proposal-problems = Il reste quelque chose à corriger ; rien de ce que vous avez écrit n’est perdu.
proposal-title-short = Donnez un titre d’au moins 3 caractères.
proposal-unknown-area = Ce secteur n’existe pas ou plus. Choisissez-en un autre.
own-title = { $kind ->
    [report] C’est votre signalement
   *[proposal] C’est votre idée
}
own-said = { $kind ->
    [report] Il est sur la carte de tout le monde. Gardez ce lien : lui seul permet de le modifier ou de le retirer depuis un autre appareil.
   *[proposal] Elle est sur la carte de tout le monde. Gardez ce lien : lui seul permet de la modifier ou de la retirer depuis un autre appareil.
}
feature-area-only = Concerne tout le secteur

# La page d’une contribution : voix, arguments, partage
feature-map-wake = Cliquez pour déplacer la carte
votes-title = { $kind ->
    [report] Qui d’autre est concerné
   *[proposal] Ce qu’en pensent les habitants
}
votes-support = { $n ->
    [one] { $n } soutien
   *[other] { $n } soutiens
}
votes-none = Personne ne s’est encore prononcé.
votes-balance = { $share } % pour : { $for } pour, { $against } contre
arguments-none = { $kind ->
    [report] Aucune précision pour l’instant.
   *[proposal] Aucun argument pour l’instant.
}
argument-mine = le vôtre
argument-withdraw = { $kind ->
    [report] Retirer ma précision
   *[proposal] Retirer mon argument
}
feed-name = Les dernières contributions (Atom)

# Photos
photo-empty = Choisissez une photo : le fichier envoyé est vide.
photo-too-large = Cette photo pèse plus de { $most } Mo. Choisissez-en une plus légère, ou réduisez-la.
photo-no-picture = Ce fichier n’est pas une photo. Envoyez une image JPEG, PNG ou WebP.
photo-kind = Envoyez une image JPEG, PNG ou WebP, pas en { $kind }.
photo-too-many-pixels = Cette image mesure { $width } × { $height } pixels, c’est trop : { $most } millions de pixels et 20 000 de côté au plus. Réduisez-la.
photo-too-small = Cette image est trop petite pour qu’on y voie quelque chose : il faut au moins { $least } pixels de côté.
photo-broken = Ce fichier est abîmé ou incomplet. Reprenez la photo, ou choisissez-en une autre.
photo-too-many = Il y a trop de photos : { $most } au plus.
error-not-found = Cette page n’existe pas
error-unauthorized = Il faut vous identifier
error-unauthorized-detail = Cette action demande de savoir qui vous êtes.
error-unauthorized-next = Identifiez-vous, puis recommencez.
error-forbidden = Ce n’est pas permis
error-forbidden-next = Revenez à la page précédente. Si vous pensez que c’est une erreur, écrivez à votre collectivité.
error-other-site = Cette demande vient d’un autre site. Faites-la depuis nos propres pages.
error-second-factor = Cette page demande une seconde preuve : présentez votre clé d’accès depuis votre compte, puis revenez.
error-read-only = La participation est fermée sur cette carte ; la lecture reste ouverte.
error-invalid = La demande contient une erreur
error-invalid-next = Corrigez l’adresse ou le formulaire, puis recommencez.
error-conflict = Quelque chose a changé entre-temps
error-conflict-next = Rechargez la page, puis recommencez.
error-unreadable = Cette demande ne se lit pas
error-unreadable-detail = Le formulaire s’est perdu en route, peut-être une connexion coupée.
error-unreadable-next = Revenez en arrière : ce que vous avez écrit y est encore. Puis envoyez de nouveau.
error-too-large = C’est trop volumineux
error-too-large-detail = L’envoi dépasse la taille admise.
error-too-large-next = Envoyez un texte plus court ou un fichier plus petit.
error-internal = Une panne de notre côté
error-internal-detail = L’erreur est de notre fait et vient d’être enregistrée.
error-internal-next = Recommencez dans un instant. Ce que vous aviez enregistré est en sûreté.
error-back = Revenir à la carte
typed-title = Ce que vous aviez envoyé
typed-sign-in = Rien n’est perdu. Ouvrez un autre onglet pour vous identifier, puis revenez ici et envoyez de nouveau.
typed-sign-in-link = S’identifier dans un autre onglet
typed-text = Le texte que vous aviez écrit
typed-again = Envoyer de nouveau

# The desk: pages of who has a role
desk-nav = Administration
site-desk = Administration
pages-nav = Pages de la liste
desk-moderation = Modération
desk-answers = Réponses
desk-processes = Démarches
desk-privacy = Données personnelles

# Processes
processes-title = Démarches
process-sign-in = Se connecter
process-of-feature = Démarche :
process-col-count = Contributions
process-col-do = Actions
process-by-nobody = Ligne de commande
process-put-back = Rétablir
process-save = Enregistrer
votes-mean = { $voices }, en moyenne { $mean }
decimal-mark = ,

# Limits of acts in a time (src/accounts/limits.rs)
error-later = Trop de fois en peu de temps
error-later-seconds = Chaque personne peut refaire cela un certain nombre de fois, et vous y êtes. Vous pourrez recommencer dans { $count ->
    [one] une seconde
   *[other] { $count } secondes
  }.
error-later-minutes = Chaque personne peut refaire cela un certain nombre de fois, et vous y êtes. Vous pourrez recommencer dans { $count } minutes.
error-later-hours = Chaque personne peut refaire cela un certain nombre de fois, et vous y êtes. Vous pourrez recommencer dans { $count } heures.
error-later-next = Rien n’est perdu : revenez en arrière, ce que vous avez écrit y est encore, et envoyez-le de nouveau à ce moment-là.

# Moderation: flags, charter, queue, decisions, appeals, public log
reason-hateful = Propos injurieux ou haineux
reason-hateful-said = Insultes, menaces, harcèlement, propos racistes, sexistes, homophobes ou discriminatoires.
reason-personal = Données personnelles
reason-personal-said = Un nom, une adresse, un numéro, une plaque ou une photo qui met en cause une personne identifiable.
reason-unlawful = Contraire à la loi
reason-unlawful-said = Diffamation, appel à la violence, contenu protégé publié sans autorisation, et ce que la loi interdit.
reason-advertising = Publicité ou démarchage
reason-advertising-said = La contribution sert à vendre, à faire connaître une entreprise ou à appeler à voter pour quelqu’un.
reason-off-topic = Hors sujet
reason-off-topic-said = Le propos ne concerne ni le territoire ni la question posée.
reason-repeated = Répétition
reason-repeated-said = Le même texte, déposé plusieurs fois.
reason-unclear = Incompréhensible
reason-unclear-said = Un essai, un texte vide de sens, ou dont personne ne peut rien faire.
charter-title = Charte de modération
flag-back = Revenir à la contribution
held-waiting = En attente
held-withdrawn = Retirée par son auteur
held-erased = Effacée
held-merged = Fusionnée
merged-here = Réunies ici :
appeal-refused = Recours rejeté
appeal-own-decision = Vous avez pris cette décision : le recours doit être tranché par une autre personne.
appeal-once = Un recours a déjà été formé contre cette décision.
appeal-settled = Ce recours est déjà tranché.
appeal-no-decision = Cette décision ne tient plus : il n’y a rien à contester. Rechargez la page.
appeal-not-yours = Seul l’auteur de la contribution peut former un recours, depuis le même appareil ou avec son compte.
moderation-all = Tout cocher
moderation-check = Choisir
moderation-reason-choose = Choisir…
moderation-previous = Page précédente
moderation-next = Page suivante
moderation-too-many = C’est trop à la fois : { $most } au plus.
moderation-too-long = { $length } caractères, c’est trop : { $most } au plus.
decision-undone-already = Cette décision est déjà annulée.
merge-itself = Une contribution ne se fusionne pas avec elle-même.
merge-target-not-public = L’autre contribution n’est pas publique. Choisissez-en une qui l’est.
merge-has-merged = D’autres contributions ont été fusionnées dans celle-ci. Fusionnez plutôt l’autre dans celle-ci, ou annulez d’abord ces fusions.
merge-not-public = Seule une contribution publique, et que son auteur n’a pas retirée, peut être fusionnée.
merge-not-merged = Cette contribution n’est pas fusionnée.
log-title = Journal public de la modération
letter-follow-subject = Du nouveau sur une contribution que vous suivez : « { $title } »
letter-follow-end = Sa page : { $page }
    Ne plus suivre : { $stop }
    { $site }

# Official answers, statuses and their history, following
verdict-noted = { $kind ->
    [report] Versé au dossier
    [project] Versé au dossier
   *[proposal] Versée au dossier
  }
verdict-accepted = { $kind ->
    [report] Retenu
    [project] Retenu
   *[proposal] Retenue
  }
verdict-partly = { $kind ->
    [report] Retenu en partie
    [project] Retenu en partie
   *[proposal] Retenue en partie
  }
verdict-started = En cours
verdict-done = { $kind ->
    [report] Réalisé
    [project] Réalisé
   *[proposal] Réalisée
  }
verdict-refused = { $kind ->
    [report] Non retenu
    [project] Non retenu
   *[proposal] Non retenue
  }
answer-title = La réponse :
answer-by = Réponse :
answer-one = Répondre
answer-verdict = Suite donnée
answer-body = Réponse
answer-motive = Pourquoi cette décision
answer-link = Adresse de ce qui change (facultatif)
answer-authority = Signée par
answer-submit = Publier la réponse
answer-verdict-misfit = Cette suite ne convient pas à ce type de contribution : un signalement n’est pas « retenu », il est traité ou non.
follow = Suivre
follow-stop = Ne plus suivre
site-privacy = Données personnelles
site-register = Registre
retention-visitors = Lien entre un navigateur et ses actes
retention-accounts = Comptes sans connexion
retention-sessions = Connexions finies
retention-letters = Courriels envoyés
retention-withheld = Contributions retirées ou masquées
retention-audience = Comptes d’audience
capacity-resident = Habitante ou habitant
capacity-association = Association
capacity-professional = Professionnelle ou professionnel
capacity-elected = Élue ou élu
capacity-agent = Agente ou agent de la collectivité

# Thèmes : leur bureau, et ceux qu’une démarche a en propre
desk-areas = Territoire
area-changed-meanwhile = Quelqu’un d’autre vient de se servir de ce secteur, ou de le retirer. Revenez à la liste des secteurs.
desk-themes = Thèmes
theme-color = Couleur
theme-made-meanwhile = Quelqu’un vient de créer un thème de ce nom. Revenez à la liste des thèmes.
theme-changed-meanwhile = Ce thème vient d’être utilisé ou retiré par quelqu’un d’autre. Revenez à la liste des thèmes.

# What an author changes or takes back, and what others have in it.
rules-changed = Les règles ont changé pendant que vous écriviez. Relisez-les, puis recommencez.
feature-withdrawn-title = Contribution retirée par son auteur
feature-withdrawn-closed = Cette contribution a été retirée par son auteur : on ne peut plus s’y prononcer. Vous pouvez encore reprendre votre voix.
letter-follow-changed = « { $title } » dit maintenant autre chose qu’au moment où vous vous êtes prononcé ou avez choisi de la suivre. Relisez-la : vous pouvez changer votre voix.
revision-meanwhile = L’auteur a envoyé une autre version, ou elle a déjà été examinée. Rechargez la page et lisez celle-ci.
error-repeated = Déjà fait
error-repeated-detail = Ce formulaire a déjà été envoyé, et ce qu’il demandait est fait.
error-repeated-next = Rechargez la page pour voir le résultat.
error-idempotency-key = L’en-tête Idempotency-Key attend un UUID tiré au hasard, par exemple 0192f7c1-… , différent pour chaque envoi.
once-title = Ce formulaire a déjà été envoyé
once-done = Ce que vous avez envoyé est bien arrivé, et n’a été pris en compte qu’une fois.
once-first = Votre premier envoi est bien arrivé et rien n’y a été changé.
once-see = Le voir
once-typed = Ce que vous venez d’écrire n’est pas encore envoyé
once-typed-hint = Vous pouvez l’envoyer aussi : ce sera une contribution de plus.
once-send = L’envoyer aussi
once-leave = Ne pas l’envoyer
once-other = Ce formulaire a déjà été envoyé avec un autre contenu. Rien de ce que vous venez d’envoyer n’a été pris.
error-gone = Ceci n’existe plus
error-gone-detail = Ce que ce fil ou ce lien suivait n’existe plus sur ce site.
error-gone-next = Ouvrez la carte et choisissez de nouveau ce que vous voulez suivre.
error-full = Il n’y a plus de place
error-full-next = Publiez ce que vous avez commencé, ou retirez ce dont vous n’avez plus besoin.
photo-too-many-pending = Vous avez déjà { $most } photos envoyées et pas encore publiées. Retirez-en, ou publiez l’idée à laquelle elles appartiennent ; sinon elles sont effacées après deux jours.
photo-kind-heic = Cette photo est en { $kind }, un format que beaucoup de navigateurs n’affichent pas. Envoyez-la en JPEG : sur un iPhone, Réglages, Appareil photo, Formats, « Le plus compatible » ; ailleurs, ouvrez la photo et exportez-la en JPEG.
photo-kind-film = C’est un film. Envoyez une photo, en JPEG, PNG ou WebP.
mark-empty = Choisissez un fichier : celui qui est arrivé est vide.
mark-too-large = Ce fichier pèse plus de { $most } Mo. Choisissez-en un plus léger.
mark-no-picture = Ce fichier n’est pas une image. Envoyez le logo en SVG, PNG, JPEG ou WebP.
mark-kind = Envoyez le logo en SVG, PNG, JPEG ou WebP, pas en { $kind }.
mark-broken = Ce fichier est abîmé ou incomplet. Exportez-le de nouveau, ou choisissez-en un autre.
mark-svg-too-much = Ce SVG est trop compliqué pour être dessiné : trop d’éléments, ou des éléments répétés ou imbriqués trop souvent. Exportez-le simplifié, ou envoyez un PNG.
mark-svg-too-large = Ce SVG se dit large de { $width } × { $height } pixels, c’est trop : { $most } de côté au plus. Réduisez-le, ou retirez-lui ses dimensions.
mark-svg-picture = Ce SVG contient une photo ou renvoie à une image d’ailleurs, qui ne serait pas dessinée. Exportez le logo en tracés, ou envoyez un PNG.
mark-svg-effect = Ce SVG a un effet qui n’est pas dessiné ici ({ $effect }). Retirez cet effet, ou envoyez un PNG.
mark-svg-empty = Ce SVG ne montre rien. Vérifiez que le logo est bien sur sa page, puis exportez-le de nouveau.
span-days = { $n ->
    [0] aucun jour
    [one] un jour
   *[other] { $n } jours
  }
span-years = { $n ->
    [one] un an
   *[other] { $n } ans
  }
held-feature = Vos idées et signalements
held-argument = Vos arguments
held-photo = Vos photos
held-vote = Vos votes
held-follow = Les contributions que vous suivez
held-mail = Les courriels qui vous ont été écrits
held-session = Vos connexions
held-account = Votre compte
held-role-grant = Vos rôles
held-deposit = Les versions gardées de ce que vous avez écrit
held-flag = Vos signalements à la modération
held-appeal = Vos recours
held-decision = Les décisions de la modération sur ce que vous avez écrit
held-answer = Les réponses que vous avez écrites pour la collectivité
held-status-change = Les changements d’état que vous avez faits
held-process-version = Ce que vous avez décidé sur des démarches
held-sign-in-link = Les liens de connexion demandés
held-ceremony = Les connexions commencées
held-passkey = Vos clés d’accès
held-outside-identity = Vos identités vérifiées
held-kept-voice = Les empreintes qui ramènent à votre voix
held-value-minus-2 = tout à fait contre
held-value-minus-1 = contre
held-value-0 = sans avis
held-value-1 = pour
held-value-2 = tout à fait pour
held-side-for = pour
held-side-against = contre
retention-rolls = Listes des personnes d’une démarche, après sa dernière phase
figure-others = Autres
zone-Europe-Paris = heure de Paris
zone-America-Guadeloupe = heure de la Guadeloupe
zone-America-Martinique = heure de la Martinique
zone-America-Cayenne = heure de la Guyane
zone-America-Miquelon = heure de Saint-Pierre-et-Miquelon
zone-Indian-Reunion = heure de La Réunion
zone-Indian-Mayotte = heure de Mayotte
zone-Pacific-Noumea = heure de la Nouvelle-Calédonie
zone-Pacific-Tahiti = heure de Tahiti
zone-Pacific-Wallis = heure de Wallis-et-Futuna
share-alt = { $title }, sur la carte de { $site }

# The address search, of forms and on the map
proposal-address = Adresse, rue ou lieu
proposal-address-example = 12 rue des Tanneurs
proposal-addresses = Lieux trouvés
proposal-found = lieux trouvés : choisissez avec les flèches.
proposal-no-address = Aucun lieu connu ne porte ce nom. Essayez la rue sans numéro, ou touchez la carte.
proposal-unknown-house = numéro inconnu dans cette rue
