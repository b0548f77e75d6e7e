# Textes du module map.

map-without-words = La base de données ne répond pas pour le moment. La carte, les nombres et les filtres restent justes ; les textes reviennent dès qu’elle répond.
map-try-again = Réessayer
site-export = Emporter les données
site-skip-list = Aller à la liste
site-skip-filters = Aller aux filtres
kind-one-report = Signalement
kind-one-project = Projet
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
map-title = La carte des idées
map-list = Contributions
map-empty-all = La carte est encore vide. La première idée peut être la vôtre.
map-empty-view = Rien à cet endroit de la carte pour l’instant. Dézoomez, ou proposez ici la première idée.
map-sheet = Agrandir ou réduire la liste
map-place-draw = Tracer une ligne ou une zone
list-intro = Tout ce que montre la carte, sans la carte : les mêmes filtres, le même ordre.
list-to-map = Revenir à la carte
map-noscript = Sans JavaScript, la liste dit tout ce que montre la carte.
map-label = Carte des contributions. La liste qui suit contient les mêmes.
map-pick-hint = Amenez l’endroit sous la croix : touchez la carte, ou déplacez-la avec les flèches. Entrée valide, Échap annule.
map-place-confirm = C’est ici
map-canvas = Carte interactive : les flèches la déplacent, plus et moins changent l’échelle.
map-attribution = Sources de la carte
map-marker = Endroit choisi
map-here = Au même endroit
map-failed = La carte n’a pas pu se charger. Nouvel essai dans un instant ; la liste reste à jour.
map-offline = Hors connexion : la carte sera à jour à votre retour.
map-zoom-in = Zoomer
map-zoom-out = Dézoomer
map-popup-argument = argument
map-popup-arguments = arguments
filter-title = Filtrer
facet-kind = Type de contribution
filter-since = Depuis le
filter-until = Jusqu’au
filter-grouped = Ce qui se chevauche
filter-grouped-best = Au mieux
filter-grouped-discs = En cercles, avec leur nombre
filter-grouped-squares = En carrés, plus foncés où il y en a plus
filter-score = Voix pour moins voix contre, au moins
filter-order-oldest = Les plus anciennes
filter-remove = (retirer ce filtre)
chip-since = Depuis le { $value }
chip-within = Dans la zone nº { $value }
chip-until = Jusqu’au { $value }
chip-score-min = Pour moins contre : { $value } ou plus
chip-score-max = Pour moins contre : { $value } ou moins
parameter-missing = Il manque le paramètre { $name }.
list-bad-bbox = bbox : « { $value } » ; écrivez ouest,sud,est,nord en degrés, par exemple 2.2,48.8,2.4,48.9.
list-bad-order = order : « { $value } » ; valeurs admises : newest, oldest, score.
list-bad-limit = limit : « { $value } » ; un nombre entier de 1 à 1000.
list-bad-cursor = cursor : « { $value } » ; reprenez le lien « next » de la page précédente.
tile-bad-coordinate = { $name } : « { $value } » n’est pas un nombre entier. Adresse d’une tuile : /tiles/z/x/y.mvt, z de 0 à { $deepest }.
nearby-too-far = metres : « { $value } » ; de 0 à { $most } mètres.
live-bad-id = « { $value } » n’est pas un numéro du journal.
feed-title = { $site } : les dernières contributions
filter-order-random = Au hasard

# The map in a frame of another site (/embed)
embed-open = Participer sur
embed-new-window = nouvelle fenêtre
filter-not-known = { $name } : « { $value } » n’existe pas ou plus sur ce site. Rien n’est donc affiché pour cela.
filter-without-unknown = Voir sans ce critère
filter-bbox = Partie de la carte
print-map = La carte, à jour :

# The map as a picture
picture-title = La carte de { $site }
picture-note = Sans JavaScript, la carte est une image dont les points mènent aux contributions ; la liste dit tout ce qu’elle montre.
picture-point = Une contribution
surface-title = Contributions par carré de
surface-and-more = et plus
surface-unit = { $n } par carré de { $side }
timeline-title = Mois par mois
timeline-month = Mois montré
timeline-all = Toute la période
timeline-play = Faire défiler les mois
timeline-pause = Arrêter
picture-cluster = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
}
picture-bad = « { $value } » n’est pas une valeur de « { $name } » : bbox attend ouest,sud,est,nord en degrés, size une largeur et une hauteur de 64 à 2400 pixels (960x640), scale 1 ou 2, detail low, grouped discs ou squares.
share-process = Démarche de concertation
print-filter = Filtre :
acts-label = Participer
map-place-where = Choisir l’endroit

# Where one is, and where an address is
map-locate = Me localiser
map-locate-denied = Votre navigateur n’a pas le droit de donner votre position. Autorisez-la pour ce site, ou cherchez une adresse.
map-locate-unknown = Votre position n’a pas pu être trouvée. Cherchez une adresse, ou déplacez la carte.
map-locate-outside = Vous êtes en dehors du territoire : la carte reste où elle est.
map-located = Vous êtes au point bleu. Votre position reste dans cet appareil : le site n’apprend que la partie de la carte qui s’affiche.
map-your-place = Votre position
map-found-hint = À cet endroit :
map-found-clear = Effacer ce repère

# A contribution beside the map
beside-label = La contribution choisie
beside-close = Revenir à la liste
beside-page = Ouvrir en page entière

# What the colours mean
legend-title = Légende
legend-hint = Choisissez une couleur pour ne voir qu’elle ; plusieurs s’ajoutent.
legend-sizes = Un disque grandit avec les soutiens. Un cercle avec un nombre réunit plusieurs contributions : touchez-le pour l’ouvrir.
