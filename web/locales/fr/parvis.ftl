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

# Accounts: signing in
sign-in-title = Se connecter
sign-in-why = Avec un compte, vos idées et vos voix vous suivent d’un appareil à l’autre, et vous êtes averti des suites. Pas de mot de passe : un lien vous est envoyé.
sign-in-email = Votre adresse e-mail
sign-in-email-hint = Par exemple : camille@exemple.fr. Elle n’est jamais montrée au public.
sign-in-send = Recevoir un lien
sign-in-bad-address = Cette adresse n’est pas complète : elle s’écrit comme camille@exemple.fr.
sign-in-outside = Ou avec une identité vérifiée
sign-in-demo = Ceci est une démonstration : aucune lettre ne part, elles se lisent toutes ici.
sign-in-sent-title = Consultez votre boîte aux lettres
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
role-moderator = Modération
role-agent = Réponses de la collectivité
role-planner = Conduite des démarches
role-administrator = Administration
account-sessions = Appareils connectés
account-sessions-hint = Un appareil que vous ne reconnaissez pas ? Déconnectez-le : c’est immédiat.
account-here = cet appareil
account-seen = Vu le
account-end = Déconnecter
account-end-others = Déconnecter tous les autres
account-ended = C’est fait : cet appareil n’est plus connecté.
inbox-open = Lire les lettres de la démonstration
inbox-title = Lettres de la démonstration
inbox-why = Aucune lettre ne quitte cette démonstration : tout le monde les lit ici.
inbox-people = Jouer quelqu’un
inbox-letters = Dernières lettres
inbox-empty = Aucune lettre pour l’instant. Choisissez quelqu’un ci-dessus : son lien de connexion arrive ici.
demo-resident = Une habitante
demo-moderator = La modération
demo-agent = Un agent
demo-planner = Une urbaniste
demo-administrator = L’administration
