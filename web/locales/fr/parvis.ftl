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
error-method = Cette adresse ne se visite pas ainsi
error-method-detail = Elle ne sert qu’à recevoir un formulaire.
error-method-next = Revenez à la carte ou à la liste, et reprenez de là.

site-skip = Aller au contenu
site-language = English
site-map = La carte
site-new = Proposer une idée
site-export = Emporter les données
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

status-open = Reçue
status-under-review = À l’étude
status-accepted = Retenue
status-in-progress = En cours
status-done = Réalisée
status-refused = Non retenue

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
filter-kind = Nature
filter-process = Démarche
filter-area = Secteur
filter-area-any = Tout le territoire
filter-since = Depuis le
filter-until = Jusqu’au
filter-score = Solde minimal
filter-order = Trier par
filter-order-newest = Les plus récentes
filter-order-oldest = Les plus anciennes
filter-order-score = Les plus soutenues
filter-apply = Appliquer
filter-reset = Tout afficher
filter-remove = (retirer ce filtre)
chip-since = Depuis le { $value }
chip-until = Jusqu’au { $value }
chip-score-min = Solde d’au moins { $value }
chip-score-max = Solde d’au plus { $value }

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
arguments-closed = La participation est fermée : les arguments restent lisibles, on n’en ajoute plus.
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
error-too-many = Trop de demandes à la fois
error-too-many-detail = Vous allez plus vite que ce que le serveur accepte.
error-too-many-next = Attendez une minute, puis recommencez.
error-internal = Une panne de notre côté
error-internal-detail = L’erreur est de notre fait et vient d’être enregistrée.
error-internal-next = Recommencez dans un instant. Ce que vous aviez enregistré est en sûreté.
error-back = Revenir à la carte

# The desk: pages of who has a role
desk-nav = Administration
desk-open = Administration
desk-moderation = Modération
desk-answers = Réponses
desk-processes = Démarches
desk-people = Comptes et rôles
desk-privacy = Données personnelles

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
register-act-phase-opened = Ouverture d’une phase
register-act-phase-closed = Clôture d’une phase
register-act-process = Modification d’une démarche
register-act-granted = Attribution d’un rôle
register-act-revoked = Retrait d’un rôle
receipt-title = Reçu n° { $number }
receipt-said = Ce reçu prouve ce qui a été déposé et quand. Gardez-le : imprimez-le ou enregistrez-le.
receipt-number = Numéro
receipt-when = Inscrit le
receipt-moment = { $day } à { $time } (heure de Paris)
receipt-act = Nature
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
privacy-keep-contributions = Tant que la contribution est publique. Sans compte, le lien avec votre navigateur est coupé après { $visitors } jours. Ce qui est retiré ou masqué est effacé après { $withheld } jours.
privacy-erasing-contributions = Ce qui est public devient anonyme, ou disparaît avec toutes ses versions : vous choisissez. Le registre garde seulement qu’il y a eu un dépôt, puis un effacement.
privacy-name-votes = Votes
privacy-why-votes = Compter une voix par personne.
privacy-what-votes = La contribution, votre voix, la date, et la valeur qui vous reconnaît. Personne ne peut lire qui a voté quoi.
privacy-basis-votes = Mission d’intérêt public (RGPD, article 6-1 e).
privacy-keep-votes = Sans compte, le lien avec votre navigateur est coupé après { $visitors } jours ; avec un compte, quand celui-ci est effacé. La voix reste comptée.
privacy-erasing-votes = Vos voix restent comptées, mais ne sont plus à personne.
privacy-name-accounts = Compte et connexions
privacy-why-accounts = Vous reconnaître d’un appareil à l’autre, et vous écrire.
privacy-what-accounts = Votre adresse électronique, le nom public que vous choisissez, votre qualité, votre commune, et les appareils où vous êtes identifié.
privacy-basis-accounts = Mission d’intérêt public ; le compte est facultatif (RGPD, article 6-1 e).
privacy-keep-accounts = Tant que vous vous en servez ; vidé après { $accounts } jours sans connexion. Une connexion finie est effacée après { $sessions } jours.
privacy-erasing-accounts = Le compte est vidé, ses connexions finies.
privacy-name-letters = Courriels
privacy-why-letters = Vous envoyer ce que vous avez demandé : liens de connexion, reçus, réponses.
privacy-what-letters = Votre adresse et le texte du courriel.
privacy-basis-letters = Mission d’intérêt public (RGPD, article 6-1 e).
privacy-keep-letters = { $letters } jours après l’envoi.
privacy-erasing-letters = Effacés.
privacy-name-moderation = Modération
privacy-why-moderation = Appliquer la charte à tous de la même façon, et rendre compte des décisions.
privacy-what-moderation = Les signalements, les décisions, les recours et leurs motifs.
privacy-basis-moderation = Mission d’intérêt public et obligation légale (RGPD, article 6-1 c et e).
privacy-keep-moderation = Les décisions restent, sans ce qui désigne une personne ; le lien avec votre navigateur est coupé après { $visitors } jours.
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
mine-features = { $n ->
    [1] Une idée
   *[other] { $n } idées
}
mine-arguments = { $n ->
    [1] Un argument
   *[other] { $n } arguments
}
mine-photos = { $n ->
    [1] Une photo
   *[other] { $n } photos
}
mine-votes = { $n ->
    [1] Un vote
   *[other] { $n } votes
}
mine-letters = { $n ->
    [1] Un courriel
   *[other] { $n } courriels
}
mine-sessions = { $n ->
    [1] Une connexion
   *[other] { $n } connexions
}
mine-take-said = Tout ce qui est gardé sur vous, dans un fichier que d’autres logiciels savent lire (JSON), avec vos photos.
mine-take = Emporter mes données (ZIP)
mine-zip-about = Tout ce que { $site } garde sur vous. data.json : les lignes, table par table, textes compris. photos/ : vos photos.
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
erase-what = Votre compte est vidé, vos connexions finissent, vos courriels sont effacés. Vos votes restent comptés, sans que rien ne dise qu’ils étaient de vous.
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
processing-unties = lien coupé, ligne par ligne
processing-by = anonyme, vidée ou effacée, selon le choix
retention-title = Durées de conservation
retention-said = Appliquées chaque jour ; réglées dans parvis.toml, [retention]. La dernière colonne dit ce qui partirait maintenant (parvis retention --dry-run dit de même).
retention-rule = Quoi
retention-days = Jours
retention-law = Pourquoi cette durée
retention-now = Maintenant
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
