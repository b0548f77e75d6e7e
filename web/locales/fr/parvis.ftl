# Textes de l'interface, en français. Le fichier anglais a les mêmes clés (un test y veille).

# Guide de style, messages d’erreur, page de secours

design-title = Guide de style
design-intro = Ce dont toutes les pages sont faites : couleurs, tailles, composants, en clair et en sombre. Les valeurs sont lues dans la feuille de style elle-même, les contrastes en sont calculés.
design-light = Clair
design-dark = Sombre
design-colors = Couleurs
design-contrasts = Contrastes
design-sample = Exemple
design-pair = Encre / fond
design-ratio = Mesuré
design-least = Exigé
design-type = Tailles du texte
design-measures = Espaces, arrondis, ombre
design-buttons = Boutons
design-states = Les mêmes, au survol et au clavier :
design-hover = Survolé
design-focus = Au clavier
design-fields = Champs
design-choices = Choix, segments, filtres actifs
design-boxes = Encadrés
design-cards = Cartes de la liste
design-on-map = Sur la carte
design-icons = Icônes
design-example = Un banc à l’ombre, place du Marché
design-area = Centre-ville
design-argument = Les plus âgés pourraient enfin s’y arrêter.
design-place-said = Placé : Centre-ville
proposal-outside-example = Ce point est hors du territoire, à 120 m de sa limite. Rapprochez-le.
error-list = Voir la liste
error-unavailable = Le serveur est trop occupé
error-unavailable-detail = Il n’a pas pu répondre à temps.
error-unavailable-next = Recommencez dans une minute. Ce que vous avez écrit est resté sur votre appareil : revenez en arrière pour le retrouver.
map-without-words = La base de données ne répond pas pour le moment. La carte, les nombres et les filtres restent justes ; les textes reviennent dès qu’elle répond.
map-try-again = Réessayer
photo-no-room = Il n’y a plus de place sur ce serveur pour garder des photos. Votre texte est là : publiez sans photo, ou recommencez plus tard.
photo-unwritable = Ce serveur ne peut pas garder de photos pour le moment. Votre texte est là : publiez sans photo, ou recommencez plus tard.
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
site-export = Emporter les données
export-sheet = tableur
export-arguments = arguments
export-for-whom = « for={ $value } » n’existe pas ; écrivez for=excel, ou rien pour les programmes.
site-account = Mon compte
site-menu = Menu
site-list = La liste
site-nav = Pages du site
site-skip-list = Aller à la liste
site-skip-filters = Aller aux filtres
site-description = Les idées et les signalements du territoire sur une carte : proposez les vôtres, débattez, votez, suivez ce qu’ils deviennent.

kind-proposal = Idées
kind-report = Signalements
kind-project = Projets
kind-one-proposal = Idée
kind-one-report = Signalement
kind-one-project = Projet

status-open = { $kind ->
    [report] Reçu
    [project] Reçu
   *[proposal] Reçue
  }
status-under-review = À l’étude
status-accepted = { $kind ->
    [report] Retenu
    [project] Retenu
   *[proposal] Retenue
  }
status-partly = Retenue en partie
status-in-progress = En cours
status-done = { $kind ->
    [report] Réalisé
    [project] Réalisé
   *[proposal] Réalisée
  }
status-refused = { $kind ->
    [report] Non retenu
    [project] Non retenu
   *[proposal] Non retenue
  }

theme-none = Sans thème
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
feature-count-all = { $n ->
    [0] 0 en tout
    [one] 1 en tout
   *[other] { $n } en tout
}
argument-count = { $n ->
    [0] 0 argument
    [one] 1 argument
   *[other] { $n } arguments
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

map-title = La carte des idées
map-list = Contributions
map-empty = Rien ne correspond à ces filtres.
map-empty-next = Élargissez la période, retirez un filtre, ou proposez la première idée.
map-empty-all = La carte est encore vide. La première idée peut être la vôtre.
map-empty-view = Rien à cet endroit de la carte pour l’instant. Dézoomez, ou proposez ici la première idée.
map-loading = La carte se dessine…
map-sheet = Agrandir ou réduire la liste
map-place-draw = Tracer une ligne ou une zone
list-intro = Tout ce que montre la carte, sans la carte : les mêmes filtres, le même ordre.
list-to-map = Revenir à la carte
map-next = Suite de la liste
map-noscript = Sans JavaScript, la liste dit tout ce que montre la carte.
map-no-webgl = La carte ne peut pas s’afficher sur cet appareil. La liste dit tout ce qu’elle montre.
map-label = Carte des contributions. La liste qui suit contient les mêmes.
map-place-here = Proposer une idée ici
map-cancel = Annuler
map-pick-hint = Amenez l’endroit sous la croix : touchez la carte, ou déplacez-la avec les flèches. Entrée valide, Échap annule.
map-place-confirm = C’est ici
map-canvas = Carte interactive : les flèches la déplacent, plus et moins changent l’échelle.
map-attribution = Sources de la carte
map-close = Fermer
map-marker = Endroit choisi
map-here = Au même endroit
map-failed = La carte n’a pas pu se charger. Nouvel essai dans un instant ; la liste reste à jour.
map-offline = Hors connexion : la carte sera à jour à votre retour.
map-zoom-in = Zoomer
map-zoom-out = Dézoomer
# How the map is drawn
map-bad-scheme = « { $value } » n’est pas une présentation : light (clair) ou dark (sombre).
map-popup-argument = argument
map-popup-arguments = arguments

filter-title = Filtrer
filter-words = Chercher dans les contributions
filter-theme = Thème
filter-status = Suite donnée
filter-kind = Type de contribution
filter-process = Démarche
filter-area = Secteur
filter-area-any = Tout le territoire
filter-since = Depuis le
filter-until = Jusqu’au
filter-score = Voix pour moins voix contre, au moins
filter-order = Trier par
filter-order-newest = Les plus récentes
filter-order-oldest = Les plus anciennes
filter-order-score = Les plus soutenues
filter-apply = Appliquer
filter-reset = Tout afficher
filter-remove = (retirer ce filtre)
chip-since = Depuis le { $value }
chip-until = Jusqu’au { $value }
chip-score-min = Pour moins contre : { $value } ou plus
chip-score-max = Pour moins contre : { $value } ou moins

filter-unknown-parameter = Paramètre inconnu : « { $name } ». Paramètres admis : { $allowed }.
filter-unknown-value = « { $value } » n’est pas une valeur de { $name }. Valeurs admises : { $allowed }.
filter-bad-date = { $name } : « { $value } » n’est pas une date. Écrivez AAAA-MM-JJ, par exemple 2026-03-31.
filter-bad-number = { $name } : « { $value } » n’est pas un nombre admis.
filter-text-too-long = La recherche est trop longue : { $most } caractères au plus.
filter-since-after-until = La période commence ({ $since }) après sa fin ({ $until }).
parameter-missing = Il manque le paramètre { $name }.
list-bad-bbox = bbox : « { $value } » ; écrivez ouest,sud,est,nord en degrés, par exemple 2.2,48.8,2.4,48.9.
list-bad-order = order : « { $value } » ; valeurs admises : newest, oldest, score.
list-bad-limit = limit : « { $value } » ; un nombre entier de 1 à 1000.
list-bad-cursor = cursor : « { $value } » ; reprenez le lien « next » de la page précédente.
tile-bad-coordinate = { $name } : « { $value } » n’est pas un nombre entier. Adresse d’une tuile : /tiles/z/x/y.mvt, z de 0 à { $deepest }.
nearby-too-far = metres : « { $value } » ; de 0 à { $most } mètres.
live-bad-id = « { $value } » n’est pas un numéro du journal.
place-off-the-map = Ces coordonnées ne sont pas sur la carte : longitude de -180 à 180, latitude de -85 à 85, en degrés.

proposal-new = Proposer une idée
proposal-edit = Modifier mon idée
proposal-hidden = La modération a masqué cette contribution : la modifier ne la remet pas en ligne d’elle-même, une personne la relit.
proposal-hidden-why = Lire la raison, ou former un recours
proposal-what = Quoi ?
proposal-address = Adresse, rue ou lieu
proposal-address-example = 12 rue des Tanneurs
proposal-addresses = Lieux trouvés
proposal-find = Chercher
proposal-found = lieux trouvés : choisissez avec les flèches.
proposal-no-address = Aucun lieu connu ne porte ce nom. Essayez la rue sans numéro, ou touchez la carte.
proposal-unknown-house = numéro inconnu dans cette rue
proposal-otherwise = Sans la carte : tout un secteur, ou des coordonnées
proposal-preview = Voir l’aperçu
proposal-correct = Corriger
proposal-waiting = Pas de connexion. Votre texte est gardé sur cet appareil et part dès qu’elle revient ; laissez cette page ouverte, ou revenez plus tard.
proposal-unsent = Une idée attend sur cet appareil : elle n’a pas été envoyée.
proposal-unsent-open = La reprendre
proposal-unreadable-shape = Ce tracé ne se lit pas. Tracez-le de nouveau, ou choisissez un point.
proposal-too-many-vertices = { $count } sommets, c’est trop : { $most } au plus. Simplifiez le tracé.
proposal-line-short = Une ligne va d’un point à un autre : ajoutez-en au moins un second.
proposal-line-long = { $length } km, c’est trop : { $most } km au plus. Raccourcissez la ligne, ou choisissez un secteur entier.
proposal-area-corners = Une zone a au moins trois sommets, sans trou.
proposal-area-crossed = Les bords de la zone se croisent. Déplacez un sommet, ou reprenez le tracé.
proposal-area-large = { $size } km², c’est trop : { $most } km² au plus. Réduisez la zone, ou choisissez un secteur entier.
proposal-shape-outside = Ce tracé sort du territoire, jusqu’à { $metres } m de sa limite. Ramenez-le à l’intérieur.
pick-shape = Ce que vous placez
pick-point = Un point
pick-line = Une ligne
pick-area = Une zone
pick-here = Placer ici
pick-corner = Ajouter un sommet ici
pick-undo = Annuler le dernier
pick-clear = Effacer
pick-corner-name = Sommet { "{n}" } : les flèches le déplacent, Suppr l’enlève
pick-hint-point = Touchez l’endroit exact, ou amenez-le sous la croix : flèches, puis Entrée.
pick-hint-there = Le repère se tire du doigt ou avec les flèches.
pick-hint-line = Touchez la carte à chaque tournant, ou amenez-le sous la croix puis Entrée.
pick-hint-area = Touchez la carte à chaque coin, ou amenez-le sous la croix puis Entrée.
pick-too-far = Rapprochez-vous encore, puis touchez l’endroit exact.
pick-outside = Hors du territoire, à { "{metres}" } m de sa limite.
pick-said = Placé : { "{areas}" }
pick-line-said = Ligne de { "{size}" }, { "{n}" } sommets
pick-area-said = Zone de { "{size}" }, { "{n}" } sommets
pick-too-long = C’est trop long : { "{most}" } km au plus.
pick-too-large = C’est trop grand : { "{most}" } km² au plus.
pick-too-many = { "{most}" } sommets au plus.
similar-title = N’est-ce pas déjà là ?
similar-hint = Soutenir une idée qui existe la fait avancer plus vite. La vôtre est différente ? Publiez-la.
similar-metres = { $n ->
    [0] au même endroit
    [one] à 1 m
   *[other] à { $n } m
}
preview-title = Avant de publier
preview-hint = Voici ce que tout le monde verra.
withdrawn-title = Votre idée est retirée
withdrawn-said = Elle n’est plus sur la carte ni dans les listes. Vous pouvez encore l’y remettre, avec ses voix et ses arguments.
withdrawn-restore = La remettre sur la carte
proposal-title = Votre idée en une phrase
proposal-title-hint = De 3 à 120 caractères.
proposal-body = Expliquez-la, si vous voulez
proposal-body-hint = Texte simple, 4 000 caractères au plus. Évitez les noms et coordonnées de personnes : tout est public.
proposal-theme = Thème
proposal-theme-any = Je ne sais pas
proposal-photos = Des photos, si vous en avez
proposal-photo-add = Ajouter une photo
proposal-photo-hint = JPEG, PNG ou WebP, quatre au plus. Le lieu et l’appareil inscrits dans la photo sont effacés. Évitez les visages et les plaques.
proposal-photo-alt = Ce qu’elle montre, pour qui ne la voit pas
proposal-photo-drop = Retirer
proposal-photo-sending = Envoi de la photo…
proposal-photo-sent = Photo ajoutée.
proposal-photo-failed = La photo n’a pas pu être envoyée. Réessayez, ou publiez sans elle : vous pourrez l’ajouter plus tard.
proposal-place = Où ?
proposal-place-hint = Touchez la carte, cherchez une adresse, ou partez de votre position.
proposal-lon = Longitude
proposal-lat = Latitude
proposal-area = Ou un secteur entier
proposal-area-none = Un point précis
proposal-locate = Ma position
proposal-locate-refused = Votre position n’est pas disponible. Placez le point sur la carte ou choisissez un secteur.
proposal-pick = Carte où placer l’idée
proposal-restored = Votre brouillon est revenu : il n’avait pas été envoyé.
proposal-submit = Publier
proposal-public = Votre idée paraît aussitôt sur la carte, sans votre nom. Vous pourrez la retirer depuis cet appareil.
proposal-problems = Il reste quelque chose à corriger ; rien de ce que vous avez écrit n’est perdu.
proposal-title-short = Donnez un titre d’au moins 3 caractères.
proposal-too-long = { $length } caractères, c’est trop : { $most } au plus.
proposal-unknown-theme = Ce thème n’existe pas ou plus. Choisissez-en un autre.
proposal-unknown-area = Ce secteur n’existe pas ou plus. Choisissez-en un autre.
proposal-no-place = Dites où : placez un point sur la carte, ou choisissez un secteur.
proposal-outside = Ce point est hors du territoire, à { $metres } m de sa limite. Rapprochez-le.
proposal-withdraw = Retirer mon idée
proposal-withdraw-sure = Elle disparaîtra de la carte et des listes.
own-title = C’est votre idée
own-said = Elle est sur la carte de tout le monde. Gardez ce lien : lui seul permet de la modifier ou de la retirer depuis un autre appareil.
own-link = Votre lien de modification (ne le partagez pas)
own-edit = Modifier
vote-unknown-voice = « { $value } » n’est pas une voix : for, against ou none.

feature-where = Où
feature-area-only = Concerne tout le secteur
feature-when = Déposée le
feature-see-on-map = Voir sur la carte
feature-gone = Cette contribution vient d’être retirée de la carte.

# La page d’une contribution : voix, arguments, partage

feature-map-wake = Cliquez pour déplacer la carte
votes-title = Ce qu’en pensent les habitants
votes-none = Personne ne s’est encore prononcé.
votes-balance = { $share } % pour : { $for } pour, { $against } contre
vote-said = Votre choix est enregistré.
act-failed = Votre demande n’a pas pu être transmise. Rien de ce que vous avez écrit n’est perdu : réessayez dans un instant.
arguments-title = Arguments
arguments-for = Pour
arguments-against = Contre
arguments-none = Aucun argument pour l’instant.
arguments-first-for = Soyez la première personne à dire ce qui plaide pour.
arguments-first-against = Soyez la première personne à dire ce qui vous retient.
arguments-news-one = 1 nouvel argument
arguments-news = { $n } nouveaux arguments
arguments-news-show = Afficher
argue-for = Donner un argument pour
argue-against = Donner un argument contre
argue-label-for = Votre argument pour
argue-label-against = Votre argument contre
argument-hint = 1 000 caractères au plus, visibles de tous, sans votre nom.
argument-left = Il en reste { $n }.
argument-submit = Publier l’argument
argument-mine = le vôtre
argument-withdraw = Retirer mon argument
argument-added = Votre argument est publié.
argument-withdrawn = Votre argument est retiré.
argument-too-short = Écrivez votre argument : au moins { $least } caractères.
argument-too-long = { $length } caractères, c’est trop : { $most } au plus.
argument-unknown-side = « { $value } » n’est pas un côté : for ou against.
share-title = Partager
share-url = Adresse de cette page
share-copy = Copier l’adresse
share-copied = Adresse copiée.
share-native = Partager…
share-mail = Envoyer par courriel
share-print = Imprimer
feed-name = Les dernières contributions (Atom)
feed-title = { $site } : les dernières contributions
photo-alt = Photo { $number }, sans description

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
error-not-found-detail = L’adresse est fausse, ou ce qui s’y trouvait a été retiré.
error-not-found-next = Revenez à la carte : tout ce qui est public s’y trouve.
error-unauthorized = Il faut vous identifier
error-unauthorized-detail = Cette action demande de savoir qui vous êtes.
error-unauthorized-next = Identifiez-vous, puis recommencez.
error-forbidden = Ce n’est pas permis
error-forbidden-next = Revenez à la page précédente. Si vous pensez que c’est une erreur, écrivez à votre collectivité.
error-other-site = Cette demande vient d’un autre site. Faites-la depuis nos propres pages.
error-role = Votre compte n’a pas le rôle que cette page demande. Demandez-le à une personne qui administre ce site.
error-second-factor = Cette page demande une seconde preuve : présentez votre clé d’accès depuis votre compte, puis revenez.
error-read-only = La participation est fermée sur cette carte ; la lecture reste ouverte.
error-not-yours = Seule la personne qui a déposé cette idée peut la retirer, depuis le même appareil.
error-invalid = La demande contient une erreur
error-invalid-next = Corrigez l’adresse ou le formulaire, puis recommencez.
error-conflict = Quelque chose a changé entre-temps
error-conflict-next = Rechargez la page, puis recommencez.
error-unreadable = Cette demande ne se lit pas
error-unreadable-detail = Le formulaire s’est perdu en route, peut-être une connexion coupée.
error-unreadable-next = Revenez en arrière : ce que vous avez écrit y est encore. Puis envoyez de nouveau.
error-answered = Cette idée a reçu une réponse : elle ne peut plus être modifiée. Vous pouvez encore la retirer, ou en proposer une autre.
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
desk-open = Administration
desk-first = Ce qui attend
desk-quiet = Rien n’attend de votre côté.
trouble-database = En ce moment, rien ne s’enregistre : { $why }. Prévenez la personne qui gère le serveur.
trouble-pictures = En ce moment, les photos ne s’enregistrent pas : { $why }. Prévenez la personne qui gère le serveur.
trouble-why-full = il n’y a plus de place sur le disque
trouble-why-read-only = l’écriture est refusée
trouble-why-broken = le disque est en défaut
trouble-why-busy = la base est occupée
trouble-why-away = la base ne répond pas
desk-drafts = Brouillons
desk-unanswered = Sans réponse
site-desk = Administration
pages-nav = Pages de la liste
desk-moderation = Modération
desk-answers = Réponses
desk-processes = Démarches
desk-people = Comptes et rôles
desk-privacy = Données personnelles

# Processes
processes-title = Démarches
processes-intro = Ce que la collectivité vous demande, jusqu’à quand, et ce que vos contributions peuvent changer.
processes-none = Aucune démarche n’est ouverte pour l’instant. Vous pouvez déposer une idée sur la carte à tout moment.
processes-to-map = Aller à la carte
process-count = { $n ->
    [0] Aucune contribution
    [1] 1 contribution
   *[other] { $n } contributions
 }
process-stands-open = Ouverte
process-stands-opens = Ouvre le { $when }
process-stands-closed = Terminée
process-take-part = Participer
process-map = Voir la carte
process-edit = Modifier
process-why = Pourquoi cette démarche
process-asked = Ce qui vous est demandé
process-effect = Ce que vos contributions peuvent changer
process-team = Qui la mène
process-calendar = Calendrier
process-rules = Règles
process-rules-hint = Ces phrases sont tirées des réglages eux-mêmes : ce qui est écrit ici est ce que le site applique.
process-themes = Thèmes
process-documents = Documents
process-machines = Données ouvertes
process-feed = Fil Atom de la démarche
process-tiles = Tuiles vectorielles :
process-is-draft = Brouillon : seule l’équipe voit cette page.
process-preview-notice = Aperçu : rien n’est enregistré. Fermez cet onglet pour revenir au formulaire.
unit-kilobytes = Ko
phase-now = en cours
phase-over = terminée
phase-no-act = La collectivité travaille ; rien n’est à faire pour vous.
phase-act-propose = déposer des idées
phase-act-argue = donner des arguments
phase-act-vote = voter
phase-new = Nouvelle phase
phase-title = Nom de la phase (vide : la phase est supprimée)
phase-opens = Ouvre le (heure de Paris)
phase-closes = Ferme le (heure de Paris)
phase-add = Ajouter une phase
rule-propose = Déposer une idée
rule-argue = Argumenter
rule-vote = Voter
rule-votes = Sorte de vote
rule-where = Localisation
rule-moderation = Modération
rule-lengths = Longueur des textes
rule-order = Ordre des listes
rule-who-visitor = Tout le monde, sans compte.
rule-who-email = Toute personne connectée par son adresse de courriel.
rule-who-verified = Toute personne dont l’identité est vérifiée (FranceConnect).
rule-who-roll = Les personnes inscrites sur la liste de cette démarche.
rule-open = Ouvert.
rule-open-until = Ouvert jusqu’au { $when }.
rule-opens = Ouvre le { $when }.
rule-closed = Fermé depuis le { $when }.
rule-never = Cette démarche ne le prévoit pas.
rule-vote-for-against = Une voix par personne, pour ou contre ; elle peut être changée.
rule-vote-for-only = Une voix par personne, pour seulement ; elle peut être retirée.
rule-vote-scale = Une voix par personne, de −2 (tout à fait contre) à +2 (tout à fait pour) ; elle peut être changée.
rule-vote-none = Il n’y a pas de vote.
rule-ballot-for_against = Pour ou contre
rule-ballot-for_only = Pour seulement
rule-ballot-scale = De −2 à +2
rule-ballot-none = Pas de vote
rule-level-visitor = Tout le monde, sans compte
rule-level-email = Connexion par courriel
rule-level-verified = Identité vérifiée
rule-level-roll = Inscription sur la liste
rule-moderation-after = Les idées sont publiées tout de suite, et relues ensuite.
rule-moderation-before = Les idées sont relues avant d’être publiées ; les arguments, ensuite.
rule-moderation-short-after = Après publication
rule-moderation-short-before = Avant publication
rule-lengths-said = Un titre a au plus { $title } caractères, un texte au plus { $body }.
rule-order-recent = Les idées les plus récentes d’abord.
rule-order-random = Les idées au hasard, autrement à chaque visite.
rule-order-supported = Les idées les plus soutenues d’abord.
rule-order-short-recent = Les plus récentes
rule-order-short-random = Au hasard
rule-order-short-supported = Les plus soutenues
rule-shapes = Une idée peut être située par : { $shapes }.
rule-shape-point = un point
rule-shape-line = un tracé
rule-shape-area = une zone dessinée
rule-shape-territory = un quartier ou une commune
rule-area = Elle doit se trouver dans : { $area }.
process-propose-opens = Le dépôt d’idées ouvre le { $when }.
process-propose-closed = Le dépôt d’idées est fermé depuis le { $when }.
process-propose-never = Cette démarche ne prévoit pas de dépôt d’idées.
process-text-kept = Votre texte est toujours là, plus bas : copiez-le si vous voulez le garder.
process-argue-opens = Les arguments ouvrent le { $when }.
process-argue-closed = Les arguments sont fermés depuis le { $when }.
process-argue-never = Cette démarche ne prévoit pas d’arguments.
process-vote-opens = Le vote ouvre le { $when }.
process-vote-closed = Le vote est fermé depuis le { $when }.
process-vote-never = Cette démarche ne prévoit pas de vote.
process-level-visitor = Tout le monde peut participer.
process-level-email = Cette démarche demande de se connecter par son adresse de courriel.
process-level-verified = Cette démarche demande une identité vérifiée (FranceConnect).
process-level-roll = Cette démarche est réservée aux personnes inscrites sur sa liste.
process-sign-in = Se connecter
process-vote-against = On vote ici seulement pour.
process-vote-scale = Cette voix n’existe pas dans cette démarche.
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
process-of-feature = Démarche :
process-of-map = Vous voyez la démarche
process-about = Pourquoi, calendrier et règles
process-title = Titre
process-summary = Résumé, en une phrase
process-page = La page
process-title-length = Un titre a entre 3 et 120 caractères.
process-summary-length = Un résumé a au plus 300 caractères.
process-number = Écrivez un nombre entre { $least } et { $most }.
process-no-shape = Choisissez au moins une façon de situer une idée.
process-phase-dates = Phase « { $phase } » : Il faut deux dates, à une heure qui existe (dans la nuit du passage à l’heure d’été, l’heure de 2 h à 3 h n’existe pas).
process-phase-order = Phase « { $phase } » : Une phase a un nom, et ferme après avoir ouvert.
process-calendar-hint = Une phase ouvre et ferme d’elle-même, à la minute. Sans phase, tout est ouvert en permanence.
process-changed-meanwhile = Quelqu’un d’autre a enregistré cette démarche entre-temps. Ce que vous avez saisi est toujours là : comparez avec l’historique, puis enregistrez.
process-changes = Ce qui a changé depuis que vous avez ouvert la page
process-changes-what = Quoi
process-changes-was = Vous aviez sous les yeux
process-changes-is = C’est maintenant
process-document-meanwhile = Une autre personne l’a déjà fait : rechargez la page pour voir les documents comme ils sont.
process-problems = Rien n’est enregistré : corrigez ce qui est signalé plus bas.
process-desk-none = Aucune démarche. Donnez un titre à la première : elle restera un brouillon jusqu’à ce que vous la publiiez.
process-new = Créer un brouillon
process-new-title = Titre d’une nouvelle démarche
process-col-title = Démarche
process-col-state = Visibilité
process-col-stands = Calendrier
process-col-count = Contributions
process-col-do = Actions
process-col-version = Version
process-col-when = Quand
process-col-who = Par qui
process-col-note = Quoi et pourquoi
process-state-draft = Brouillon
process-state-public = Publique
process-state-archived = Archivée, close
process-see = Voir la page
process-history = Historique
process-history-none = Aucune version : cette démarche vient d’un import et n’a pas encore été modifiée.
process-by-nobody = Ligne de commande
process-current = actuelle
process-put-back = Rétablir
process-undo = Annuler cette modification
process-saved = Enregistré.
process-restored = La version est rétablie, comme une nouvelle version.
process-cloned = La copie est un brouillon : changez son titre et ses dates.
process-restore-note = Rétablit la version { $version }
process-clone = Copier cette démarche
process-clone-hint = La copie reprend la page, le calendrier et les règles, comme brouillon ; les thèmes propres à la démarche sont copiés, sans leurs contributions.
process-clone-title = Copie de { $title }
process-area = Périmètre
process-area-all = Tout le territoire
process-themes-own = Thèmes communs proposés (aucun coché : tous)
process-title-most = Longueur du titre, en caractères
process-body-most = Longueur du texte, en caractères
process-note = Ce que vous changez, et pourquoi (pour l’historique)
process-save = Enregistrer
process-preview = Aperçu (nouvel onglet)
process-documents-none = Aucun document.
process-document = Fichier (PDF, bureautique, image ; 30 Mo au plus)
process-document-title = Nom du document
process-document-add = Ajouter le document
process-document-remove = Retirer
process-document-kind = Ce fichier n’est pas d’une sorte que nous prenons ({ $accepted }), ou son contenu n’est pas ce que dit son nom.
process-roll = Liste des personnes
process-roll-hint = Pour les actes réservés aux personnes inscrites. Les adresses ne sont pas gardées : seulement de quoi les reconnaître.
process-roll-count = { $n ->
    [0] Personne n’est inscrit.
    [1] 1 personne est inscrite.
   *[other] { $n } personnes sont inscrites.
 }
process-roll-label = Adresses de courriel (remplacent la liste actuelle)
process-roll-save = Remplacer la liste
process-roll-saved = La liste est remplacée.
process-roll-none-read = Aucune adresse n’a pu être lue : la liste n’a pas changé. Une adresse a la forme nom@domaine.fr.
process-roll-meanwhile = Quelqu’un d’autre a changé la liste depuis que vous avez ouvert cette page : elle compte maintenant { $count } personnes. Vérifiez, puis enregistrez de nouveau pour la remplacer.
process-roll-unread = ligne { $line } : « { $text } »
vote-strongly_for = Tout à fait pour
vote-neutral = Sans avis
vote-strongly_against = Tout à fait contre
vote-scale-for = Plutôt pour
vote-scale-against = Plutôt contre
votes-points = Points :
votes-mean = { $voices }, en moyenne { $mean }
decimal-mark = ,
filter-order-random = Au hasard

# Limits of acts in a time (src/accounts/limits.rs)
error-later = Trop de fois en peu de temps
error-later-seconds = Chaque personne peut refaire cela un certain nombre de fois, et vous y êtes. Vous pourrez recommencer dans { $count ->
    [one] une seconde
   *[other] { $count } secondes
  }.
error-later-minutes = Chaque personne peut refaire cela un certain nombre de fois, et vous y êtes. Vous pourrez recommencer dans { $count } minutes.
error-later-hours = Chaque personne peut refaire cela un certain nombre de fois, et vous y êtes. Vous pourrez recommencer dans { $count } heures.
error-later-next = Rien n’est perdu : revenez en arrière, ce que vous avez écrit y est encore, et envoyez-le de nouveau à ce moment-là.

# The map in a frame of another site (/embed)
embed-open = Participer sur
embed-new-window = nouvelle fenêtre

# Accounts: signing in
sign-in-title = Se connecter
sign-in-why = Avec un compte, vos idées et vos voix vous suivent d’un appareil à l’autre, et vous êtes averti des suites. Pas de mot de passe : un lien vous est envoyé.
sign-in-email = Votre adresse de courriel
sign-in-email-hint = Par exemple : camille@exemple.fr. Elle n’est jamais montrée au public.
sign-in-send = Recevoir un lien
sign-in-bad-address = Cette adresse n’est pas complète : elle s’écrit comme camille@exemple.fr.
sign-in-outside = Ou avec une identité vérifiée
sign-in-demo = Ceci est une démonstration : aucun courriel ne part, ils se lisent tous ici.
sign-in-sent-title = Consultez vos courriels
sign-in-sent = Un lien pour vous connecter part vers { $email }. Il est bon pendant 15 minutes, une seule fois.
sign-in-sent-next = Ouvrez-le de préférence sur cet appareil. Rien ne vient ? Regardez parmi les indésirables, vérifiez l’adresse, puis demandez un autre lien.
sign-in-again = Demander un autre lien
sign-in-elsewhere-title = Se connecter sur cet appareil ?
sign-in-elsewhere = Ce lien a été demandé depuis un autre appareil ou un autre navigateur, pour { $email }. Si c’est bien vous, confirmez : vous serez connecté ici.
sign-in-here = Me connecter ici
sign-in-elsewhere-not-me = Vous n’avez rien demandé ? Fermez cette page : le lien ne sert à rien sans ce bouton.
sign-in-refused-used = Ce lien a déjà servi
sign-in-refused-next-used = Un lien ne sert qu’une fois, et le dernier reçu remplace les autres. Si ce n’était pas vous, demandez-en un autre, puis regardez dans votre compte quels appareils sont connectés.
sign-in-refused-expired = Ce lien n’est plus valable
sign-in-refused-next-expired = Un lien est bon pendant 15 minutes. Demandez-en un autre : il arrive en un instant.
sign-in-refused-unknown = Ce lien n’est pas complet
sign-in-refused-next-unknown = Il a peut-être été coupé en deux par votre messagerie. Copiez-le en entier dans la barre d’adresse, ou demandez-en un autre.
letter-sign-in-subject = Votre lien pour vous connecter à { $site }
letter-sign-in-body =
    Bonjour,

    Voici le lien pour vous connecter à { $site } :

    { $link }

    Il est bon pendant 15 minutes et ne sert qu’une fois.

    Vous n’avez rien demandé ? Ne faites rien : sans ce lien, personne
    n’entre dans votre compte.

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
charter-intro = On peut ici être en désaccord, critiquer un projet, une élue ou un élu, et le dire vivement. Une contribution n’est masquée que pour l’une de ces raisons :
charter-how-title = Comment cela se passe
charter-how-flag = Chacun peut signaler une contribution ou un argument, avec une raison et quelques mots. Un signalement ne masque rien : une personne regarde.
charter-how-person = Aucune machine ne décide. Des indices aident à trier la file ; chaque décision est prise par une personne.
charter-how-told = L’auteur connaît la raison et le mot de la modération, sur la page de sa contribution et par courriel si un compte est ouvert.
charter-how-appeal = L’auteur peut former un recours, une fois. Une autre personne que celle qui a décidé le tranche.
charter-how-log = Toutes les décisions sont publiées, sans les textes masqués ni les noms :

flag-link = Signaler
flag-title = Signaler un problème
flag-intro = Votre signalement est lu par une personne. Il n’est pas publié et l’auteur ne saura pas qu’il vient de vous.
flag-reason = Quel est le problème ?
flag-body = En quelques mots, si vous voulez
flag-body-hint = 1 000 caractères au plus.
flag-submit = Envoyer le signalement
flag-sent = Merci, votre signalement est arrivé
flag-sent-said = Une personne de la modération va regarder. Ce qu’elle décide paraît dans le journal public.
flag-back = Revenir à la contribution

held-waiting = En attente
held-withdrawn = Retirée par son auteur
held-hidden = Masquée
held-merged = Fusionnée
held-page-hidden = Contribution masquée
held-page-hidden-said = Cette contribution a été masquée par la modération. Son texte n’est plus public.
held-page-reason = Raison, selon la charte :
held-page-own = C’est votre contribution : vous seul la voyez encore ici.
held-page-note = Le mot de la modération :
held-page-waiting = Votre contribution attend la modération
held-page-waiting-said = Une personne la relit avant qu’elle paraisse sur la carte. Gardez l’adresse de cette page pour la suivre.
held-page-merged = Cette contribution a été fusionnée
held-page-merged-said = Elle disait la même chose qu’une autre. Les voix des deux y comptent, chaque personne une fois.
held-page-merged-to = Voir la contribution qui la réunit
merged-here = Réunies ici :
merged-into = Fusionnée dans la contribution
asked-title = La modération vous demande une modification
asked-said = Votre contribution reste visible. Modifiez-la : elle sera relue.
hidden-argument-title = Un de vos arguments a été masqué
hidden-photo-title = Une de vos photos a été retirée

appeal-title = Recours
appeal-offer = Vous n’êtes pas d’accord ? Vous pouvez former un recours, une fois. Une autre personne le lira.
appeal-body = Pourquoi cette décision vous paraît injuste
appeal-submit = Former un recours
appeal-waiting = Votre recours est arrivé. Une autre personne que celle qui a décidé le tranchera, et vous le lirez ici.
appeal-granted = Recours accepté
appeal-refused = Recours rejeté
appeal-says = L’auteur forme un recours :
appeal-answer = Réponse à l’auteur
appeal-grant = Accepter : la remettre en ligne
appeal-refuse = Rejeter : la décision tient
appeal-own-decision = Vous avez pris cette décision : le recours doit être tranché par une autre personne.
appeal-once = Un recours a déjà été formé contre cette décision.
appeal-settled = Ce recours est déjà tranché.
appeal-no-decision = Cette décision ne tient plus : il n’y a rien à contester. Rechargez la page.
appeal-not-yours = Seul l’auteur de la contribution peut former un recours, depuis le même appareil ou avec son compte.
appeal-too-short = Dites pourquoi en quelques mots.

moderation-map = Voir ces contributions sur une carte
moderation-tabs = Parties de la file
moderation-tab-new = Nouvelles
moderation-tab-new-said = En ligne, et pas encore regardées. Les plus récentes d’abord.
moderation-tab-waiting = En attente
moderation-tab-waiting-said = Elles ne paraîtront qu’après votre accord. Les plus anciennes d’abord.
moderation-tab-flagged = Signalées
moderation-tab-flagged-said = Quelqu’un y voit un problème. Un signalement n’est pas une faute : lisez avant de trancher.
moderation-tab-suspicious = Indices
moderation-tab-suspicious-said = Les nouvelles et celles qui attendent, où quelque chose se remarque. Les plus récentes d’abord. Un indice aide à regarder, il ne décide de rien.
moderation-tab-hidden = Masquées
moderation-tab-hidden-said = Ce qui n’est plus public, contributions fusionnées comprises.
moderation-tab-appeals = Recours
moderation-tab-appeals-said = Des auteurs contestent une décision. Une autre personne que celle qui a décidé tranche.
moderation-empty = Rien ici pour l’instant.
moderation-list-missing = La liste de mots de la configuration (moderation_words) ne se lit pas : cet indice manque.
moderation-mass = Pour ce qui est coché
moderation-all = Tout cocher
moderation-check = Choisir
moderation-publish = Publier
moderation-fine = Rien à redire
moderation-hide = Masquer
moderation-ask = Demander une modification
moderation-ask-said = La contribution reste où elle est. L’auteur lit votre demande ; quand il a modifié son texte, elle revient dans la file.
moderation-ask-note = Ce que vous demandez à l’auteur
moderation-ask-what = Dites à l’auteur ce qu’il faut changer.
moderation-merge = Fusionner
moderation-merge-said = Elle quitte la carte et reste lisible à son adresse. Les voix des deux comptent sur l’autre, chaque personne une fois. Vous pourrez annuler.
moderation-merge-into = Numéro ou adresse de l’autre contribution
moderation-move = Changer de démarche
moderation-move-to = Démarche
moderation-move-none = Aucune démarche
moderation-reason = Raison de la charte
moderation-reason-choose = Choisir…
moderation-note = Un mot à l’auteur (facultatif)
moderation-more = Autres décisions
moderation-see = Voir la page
moderation-back = Revenir à la file
moderation-one = Modérer
moderation-decide = Décider
moderation-past = Ce qui a été décidé
moderation-past-none = Rien encore.
moderation-original = Le texte tel qu’il était
moderation-changed = Modifiée depuis
moderation-undo = Annuler
moderation-undone = C’est annulé : tout est comme avant.
moderation-previous = Page précédente
moderation-next = Page suivante
moderation-done = { $n ->
    [one] 1 décision enregistrée.
   *[other] { $n } décisions enregistrées.
}
moderation-argument-for = Argument pour
moderation-argument-against = Argument contre
moderation-signals = Indices
moderation-flags = Signalements
moderation-decided-for = Décision :
moderation-keys = Raccourcis clavier
moderation-keys-on = Raccourcis actifs
moderation-key-move = suivante, précédente
moderation-key-check = cocher
moderation-key-publish = publier
moderation-key-hide = cocher, et choisir la raison de masquer
moderation-key-open = ouvrir
moderation-none-chosen = Cochez d’abord ce que vous voulez modérer.
moderation-too-many = C’est trop à la fois : { $most } au plus.
moderation-too-long = { $length } caractères, c’est trop : { $most } au plus.
moderation-no-reason = Choisissez une raison de la charte.
moderation-no-process = Cette démarche n’existe pas ou plus.
moderation-no-target = Donnez le numéro ou l’adresse d’une contribution.
moderation-no-act = Cette action n’existe pas.
signal-often = { $n } contributions de la même personne en une heure
signal-links = { $n ->
    [one] 1 lien
   *[other] { $n } liens
}
signal-alike = Texte à { $share } % comme le n° { $id }
signal-word = Mot de la liste : « { $word } »
signal-burst-voices = { $count } voix depuis une même connexion en { $minutes } minutes. Une école ou une mairie n’a qu’une adresse : ce n’est qu’un indice, rien n’est retiré. Si ce vote engage, demandez une identité plus forte dans les règles de la démarche.
signal-burst-contributions = { $count } contributions depuis une même connexion en { $minutes } minutes, dont celle-ci. Une école ou une mairie n’a qu’une adresse : ce n’est qu’un indice, rien n’est retiré.

ruling-published = Regardée, rien à redire
ruling-restored = Contribution publiée
ruling-restored-argument = Argument remis en ligne
ruling-hidden = Contribution masquée
ruling-hidden-argument = Argument masqué
ruling-hidden-photo = Photo retirée
ruling-restored-photo = Photo remise en ligne
ruling-asked = Modification demandée
ruling-moved = Déplacée vers une autre démarche
ruling-merged = Fusionnée dans une autre
ruling-undone = Décision annulée
ruling-taken-back = annulée depuis
decision-undone-already = Cette décision est déjà annulée.
decision-not-last = Une autre décision a été prise depuis : annulez d’abord celle-là.
decision-withdrawn = L’auteur a retiré cette contribution : il n’y a plus rien à décider.
decision-own = C’est vous qui l’avez faite, ou elle porte sur votre contribution : une autre personne décide.
changed-none-decided = Rien n’a été décidé : voici ce qui a changé depuis que vous avez ouvert la page. Votre saisie est gardée ; relisez, puis validez de nouveau.
changed-was-now = Elle était : { $was } ; elle est maintenant : { $now }.
changed-decided = Une autre décision a été prise entre-temps.
changed-text = Son texte, ses photos ou sa démarche ont changé entre-temps.
changed-gone = Elle n’existe plus.
changed-meanwhile = Elle a changé depuis que vous avez ouvert la page : relisez-la avant de trancher.
held-not = en ligne
moderation-photo = Photo
moderation-photo-unsaid = Photo sans description
moderation-photo-remove = Retirer cette photo
moderation-photo-see = Voir la décision
decision-appeal-open = Un recours attend : tranchez-le d’abord. La personne qui a décidé ne peut pas le faire.
decision-not-for-arguments = Un argument se publie ou se masque, rien d’autre.
decision-merged = Elle est fusionnée : annulez d’abord la fusion.
decision-hidden = Elle est masquée : publiez-la d’abord.
decision-hidden-already = Elle est déjà masquée.
error-held = La modération s’en occupe : vous ne pouvez pas retirer cette contribution pour l’instant. Voyez sa page.
merge-itself = Une contribution ne se fusionne pas avec elle-même.
merge-target-not-public = L’autre contribution n’est pas publique. Choisissez-en une qui l’est.
merge-has-merged = D’autres contributions ont été fusionnées dans celle-ci. Fusionnez plutôt l’autre dans celle-ci, ou annulez d’abord ces fusions.
merge-not-public = Seule une contribution publique, et que son auteur n’a pas retirée, peut être fusionnée.
merge-not-merged = Cette contribution n’est pas fusionnée.

log-title = Journal public de la modération
log-intro = Chaque décision : quoi, pourquoi, quand. Ni les textes masqués, ni les noms.
log-empty = Aucune décision pour l’instant.
log-when = Quand
log-what = Décision
log-why = Raison
log-where = Contribution
log-line = Ligne du registre

letter-subject = Votre contribution « { $title } »
letter-published = Bonjour,
    Votre contribution « { $title } » est publiée.
letter-hidden = Bonjour,
    La modération a masqué votre contribution « { $title } ». Vous pouvez former un recours depuis sa page : une autre personne le lira.
letter-photo-hidden = Bonjour,
    La modération a retiré une photo de votre contribution « { $title } ». Vous pouvez former un recours depuis sa page : une autre personne le lira.
letter-photo-restored = Bonjour,
    Une photo de votre contribution « { $title } » est de nouveau en ligne.
letter-asked = Bonjour,
    La modération vous demande de modifier votre contribution « { $title } ». Elle reste visible.
letter-moved = Bonjour,
    Votre contribution « { $title } » a été rattachée à une autre démarche, où elle a sa place.
letter-merged = Bonjour,
    Votre contribution « { $title } » dit la même chose qu’une autre : elles sont réunies. Les voix des deux comptent, chaque personne une fois. La vôtre reste lisible à son adresse.
letter-undone = Bonjour,
    Une décision de la modération sur votre contribution « { $title } » a été annulée.
letter-appeal-granted = Bonjour,
    Votre recours sur la contribution « { $title } » est accepté : elle est de nouveau en ligne.
letter-appeal-refused = Bonjour,
    Votre recours sur la contribution « { $title } » a été lu par une autre personne, et rejeté. La décision tient.
letter-reason = Raison : { $reason }
letter-note = Le mot de la modération : « { $note } »
letter-end = Sa page : { $page }
    La charte : { $charter }

    { $site }
letter-follow-subject = Du nouveau sur une contribution que vous suivez : « { $title } »
letter-follow-published = La contribution « { $title } », que vous suivez, est en ligne.
letter-follow-hidden = La contribution « { $title } », que vous suivez, a été masquée par la modération.
letter-follow-moved = La contribution « { $title } », que vous suivez, a été rattachée à une autre démarche.
letter-follow-merged = La contribution « { $title } », que vous suivez, a été réunie avec une autre contribution qui dit la même chose. Vous suivez désormais celle-ci.
letter-follow-undone = La contribution « { $title } », que vous suivez : une décision de la modération a été annulée.
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
answer-why = Pourquoi :
answer-see = Voir ce qui change
answer-before = Versions précédentes de cette réponse
answer-by = Réponse :
answer-agent = Pour la collectivité
answer-one = Répondre
answer-edit = Modifier la réponse
answer-back = Revenir aux contributions
answer-choose = Contributions
answer-many = Répondre à ce qui est coché
answer-any = Toutes
answer-none = Aucune contribution ne correspond à ces filtres dans ce qui vous est confié.
answer-gone = Elle n’est plus en ligne : on n’y répond plus.
answer-none-written = Rien n’a été enregistré, pour aucune : voici ce qui a changé depuis que vous avez ouvert la page. Votre saisie et vos autres coches sont gardées ; relisez, puis validez de nouveau.
answer-was = Vous aviez sous les yeux : { $answer }
answer-is = Il y a maintenant : { $answer }
answer-was-none = aucune réponse
answer-status-was = Son état était : { $before } ; il est maintenant : { $after }.
answer-verdict = Suite donnée
answer-body = Réponse
answer-body-hint = Publique, 4 000 caractères au plus. Gras, italique, listes et liens sont possibles.
answer-motive = Pourquoi cette décision
answer-motive-hint = Une ou deux phrases. Nécessaire pour un refus.
answer-link = Adresse de ce qui change (facultatif)
answer-authority = Signée par
answer-submit = Publier la réponse
answer-submit-many = Publier la même réponse pour toutes
answer-versions-hint = Une réponse est déjà publiée. La nouvelle la remplace ; l’ancienne reste lisible.
answer-done = { $n ->
    [one] 1 contribution a reçu sa réponse.
   *[other] { $n } contributions ont reçu leur réponse.
}
answer-no-verdict = Choisissez la suite donnée.
answer-empty = Écrivez la réponse.
answer-no-motive = Dites pourquoi : un refus est toujours motivé.
answer-bad-link = Une adresse commence par https:// ou par / pour une page de ce site.
answer-no-authority = Dites qui signe.
answer-none-chosen = Cochez au moins une contribution.
answer-verdict-misfit = Cette suite ne convient pas à ce type de contribution : un signalement n’est pas « retenu », il est traité ou non.
history-title = Ce qu’elle est devenue
history-placed = Déposée
follow = Suivre
follow-hint = Vous recevrez un courriel à chaque réponse et à chaque changement d’état.
follow-hint-none = Ce site ne peut pas encore envoyer de courriels : vous retrouverez vos suivis ici, et serez prévenu quand il le pourra.
follow-on = Vous suivez cette contribution.
follow-stop = Ne plus suivre
follow-stop-sure = Vous ne recevrez plus de courriel sur cette contribution.
follow-stopped = C’est fait : vous ne la suivez plus.
follow-sign-in = Identifiez-vous pour la suivre par courriel
follow-bad-key = Ce lien n’est pas complet. Ouvrez-le depuis le courriel, en entier.
letter-answer-subject = Réponse à la contribution « { $title } »
letter-answer = Bonjour,
    { $authority } répond à la contribution « { $title } ».
    Suite donnée : { $verdict }

    { $answer }
letter-answer-motive = Pourquoi : { $motive }

# The sealed register
register-title = Le registre scellé
register-what = Chaque dépôt, chaque modification, chaque retrait et chaque décision de la collectivité est inscrit ici sous un numéro, sans trou. Chaque ligne est scellée avec celle d’avant : personne, pas même la collectivité, ne peut changer, ôter ou glisser une ligne sans que cela se voie.
register-how = Qui dépose une idée ou un argument reçoit un reçu : un numéro, une heure, une empreinte. N’importe qui peut vérifier un reçu, sans compte.
register-erasing = Les textes eux-mêmes ne sont pas dans la chaîne : elle n’en garde qu’une empreinte mêlée d’un secret. Un texte effacé à la demande de la personne disparaît avec ce secret, et la chaîne reste entière.
register-now = La tête du registre
register-lines = { $n ->
    [0] Le registre est vide.
    [1] Une ligne est inscrite. Son empreinte :
   *[other] { $n } lignes sont inscrites. L’empreinte de la dernière :
}
register-verify = Vérifier un reçu
register-heads = Les têtes publiées chaque jour
register-no-heads = La première sera publiée à minuit.
register-day = Jour
register-number = Dernière ligne
register-print = Empreinte
register-atom = Suivre (Atom)
register-json = En JSON
register-feed = { $site } : les têtes du registre
register-notarise = En garder la preuve ailleurs
register-notarise-how = Abonnez-vous au flux, recopiez une empreinte dans un courriel, un journal, un acte notarié ou un service d’horodatage. Une empreinte gardée ailleurs atteste toutes les lignes qui la précèdent : réécrire le registre contredirait votre copie.
register-check = Contrôler soi-même
register-check-how = Toutes les lignes se téléchargent, sans les textes. La forme exacte et un programme de contrôle sont dans la documentation (docs/REGISTER.md). Les lignes :
register-act-placed = Dépôt d’une contribution
register-act-imported = Reprise d’un fichier
register-act-changed = Modification
register-act-withdrawn = Retrait par son auteur
register-act-restored = Remise en ligne par son auteur
register-act-published = Publication par la modération
register-act-hidden = Masquage par la modération
register-act-asked = Demande de modification
register-act-moved = Changement de démarche
register-act-merged = Fusion avec une autre contribution
register-act-separated = Fusion annulée
register-act-answered = Réponse de la collectivité
register-act-status = Changement de statut
register-act-erased = Effacement à la demande de la personne, ou au terme de la conservation
register-act-argued = Dépôt d’un argument
register-act-argument-withdrawn = Retrait d’un argument par son auteur
register-act-argument-hidden = Masquage d’un argument
register-act-argument-restored = Remise en ligne d’un argument
register-act-photo-hidden = Retrait d’une photo par la modération
register-act-photo-restored = Remise en ligne d’une photo
register-act-phase-opened = Ouverture d’une phase
register-act-phase-closed = Clôture d’une phase
register-act-process = Modification d’une démarche
register-act-granted = Attribution d’un rôle
register-act-revoked = Retrait d’un rôle
register-act-sealed = Lignes d’une écriture scellées
register-act-day = Jour scellé, voix comprises
letter-head-subject = Registre de { $site } : tête du { $day }
letter-head-intro = Voici la tête du registre scellé de { $site } à la fin du { $day } : le jour, le numéro de la ligne, son empreinte.
letter-head-keep = Gardez ce courriel hors de portée de la collectivité : il atteste toutes les lignes du registre jusqu’à celle-ci, voix du jour comprises. Pour contrôler : parvis verify --head FICHIER, avec ce texte dans le fichier.
receipt-title = Reçu n° { $number }
receipt-said = Ce reçu prouve ce qui a été déposé et quand. Gardez-le : imprimez-le ou enregistrez-le.
receipt-number = Numéro
receipt-when = Inscrit le
receipt-moment = { $day } à { $time } (heure de Paris)
receipt-act = Acte
receipt-about = Contribution
receipt-print = Empreinte
receipt-content = Ce qui a été déposé
receipt-photos = { $n ->
    [0] Plus aucune photo.
    [1] Une photo, attestée par son empreinte.
   *[other] { $n } photos, attestées par leurs empreintes.
}
receipt-exact = La forme exacte, pour un contrôle indépendant
receipt-exact-hint = SHA-256 du sel (octets) suivi du contenu (UTF-8) donne l’empreinte du contenu, que la ligne du registre atteste.
receipt-salt = Sel
receipt-digest = Empreinte du contenu
receipt-json = Contenu
receipt-erased = Le contenu a été effacé, et son secret avec lui. La ligne reste inscrite au registre.
receipt-verify = Vérifier ce reçu
receipt-text = Enregistrer le reçu
receipt-keep = Qui a ce lien peut lire ce reçu. Le numéro et l’empreinte suffisent pour vérifier, sans rien montrer du contenu.
receipt-register = Qu’est-ce que le registre ?
receipt-link = Votre reçu de dépôt (n° { $number })
receipt-argument = reçu n° { $number }
receipt-letter-subject = { $site } : votre reçu n° { $number }
receipt-letter = Bonjour,

    Votre dépôt est inscrit au registre de { $site }.

    Numéro : { $number }
    Heure : { $time }
    Empreinte : { $print }

    Le reçu complet, à garder :
    { $link }

    N’importe qui peut vérifier ce reçu :
    { $verify }
error-receipt = Ce lien n’ouvre pas ce reçu. Demandez le lien entier à la personne qui l’a reçu ; le numéro et l’empreinte suffisent pour vérifier.
verify-title = Vérifier un reçu
verify-intro = Un reçu est authentique si son empreinte est celle que le registre garde sous ce numéro.
verify-yes = Ce reçu est authentique
verify-no = Ce reçu n’est pas authentique.
verify-different = La ligne { $number } du registre porte une autre empreinte. Vérifiez que rien ne manque, chiffre par chiffre.
verify-unknown = Le registre n’a pas de ligne { $number }.
verify-unreadable = Il faut un numéro, et au moins les 16 premiers caractères de l’empreinte (chiffres et lettres de a à f).
verify-see = Voir la contribution
verify-content-yes = Le texte du reçu est exactement celui qui a été déposé.
verify-content-no = Le texte du reçu n’est pas celui qui a été déposé.
verify-by-number = Avec le numéro et l’empreinte
verify-print-hint = Les 16 premiers caractères suffisent ; les espaces ne comptent pas.
verify-ask = Vérifier
verify-by-file = Avec le reçu entier
verify-file = Le fichier du reçu
verify-text = Ou son texte, collé ici
verify-file-hint = Le texte déposé est vérifié aussi. Rien de ce que vous envoyez ici n’est gardé.

# Accounts: identity providers
outside-failed = Le service d’identité n’a pas répondu comme prévu. Réessayez dans quelques minutes, ou connectez-vous par un lien.
outside-not-here = Ce retour ne correspond à aucune demande de ce navigateur. Recommencez depuis la page de connexion.
outside-late = Cette demande a expiré ou a déjà servi. Recommencez depuis la page de connexion.
outside-cancelled = Vous avez renoncé à vous identifier ; rien n’a changé. Vous pouvez vous connecter par un lien.
account-voice-held = Votre voix est déjà celle d’un compte que vous avez ouvert depuis. Connectez-vous à ce compte, puis liez-y cette adresse ou cette identité.
outside-other-account = Cette identité est déjà liée à un autre compte. Déconnectez-vous, puis revenez par elle.
outside-address-taken = Un compte a déjà cette adresse de courriel. Connectez-vous d’abord par un lien, puis vérifiez votre identité depuis votre compte.

# People and roles
people-who = Personne
people-role = Rôle
people-where = Où
people-since = Depuis, par
people-everywhere = Partout
people-revoke = Retirer
people-revoked = Le rôle est retiré.
people-granted = Le rôle est donné. La personne le trouvera à sa prochaine connexion.
people-give = Donner un rôle
people-email = Adresse de courriel de la personne
people-email-hint = Elle peut ne s’être encore jamais connectée.
people-process = Dans une seule démarche
people-area = Dans un seul secteur
people-grant = Donner ce rôle
people-find = Chercher un compte
people-words = Nom ou adresse de courriel
people-none = Aucun compte ne correspond.
people-last = C’est le dernier rôle d’administration : donnez-le d’abord à quelqu’un d’autre.
people-meanwhile = Une autre personne l’a déjà fait : rechargez la page pour voir les rôles comme ils sont.
people-has-already = Cette personne a déjà ce rôle, à cet endroit.
role-moderator = Modération
role-agent = Réponses
role-planner = Démarches
role-administrator = Administration
role-moderator-does = relit, masque, fusionne
role-agent-does = répond au nom de la collectivité
role-planner-does = écrit les démarches ; peut aussi modérer et répondre
role-administrator-does = tout, et donne les rôles

# Personal data
consent-text = Ce que vous déposez est public et gardé au registre, sans votre nom. Une valeur au hasard dans votre navigateur, ou votre compte, permet de le reconnaître comme vôtre. Vous pouvez le retirer ou l’effacer à tout moment.
consent-more = Vos données
site-privacy = Données personnelles
site-register = Registre
privacy-title = Vos données personnelles
privacy-who = { $site } est responsable de ces données. Pour toute question, adressez-vous à sa déléguée ou à son délégué à la protection des données.
privacy-short = Lire la carte ne demande rien et ne laisse aucune trace de vous. Participer laisse ce que vous déposez, et de quoi reconnaître que c’est vous. Rien n’est vendu, cédé ni croisé ; aucune adresse IP n’est gardée.
privacy-why = Pourquoi
privacy-what = Quelles données
privacy-basis = Base légale
privacy-keep = Combien de temps
privacy-erasing = Si vous demandez l’effacement
privacy-name-contributions = Idées, signalements, arguments et photos
privacy-why-contributions = Faire connaître à tous ce que chacun propose, y répondre, et prouver ce qui a été déposé.
privacy-what-contributions = Le texte, le lieu, les photos (sans les données de l’appareil), les dates, et une valeur au hasard ou votre compte pour vous reconnaître. Chaque version est gardée comme preuve.
privacy-basis-contributions = Mission d’intérêt public : la participation des habitantes et des habitants (RGPD, article 6-1 e).
privacy-keep-contributions = Tant que la contribution est publique. Sans compte, le lien avec votre navigateur est coupé après { $visitors }. Ce qui est retiré ou masqué est effacé après { $withheld }.
privacy-erasing-contributions = Ce qui est public devient anonyme, ou disparaît avec toutes ses versions : vous choisissez. Le registre garde seulement qu’il y a eu un dépôt, puis un effacement.
privacy-name-votes = Votes
privacy-why-votes = Compter une voix par personne.
privacy-what-votes = La contribution, votre voix, la date, et la valeur qui vous reconnaît ; après l’effacement d’un compte, l’empreinte qui y ramène. Personne ne peut lire qui a voté quoi.
privacy-basis-votes = Mission d’intérêt public (RGPD, article 6-1 e).
privacy-keep-votes = Sans compte, le lien avec votre navigateur est coupé après { $visitors }, et jamais avant la fin du vote. Avec un compte effacé, une empreinte chiffrée de votre adresse ou de votre identité reste jusqu’à la fin du vote (treize mois au plus là où le vote n’a pas de fin), pour que personne ne vote deux fois. La voix reste comptée.
privacy-erasing-votes = Vos voix restent comptées. Tant que le vote est ouvert, vous les retrouvez si vous vous reconnectez avec la même adresse ; ensuite elles ne sont plus à personne.
privacy-name-accounts = Compte et connexions
privacy-why-accounts = Vous reconnaître d’un appareil à l’autre, et vous écrire.
privacy-what-accounts = Votre adresse électronique, le nom public que vous choisissez, votre qualité, votre commune, et les appareils où vous êtes identifié.
privacy-basis-accounts = Mission d’intérêt public ; le compte est facultatif (RGPD, article 6-1 e).
privacy-keep-accounts = Tant que vous vous en servez ; vidé après { $accounts } sans connexion. Une connexion finie est effacée après { $sessions }.
privacy-erasing-accounts = Le compte est vidé, ses connexions finies.
privacy-name-letters = Courriels
privacy-why-letters = Vous envoyer ce que vous avez demandé : liens de connexion, reçus, réponses.
privacy-what-letters = Votre adresse et le texte du courriel.
privacy-basis-letters = Mission d’intérêt public (RGPD, article 6-1 e).
privacy-keep-letters = { $letters } après l’envoi.
privacy-erasing-letters = Effacés.
privacy-name-moderation = Modération
privacy-why-moderation = Appliquer la charte à tous de la même façon, et rendre compte des décisions.
privacy-what-moderation = Les signalements, les décisions, les recours et leurs motifs.
privacy-basis-moderation = Mission d’intérêt public et obligation légale (RGPD, article 6-1 c et e).
privacy-keep-moderation = Les décisions restent, sans ce qui désigne une personne ; le lien avec votre navigateur est coupé après { $visitors }.
privacy-erasing-moderation = Ce qui vous désigne est ôté ; la décision reste.
privacy-name-roles = Rôles dans l’administration du site
privacy-why-roles = Savoir qui peut faire quoi, et qui le lui a permis.
privacy-what-roles = Le compte, le rôle, où il vaut, depuis et jusqu’à quand.
privacy-basis-roles = Mission d’intérêt public ; sécurité du traitement (RGPD, articles 6-1 e et 32).
privacy-keep-roles = Tant que le site existe : c’est la trace des droits donnés. Un compte effacé n’y est plus qu’un numéro.
privacy-erasing-roles = Le rôle prend fin ; il reste un numéro de compte qui ne désigne plus personne.
privacy-cookies = Cookies
privacy-cookies-said = Aucun avant que vous n’agissiez, aucun pour la publicité ni pour vous suivre :
privacy-cookie-visitor = une valeur au hasard, posée à votre premier vote ou dépôt, treize mois au plus ; une personne, une voix.
privacy-cookie-session = votre connexion, si vous avez un compte.
privacy-cookie-lang = la langue que vous choisissez.
privacy-audience = Mesure d’audience
privacy-audience-said = Le serveur compte combien de fois chaque sorte de page est affichée par jour, rien d’autre : ni qui, ni d’où, ni dans quel ordre. Cette mesure est exemptée de consentement (CNIL).
privacy-rights = Vos droits
privacy-rights-said = Vous pouvez lire vos données, les emporter, les corriger, les effacer, vous opposer à leur usage : la page « Mes données » fait l’essentiel, sans formulaire à envoyer. Si une réponse ne vous convient pas, vous pouvez saisir la CNIL (cnil.fr).
mine-title = Mes données
mine-nothing = Rien n’est gardé sur vous dans ce navigateur. Si vous avez participé d’un autre appareil, ouvrez cette page là-bas, ou identifiez-vous.
mine-account = Votre compte :
mine-visitor = Vous participez sans compte : ce navigateur seul sait que ceci est à vous.
mine-take-said = Tout ce qui est gardé sur vous, dans un fichier que d’autres logiciels savent lire (JSON), avec vos photos.
mine-take = Emporter mes données (ZIP)
mine-zip-about = Tout ce que { $site } garde sur vous. Ci-dessous, en mots ; data.json dit la même chose en entier, pour un logiciel ; photos/ : vos photos.
mine-correct = Corriger ou retirer
mine-correct-said = Sur la page de chaque idée, vous pouvez la modifier ou la retirer.
mine-held-waiting = en attente
mine-held-withdrawn = retirée
mine-held-hidden = masquée
mine-held-merged = fusionnée
mine-held-erased = effacée
erase-title = Effacer mes données
erase-said = Ce qui vous désigne disparaît pour de bon. Vous choisissez ce que devient ce que vous avez publié.
erase-open = Choisir et effacer…
erase-what = Votre compte est vidé, vos connexions finissent, vos courriels sont effacés. Vos votes restent comptés ; la fin du vote passée, rien ne dit plus qu’ils étaient de vous.
erase-public = Ce que vous avez publié
erase-anonymous = reste en ligne, anonyme
erase-gone = disparaît : textes, lieux, photos, et toutes les versions gardées
erase-word = Pour confirmer, tapez le mot « effacer »
erase-final = C’est définitif : personne ne pourra le défaire.
erase-do = Effacer
erase-not = Ne rien effacer
erase-problem = Rien n’a été effacé : choisissez ce que devient ce qui est public, et tapez le mot « effacer ».
erased-title = C’est effacé
erased-anonymous = Ce que vous avez publié reste en ligne, et n’est plus à personne.
erased-gone = Ce que vous avez publié a disparu, avec toutes ses versions.
erased-rest = Vos votes restent comptés. Le registre dit qu’un effacement a eu lieu, sans dire de qui.
processing-title = Registre des activités de traitement
processing-said = Article 30 du RGPD. Écrit d’après ce que chaque module déclare ; un test refuse une colonne que personne n’a déclarée.
processing-table = Table
processing-columns = Colonnes sur une personne
processing-stays = gardée avec ce qu’elle désigne
processing-deletes = lignes effacées
processing-cuts = lien avec la personne coupé
processing-unties = lien coupé, ligne par ligne, une fois le vote fini
processing-by = anonyme, vidée ou effacée, selon le choix
retention-title = Durées de conservation
retention-said = Appliquées chaque jour ; réglées dans parvis.toml, [retention]. parvis retention --dry-run dit ce qui partirait maintenant.
retention-applied = La dernière colonne dit ce qui est parti au dernier passage, le { $day }.
retention-never = Elles n’ont pas encore été appliquées : elles le sont dans l’heure qui suit le démarrage.
retention-rule = Quoi
retention-days = Jours
retention-law = Pourquoi cette durée
retention-last = Dernier passage
retention-visitors = Lien entre un navigateur et ses actes
retention-accounts = Comptes sans connexion
retention-sessions = Connexions finies
retention-letters = Courriels envoyés
retention-withheld = Contributions retirées ou masquées
retention-audience = Comptes d’audience
retention-law-visitors = La durée du cookie, treize mois au plus (CNIL, lignes directrices « cookies »).
retention-law-accounts = Trois ans sans contact (CNIL, durées de conservation).
retention-law-sessions = De quoi expliquer une connexion contestée (RGPD, article 32).
retention-law-letters = De quoi prouver un envoi contesté (RGPD, article 5-1 e).
retention-law-withheld = Le temps de revenir sur un retrait ou de contester une décision (RGPD, article 5-1 e).
retention-law-audience = Vingt-cinq mois (CNIL, exemption de la mesure d’audience).
audience-title = Audience des trente derniers jours
audience-said = Combien de fois chaque sorte de page a été affichée. Rien sur les personnes.
audience-none = Rien n’a encore été compté.
audience-page = Page
audience-shown = Affichages

# Accounts: one's own page, the demonstration's letters
account-title = Mon compte
account-signed-in-as = Vous êtes connecté avec l’adresse { $email }, que le public ne voit pas.
account-sign-out = Se déconnecter
account-profile = Ce que le public voit
account-name = Nom public
account-name-hint = De 2 à 60 caractères ; un pseudonyme convient. Sans nom, rien n’est affiché.
account-name-length = Ce nom ne convient pas : écrivez de 2 à 60 caractères, ou laissez vide.
account-choose = Choisissez dans la liste.
account-capacity = Vous vous exprimez en tant que
capacity-resident = Habitante ou habitant
capacity-association = Association
capacity-professional = Professionnelle ou professionnel
capacity-elected = Élue ou élu
capacity-agent = Agente ou agent de la collectivité
account-area = Votre commune
account-area-none = Je ne le dis pas
account-save = Enregistrer
account-saved = C’est enregistré.
account-roles = Vos rôles
account-sessions = Appareils connectés
account-sessions-hint = Un appareil que vous ne reconnaissez pas ? Déconnectez-le : c’est immédiat.
account-here = cet appareil
account-seen = Vu le
account-end = Déconnecter
account-end-others = Déconnecter tous les autres
account-ended = C’est fait : cet appareil n’est plus connecté.
inbox-open = Lire les courriels de la démonstration
inbox-title = Lettres de la démonstration
inbox-why = Aucun courriel ne quitte cette démonstration : tout le monde les lit ici.
inbox-people = Jouer quelqu’un
inbox-letters = Derniers courriels
inbox-empty = Aucun courriel pour l’instant. Choisissez quelqu’un ci-dessus : son lien de connexion arrive ici.
demo-resident = Une habitante
demo-moderator = La modération
demo-moderator-other = L’autre modérateur
demo-agent = Un agent
demo-planner = Une urbaniste
demo-administrator = L’administration

# Clés d’accès
passkeys-title = Clés d’accès
passkeys-hint = Une clé d’accès reste dans votre téléphone, votre ordinateur ou une clé de sécurité, et se déverrouille par le doigt, le visage ou un code. Elle vous connecte sans attendre de courriel, et protège les rôles.
passkey-needs = Les clés d’accès demandent JavaScript et un navigateur récent. Sans elles, connectez-vous par le lien reçu par courriel ; si votre rôle en demande une, ouvrez cette page dans un autre navigateur.
passkey-name = Nom de la clé
passkey-name-hint = Pour la reconnaître, par exemple : Mon téléphone. Facultatif.
passkey-add = Ajouter une clé d’accès
passkey-added = Votre clé d’accès est ajoutée.
passkey-remove = Retirer
passkey-removed = La clé d’accès est retirée. Effacez-la aussi de votre appareil : elle n’ouvre plus rien ici.
passkey-created = Ajoutée le
passkey-used = utilisée le
passkey-waiting = Suivez ce que demande votre appareil…
passkey-cancelled = Rien n’a été fait : la demande a été annulée, ou a trop attendu. Réessayez quand vous voulez.
passkey-known = Cet appareil a déjà une clé d’accès pour ce compte.
passkey-unsupported = Cet appareil ne peut pas garder de clé d’accès protégée par un code, un doigt ou un visage. Essayez avec un téléphone ou une clé de sécurité.
passkey-device-refused = Votre navigateur refuse les clés d’accès à cette adresse. Elles demandent une adresse en https, écrite avec un nom et non des chiffres.
passkey-offline = Le serveur n’a pas répondu. Vérifiez votre connexion, puis réessayez.
passkey-refused = Cette clé d’accès n’a pas pu être vérifiée. Réessayez ; si cela se répète, connectez-vous par un lien.
passkey-late = Cette demande a déjà servi ou a plus de cinq minutes. Recommencez.
passkey-unknown = Cette clé d’accès n’est plus connue ici : elle a été retirée. Connectez-vous par un lien.
passkey-of-another = Cette clé d’accès est celle d’un autre compte.
passkey-too-many = Vous avez déjà vingt clés d’accès : retirez-en une d’abord.
passkey-show-first = Présentez d’abord l’une de vos clés d’accès : avec un rôle, on ne les change pas sans cela.
sign-in-passkey-title = Ou avec une clé d’accès
sign-in-passkey = Utiliser ma clé d’accès
second-factor-title = Confirmez que c’est vous
second-factor-why = Votre rôle vous donne accès aux données d’autrui : le lien reçu par courriel ne suffit pas. Une clé d’accès le confirme, pour douze heures sur cet appareil.
second-factor-none = Vous n’en avez pas encore. Ajoutez-en une : votre appareil s’en charge, en quelques secondes.
second-factor-show = Présenter ma clé d’accès
second-factor-lost = Clé perdue ? Un autre administrateur peut retirer vos clés depuis le serveur, par la commande « parvis admin forget-passkeys » ; vous en ajouterez une nouvelle ici.
second-factor-later = Plus tard : retourner à mon compte

# A status without an answer
status-alone = Changer l’état sans répondre
status-new = Nouvel état
status-hint = L’état et sa date s’ajoutent à l’historique public ; les personnes qui suivent sont prévenues. Un refus demande une réponse.
status-submit = Changer l’état
status-submit-many = Changer l’état de ce qui est coché
status-unchanged = Rien n’a changé : cette contribution a déjà cet état, et personne n’a été prévenu.
status-moved = { $n ->
    [0] Aucune contribution n’a changé d’état.
    [one] 1 contribution a changé d’état.
   *[other] { $n } contributions ont changé d’état.
}
status-same = { $n ->
    [one] 1 l’avait déjà : pour elle, personne n’a été prévenu.
   *[other] { $n } l’avaient déjà : pour elles, personne n’a été prévenu.
}
status-none-chosen = Choisissez le nouvel état.
status-refused-is-answer = Un refus est toujours motivé : publiez une réponse « Non retenue » qui dit pourquoi.
status-misfit = L’état « { $status } » n’existe pas pour « { $title } » ({ $kind }). Sans réponse, elle peut prendre l’un de ces états : { $statuses }.
letter-status-subject = Du nouveau : « { $title } »
letter-status = Bonjour,
    La contribution « { $title } » change d’état : { $status } (auparavant : { $before }).

# Letters about passkeys, and the way to showing one
letter-passkey-added-subject = Une clé d’accès a été ajoutée à votre compte
letter-passkey-added =
    Bonjour,

    Une clé d’accès a été ajoutée à votre compte sur { $site }.

    Quand : le { $day } à { $time } (heure de Paris)
    Depuis : { $browser }

    C’était vous ? Il n’y a rien à faire.

    Ce n’était pas vous ? Ouvrez votre compte sans attendre : retirez
    cette clé, puis déconnectez tous les autres appareils. Si vous avez
    un rôle sur ce site, prévenez aussi l’équipe qui l’administre.

    { $page }
letter-passkey-removed-subject = Une clé d’accès a été retirée de votre compte
letter-passkey-removed =
    Bonjour,

    Une clé d’accès a été retirée de votre compte sur { $site } : elle
    n’y ouvre plus rien.

    Quand : le { $day } à { $time } (heure de Paris)
    Depuis : { $browser }

    C’était vous ? Il n’y a rien à faire.

    Ce n’était pas vous ? Ouvrez votre compte sans attendre : déconnectez
    tous les autres appareils et regardez quelles clés y restent. Si vous
    avez un rôle sur ce site, prévenez aussi l’équipe qui l’administre.

    { $page }
letter-passkeys-forgotten-subject = Vos clés d’accès ont été retirées de votre compte
letter-passkeys-forgotten =
    Bonjour,

    L’équipe qui administre { $site } a retiré toutes les clés d’accès de
    votre compte et déconnecté tous vos appareils, comme on le fait quand
    une clé est perdue.

    Vous l’aviez demandé ? Connectez-vous par le lien reçu par courriel,
    puis ajoutez une nouvelle clé.

    Vous n’aviez rien demandé ? Prévenez cette équipe sans attendre.
passkey-show-first-hint = Pour ajouter ou retirer une clé, présentez d’abord celle que vous avez :
held-page-edit = Modifier la contribution
held-page-edit-hint = Corrigée, elle reste masquée jusqu’à ce que la modération la remette en ligne.
held-page-edit-waiting = Modifiée, elle attend toujours la modération.

# Thèmes : leur bureau, et ceux qu’une démarche a en propre
desk-themes = Thèmes
theme-what = Un thème classe les contributions : il donne sa couleur et son icône aux points de la carte, et se choisit dans les filtres. Il est commun à toute la carte, ou propre à une démarche, qui seule le propose alors.
theme-shared-by-others = Les thèmes communs sont tenus par l’administration du site ; vous pouvez en donner à vos démarches.
theme-new = Nouveau thème
theme-none-yet = Aucun thème pour l’instant : sans thème, les contributions se distinguent seulement par leur statut et leur lieu.
theme-made = Le thème est créé. Il est déjà proposé dans les formulaires.
theme-changed = Le thème est modifié. Les cartes ouvertes se redessinent d’elles-mêmes. Pour revenir en arrière, modifiez-le de nouveau.
theme-removed = Le thème est retiré. Recréé sous le même nom, il retrouverait la même adresse.
theme-col-theme = Thème
theme-col-whose = Proposé par
theme-shared = Toute la carte
theme-count = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
}
theme-unused = Aucune contribution
theme-change = Modifier
theme-problems = Quelque chose ne va pas : voyez les messages plus bas. Rien n’est enregistré.
theme-changed-now = Une autre personne a changé ce thème depuis que vous l’avez ouvert. Il est maintenant : « { $label } », { $color }, { $icon }. Votre saisie est gardée : relisez, puis enregistrez de nouveau.
theme-no-owner = Vous ne menez encore aucune démarche : créez-en une d’abord, puis revenez lui donner ses thèmes.
theme-label = Nom du thème
theme-label-length = Donnez un nom de 2 à { $most } caractères, avec des mots.
theme-doubled = Il y a déjà un thème « { $label } » proposé au même endroit. Choisissez un autre nom, ou modifiez celui-là.
theme-whose = Où est-il proposé ?
theme-shared-choice = Sur toute la carte, dans toutes les démarches
theme-no-process = Choisissez l’une de vos démarches. Un thème commun se demande à l’administration du site.
theme-unknown-process = Cette démarche n’existe pas. Choisissez-en une dans la liste.
theme-is-of = Proposé seulement par la démarche
theme-is-shared = Commun à toute la carte.
theme-address-stays = Son adresse reste la même quand son nom change :
theme-color = Couleur
theme-color-hint = Ces douze couleurs se distinguent aussi quand on perçoit mal les couleurs.
theme-color-of = déjà prise :
theme-no-color = Choisissez une couleur de la liste, ou « Une autre couleur ».
theme-color-other = Une autre couleur
theme-color-hex = Code de l’autre couleur
theme-color-other-hint = Un dièse et six chiffres ou lettres de a à f, par exemple #0b6e4f. Elle doit se voir sur la carte claire comme sur la carte sombre.
theme-color-form = Écrivez la couleur avec un dièse et six chiffres ou lettres de a à f, par exemple #0b6e4f.
theme-color-light = Cette couleur se voit mal sur la carte claire : contraste { $found }, il en faut 3. Prenez-la plus foncée.
theme-color-dark = Cette couleur se voit mal sur la carte sombre : contraste { $found }, il en faut 3. Prenez-la plus claire.
theme-color-0072b2 = Bleu
theme-color-d55e00 = Vermillon
theme-color-009e73 = Vert bleuté
theme-color-cc79a7 = Rose
theme-color-e69f00 = Orange
theme-color-56b4e9 = Bleu ciel
theme-color-882255 = Bordeaux
theme-color-117733 = Vert forêt
theme-color-332288 = Indigo
theme-color-999933 = Olive
theme-color-aa4499 = Pourpre
theme-color-44aa99 = Sarcelle
theme-icon = Icône
theme-bad-icon = Choisissez une icône de la liste.
theme-make = Créer le thème
theme-remove-title = Retirer ce thème
theme-remove-hint = Aucune contribution ne le porte : il peut disparaître sans que rien se perde.
theme-remove = Retirer
theme-not-removed = Ce thème sert encore : il n’est pas retiré. Plus bas : ce qui s’en sert, et que faire à la place.
theme-uses = { $n ->
    [one] { $n } contribution le porte, publique ou non : il ne peut pas être retiré.
   *[other] { $n } contributions le portent, publiques ou non : il ne peut pas être retiré.
}
theme-see-uses = Voir celles qui sont publiques
theme-instead-shared = À la place : renommez-le ou changez son icône, les contributions suivent. Pour ne plus le proposer dans une démarche, décochez-le dans ses règles.
theme-instead-own = À la place : renommez-le ou changez son icône, les contributions suivent.
theme-chosen-by = Choisi dans les règles de : { $processes }. Décochez-le d’abord là-bas, sinon la démarche proposerait autre chose que ce qu’elle annonce.
theme-made-meanwhile = Quelqu’un vient de créer un thème de ce nom. Revenez à la liste des thèmes.
theme-changed-meanwhile = Ce thème vient d’être utilisé ou retiré par quelqu’un d’autre. Revenez à la liste des thèmes.
theme-of-other = Le thème « { $theme } » est propre à la démarche « { $process } ». Choisissez-en un autre, ou déposez votre idée dans cette démarche.
theme-of-this-process = Thèmes propres à la démarche
theme-of-this-process-none = Aucun. Un thème propre n’est proposé que par cette démarche, en plus des thèmes communs choisis plus bas.
theme-add-own = Ajouter un thème propre
theme-own-only = Aucun thème commun : seulement ceux de la démarche
theme-go-on-in = Voir les thèmes et les règles de cette démarche
icon-bicycle = Vélo
icon-building = Bâtiment public
icon-bus = Bus
icon-cleanliness = Propreté
icon-culture = Spectacle
icon-digital = Numérique
icon-dot = Point
icon-food = Repas
icon-health = Santé
icon-heart = Cœur
icon-house = Maison
icon-lighting = Éclairage
icon-market = Marché
icon-noise = Bruit
icon-park = Jardin
icon-parking = Parking
icon-pedestrian = Piéton
icon-playground = Aire de jeux
icon-safety = Sécurité
icon-school = École
icon-shop = Commerce
icon-solidarity = Solidarité
icon-sport = Sport
icon-trash = Déchets
icon-tree = Arbre
icon-water = Eau
icon-wheelchair = Fauteuil roulant
icon-works = Travaux
sign-in-no-letters = Ce site ne peut pas encore envoyer de courriels : personne ne reçoit de lien pour se connecter. L’équipe du site doit d’abord régler l’envoi.
sign-in-no-letters-outside = Vous pouvez vous identifier par l’autre chemin, ci-dessous.
sign-in-no-letters-visitor = Si vous avez déjà une clé d’accès sur cet appareil, elle suffit. Sans compte, vous pouvez lire tout ce qui est publié, et participer là où la démarche le permet aux visiteurs.
letters-lack-way = Les courriels ne partent pas : personne ne peut se connecter par lien. Réglez mail dans parvis.toml (ou PARVIS_MAIL=smtp://utilisateur:motdepasse@serveur:587), puis redémarrez.
letters-lack-address = Les courriels à lien ne partent pas : l’adresse du site n’est pas réglée. Réglez public_url dans parvis.toml (ou PARVIS_PUBLIC_URL=https://…), puis redémarrez.
outside-title = Continuer
outside-leaving = Vous allez continuer chez { $label }.
outside-go = Continuer chez { $label }
outside-link-title = Identité vérifiée
outside-link-why = Liez votre compte à votre identité { $label } : vous pourrez aussi vous connecter par elle, et prendre part aux démarches qui demandent une identité vérifiée.
outside-link = Lier mon identité { $label } à ce compte
outside-linked = L’identité est liée à votre compte.
outside-stale = Lier une identité demande une connexion récente. Déconnectez-vous, reconnectez-vous, puis recommencez dans le quart d’heure.
outside-changed = Vous n’êtes plus connecté avec le compte qui demandait ce lien. Rien n’a changé.
erase-last-administrator = Vous êtes la dernière personne à administrer le site. Nommez d’abord quelqu’un d’autre, sur la page des personnes et des rôles ; vous pourrez ensuite effacer votre compte.
passkey-last-administrator = Vous êtes la dernière personne à administrer le site, et cette clé est votre seule clé d’accès : ajoutez-en une autre d’abord, ou nommez quelqu’un d’autre.

# What an author changes or takes back, and what others have in it.
rules-changed = Les règles ont changé pendant que vous écriviez. Relisez-les, puis recommencez.
feature-withdrawn-title = Contribution retirée par son auteur
feature-withdrawn-on = Retirée par son auteur le
feature-withdrawn-said = Son texte et son lieu ne sont plus publics ; ce que d’autres en ont dit et la réponse de la collectivité restent.
feature-withdrawn-closed = Cette contribution a été retirée par son auteur : on ne peut plus s’y prononcer. Vous pouvez encore reprendre votre voix.
feature-changed = modifiée le
feature-versions = Ce qu’elle disait avant
feature-version-until = Jusqu’au
feature-edit-waits = Votre modification attend d’être lue par la modération. D’ici là, chacun lit la version publiée.
withdrawn-shell = D’autres ont donné un argument ou la collectivité a répondu : une page sans votre texte reste, pour ce qu’ils ont dit.
withdrawn-shell-see = Voir cette page
error-withdrawn-first = Vous avez retiré cette contribution. Remettez-la d’abord en ligne, puis modifiez-la.
edit-meanwhile = Cette contribution a été modifiée entre-temps, depuis un autre appareil ou un autre onglet. Elle dit maintenant : « { $title } – { $text } ». Comparez avec ce que vous avez écrit ci-dessous : si vous envoyez de nouveau, votre texte la remplace.
edit-too-large = D’autres ont déjà donné leur voix ou un argument : vous ne pouvez plus changer que { $allowed } caractères de ce qu’ils ont lu. Réduisez vos changements, ou proposez une nouvelle idée.
edit-too-far = D’autres ont déjà donné leur voix ou un argument : le lieu ne peut plus bouger de plus de { $metres } m. Replacez-le, ou proposez une nouvelle idée.
letter-follow-changed = « { $title } » dit maintenant autre chose qu’au moment où vous vous êtes prononcé ou avez choisi de la suivre. Relisez-la : vous pouvez changer votre voix.
rule-edits = Modifications
rule-edits-small = Dès que quelqu’un d’autre s’est prononcé, l’auteur ne peut plus changer que { $share } % des caractères de son idée, et son lieu de { $metres } m.
rule-edits-told = L’auteur peut changer son idée. Si quelqu’un d’autre s’est prononcé et qu’il en change plus de { $share } % des caractères, ou le lieu de plus de { $metres } m, les personnes qui la suivent ou l’ont votée avec un compte en sont averties.
rule-edits-short-small = Petites modifications seulement
rule-edits-short-told = Libres, et annoncées
process-draft-has-contributions = { $n ->
    [one] Cette démarche a { $n } contribution : elle ne peut plus redevenir un brouillon. Pour la fermer, archivez-la.
   *[other] Cette démarche a { $n } contributions : elle ne peut plus redevenir un brouillon. Pour la fermer, archivez-la.
}
process-ballot-has-voices = Des personnes ont déjà voté : la sorte de vote ne peut plus changer. Pour un autre vote, ouvrez une autre démarche.
votes-apart = { $n ->
    [one] { $n } voix donnée sous d’autres règles est conservée à part : elle ne compte pas ici.
   *[other] { $n } voix données sous d’autres règles sont conservées à part : elles ne comptent pas ici.
}
letter-apart = { $n ->
    [one] { $n } voix ne remplit pas les règles de la démarche d’arrivée : elle est conservée, et n’y compte pas.
   *[other] { $n } voix ne remplissent pas les règles de la démarche d’arrivée : elles sont conservées, et n’y comptent pas.
}
moderation-move-draft = Cette démarche est encore un brouillon : publiez-la d’abord.
moderation-refuse-why = Dites à l’auteur pourquoi sa modification est refusée.
merge-waiting = Elle attend d’être lue : publiez-la d’abord, puis fusionnez-la.
decision-not-withdrawn = Son auteur ne l’a pas retirée.
decision-withdrawn-erased = Son texte a été effacé : il n’y a plus rien à remettre.
ruling-revised = Modification publiée
ruling-kept = Modification refusée
ruling-put-back = Remise en ligne après retrait
revision-title = Une modification attend
revision-said = L’auteur a changé sa contribution. Chacun lit encore la version publiée, ci-dessus ; voici ce qu’elle deviendrait.
revision-accept = Publier cette version
revision-refuse = Garder la version publiée
revision-others = Versions que le public ne lit pas
revision-waiting = En attente
revision-refused = Refusée
revision-replaced = Remplacée par son auteur
revision-withdrawn = Retirée par son auteur
revision-shell = Retirée par son auteur
revision-shell-said = Une page sans texte reste publique pour ce que d’autres ont dit. Vous pouvez remettre le texte.
revision-restore = Remettre en ligne
revision-drops = { $n ->
    [one] retire { $n } photo
   *[other] retire { $n } photos
}
revision-brings = { $n ->
    [one] ajoute { $n } photo
   *[other] ajoute { $n } photos
}
revision-meanwhile = L’auteur a envoyé une autre version, ou elle a déjà été examinée. Rechargez la page et lisez celle-ci.
revision-too-large = Depuis, d’autres se sont prononcés sur la version publiée : cette modification en changerait trop. Refusez-la en disant pourquoi.
letter-revised = Bonjour,

    Votre modification de « { $title } » est publiée.
letter-kept = Bonjour,

    Votre modification de « { $title } » n’est pas publiée : la version que chacun lit reste en ligne.
letter-restored = Bonjour,

    La modération a remis en ligne « { $title } », que vous aviez retirée.
revision-waits-here = Son auteur l’a modifiée : lire et décider
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
filter-not-known = { $name } : « { $value } » n’existe pas ou plus sur ce site. Rien n’est donc affiché pour cela.
filter-without-unknown = Voir sans ce critère
filter-bbox = Partie de la carte
error-gone = Ceci n’existe plus
error-gone-detail = Ce que ce fil ou ce lien suivait n’existe plus sur ce site.
error-gone-next = Ouvrez la carte et choisissez de nouveau ce que vous voulez suivre.
error-full = Il n’y a plus de place
error-full-next = Publiez ce que vous avez commencé, ou retirez ce dont vous n’avez plus besoin.
photo-too-many-pending = Vous avez déjà { $most } photos envoyées et pas encore publiées. Retirez-en, ou publiez l’idée à laquelle elles appartiennent ; sinon elles sont effacées après deux jours.
photo-kind-heic = Cette photo est en { $kind }, un format que beaucoup de navigateurs n’affichent pas. Envoyez-la en JPEG : sur un iPhone, Réglages, Appareil photo, Formats, « Le plus compatible » ; ailleurs, ouvrez la photo et exportez-la en JPEG.
photo-kind-film = C’est un film. Envoyez une photo, en JPEG, PNG ou WebP.
print-map = La carte, à jour :
span-days = { $n ->
    [0] aucun jour
    [one] un jour
   *[other] { $n } jours
  }
span-years = { $n ->
    [one] un an
   *[other] { $n } ans
  }


process-roll-part-read = { $n ->
    [1] Une adresse est sur la liste.
   *[other] { $n } adresses sont sur la liste.
}
process-roll-part-unread = { $n ->
    [1] Un passage n’a pas pu être lu : corrigez-le ci-dessous, puis enregistrez de nouveau.
   *[other] { $n } passages n’ont pas pu être lus : corrigez-les ci-dessous, puis enregistrez de nouveau.
}
held-more = … et encore { $n }, dans le fichier à emporter.
held-row = sans autre indication
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
retention-law-rolls = Le temps des recours contre le vote.
