# Textes du module site.

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
filter-order-newest = Les plus récentes
filter-order-score = Les plus soutenues
error-not-found-detail = L’adresse est fausse, ou ce qui s’y trouvait a été retiré.
error-not-found-next = Revenez à la carte : tout ce qui est public s’y trouve.

offline-title = Sur cet appareil
offline-said = Pas de connexion : la page demandée n’est pas gardée sur cet appareil.
offline-again = Réessayer
offline-scripts = Sans scripts, rien n’est gardé sur cet appareil.
offline-waiting = Ce qui attend
offline-waiting-what = Tout part seul dès que la connexion revient. Se déconnecter du site efface ce qui attend.
offline-waiting-none = Rien n’attend.
offline-send = Envoyer maintenant
offline-drop = Ne pas envoyer
offline-forms = Pages gardées
offline-forms-none = Aucune. Le formulaire d’une catégorie de signalement est gardé dès qu’on l’a ouvert une fois.
