# Textes de l'interface, en français. Le fichier anglais a les mêmes clés (un test y veille).

site-skip = Aller au contenu
site-language = English
site-map = La carte
site-new = Proposer une idée
site-export = Emporter les données

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
vote-failed = Votre voix n’a pas pu être transmise. Réessayez dans un instant.
vote-score = Solde

map-title = La carte des idées
map-list = Contributions
map-empty = Rien ne correspond à ces filtres.
map-empty-next = Élargissez la période, retirez un filtre, ou proposez la première idée.
map-empty-all = La carte est encore vide. La première idée peut être la vôtre.
map-next = Suite de la liste
map-noscript = Sans JavaScript, la liste dit tout ce que montre la carte.
map-no-webgl = La carte ne peut pas s’afficher sur cet appareil. La liste ci-contre dit tout ce qu’elle montre.
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
map-live = En direct
map-offline = Hors connexion : la carte sera à jour à votre retour.
map-zoom-in = Zoomer
map-zoom-out = Dézoomer

filter-title = Filtrer
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
filter-order-newest = les plus récentes
filter-order-oldest = les plus anciennes
filter-order-score = les plus soutenues
filter-apply = Appliquer
filter-reset = Tout afficher

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
proposal-title = Votre idée en une phrase
proposal-title-hint = De 3 à 120 caractères.
proposal-body = Expliquez-la, si vous voulez
proposal-body-hint = Texte simple, 4 000 caractères au plus. Évitez les noms et coordonnées de personnes : tout est public.
proposal-theme = Thème
proposal-theme-any = Je ne sais pas
proposal-place = Où ?
proposal-place-hint = Un point sur la carte, ou tout un secteur.
proposal-lon = Longitude
proposal-lat = Latitude
proposal-area = Ou un secteur entier
proposal-area-none = Un point précis
proposal-locate = Ma position
proposal-locate-refused = Votre position n’est pas disponible. Placez le point sur la carte ou choisissez un secteur.
proposal-pick = Carte : touchez-la, ou déplacez le repère avec les flèches.
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
vote-unknown-voice = « { $value } » n’est pas une voix : for, against ou none.

feature-where = Où
feature-area-only = Concerne tout le secteur
feature-when = Déposée le
feature-see-on-map = Voir sur la carte
feature-thanks = Votre voix compte : { $n }
feature-gone = Cette contribution vient d’être retirée de la carte.
feature-coordinates = Coordonnées

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
error-read-only = La participation est fermée sur cette carte ; la lecture reste ouverte.
error-not-yours = Seule la personne qui a déposé cette idée peut la retirer, depuis le même appareil.
error-invalid = La demande contient une erreur
error-invalid-next = Corrigez l’adresse ou le formulaire, puis recommencez.
error-conflict = Quelque chose a changé entre-temps
error-conflict-next = Rechargez la page, puis recommencez.
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
