# Textes du module figures.

figures-link = Chiffres
figures-link-process = Chiffres
figures-title = Les chiffres de la participation
figures-title-process = Les chiffres : { $process }
figures-description = Qui participe, où, sur quoi, et ce qu’il en advient : les chiffres publics, leur définition et leurs données.
figures-intro = Qui participe, où, sur quoi, et ce qu’il en advient. Chaque chiffre est compté dans la base de ce site, sur ce qui est publié, et dit sa définition : n’importe qui peut le recalculer à partir des fichiers ouverts.
figures-counted = Compté le { $when }.
figures-empty = Rien n’est encore publié : il n’y a rien à compter.
figures-empty-what = Dès la première contribution, cette page dira combien il y en a par thème, par secteur et par mois, ce qu’elles deviennent et en combien de temps la collectivité répond.
figures-contents = Les chiffres de cette page
figures-not-whole = Le graphique s’arrête aux premières lignes ; le tableau les a toutes.
figures-table = Voir le tableau
figures-share = Part
figures-sum = Total
figures-defined = Définition.
figures-take = Reprendre ces chiffres
figures-take-how = Tous les chiffres de la page tiennent dans un tableau : chiffre, définition, libellé, nombre, part. Chaque graphique se télécharge en image. Une ligne par contribution, pour recompter, est dans l’export.
figures-delays = En combien de temps les signalements sont réparés
figures-sheet = Tableau pour tableur
figures-csv = CSV
figures-rows = Les contributions, ligne à ligne
figures-each = Les chiffres de chaque démarche
figures-number = { $n }
figures-few = moins de 5
figures-percent = { $share } %
figures-rest = { $n ->
    [one] 1 autre ligne
   *[other] { $n } autres lignes
}
figures-said = { $label } : { $shown }
figures-column-figure = Chiffre
figures-column-definition = Définition
figures-column-label = Libellé
figures-column-count = Nombre
figures-column-share = Part
figures-file = chiffres
figures-note = { $site }. Compté le { $when }. { $address }
figures-no-answer = aucune réponse encore
figures-no-process = Hors démarche
figures-withdrawn = Retirée par son auteur
figures-other-theme = Autre thème
figures-no-theme = Sans thème
figures-before = avant { $month }
figures-after = après { $month }
figures-people-proposed = Ont déposé une contribution
figures-people-argued = Ont argumenté, sans rien déposer
figures-people-voted = Ont seulement voté
figures-people-all = Toutes
figures-nobody = { $n ->
    [one] S’y ajoute 1 voix dont le lien avec une personne a été coupé, au terme de la conservation : elle reste comptée comme voix, mais plus comme personne.
   *[other] S’y ajoutent { $n } voix dont le lien avec une personne a été coupé, au terme de la conservation : elles restent comptées comme voix, mais plus comme personnes.
}
figures-population-unknown = population inconnue
figures-population-of-none = La population de ces secteurs est inconnue de ce site : aucun taux par habitant n’est donné.

figures-totals-title = En bref
figures-totals-head = Chiffre
figures-totals-unit = Nombre
figures-totals-definition = Contributions : lignes de { $file }. Personnes : voir « Qui participe ». Voix : somme de la colonne voters du même fichier. Délai médian : parmi les contributions qui ont reçu une réponse, la moitié l’a reçue en moins de jours, l’autre en plus ; les jours sont ceux des « Réponses de la collectivité ».
figures-total-contributions = Contributions publiées
figures-total-people = Personnes
figures-total-votes = Voix
figures-total-median = Délai médian de réponse, en jours

figures-kinds-title = Contributions par nature
figures-kinds-head = Nature
figures-kinds-unit = Contributions
figures-kinds-definition = Nombre de lignes de { $file } par valeur de la colonne kind. N’y figure pas ce qui attend une relecture, est masqué, effacé, ou fusionné dans une autre contribution.

figures-outcomes-title = Ce que deviennent les contributions
figures-outcomes-head = Suite donnée
figures-outcomes-unit = Contributions
figures-outcomes-definition = Nombre de lignes de { $file } par valeur de la colonne status, telle qu’elle est au moment du comptage. Une ligne dont la colonne withdrawn_at est remplie compte comme retirée par son auteur, quel que soit son statut. Le tout fait le total des contributions.

figures-answers-title = Réponses de la collectivité
figures-answers-head = Première réponse
figures-answers-unit = Contributions
figures-answers-definition = Lignes de { $file } dont la colonne withdrawn_at est vide et la colonne kind n’est pas project : un projet de la collectivité n’attend pas de réponse. Délai : de created_at à first_answer_date, pris à la seconde, en jours entiers de 24 heures. Sans réponse : first_answer_date est vide. Le tout fait le total de ces lignes.
figures-delay-first = En moins de 30 jours
figures-delay-second = De 30 à 59 jours
figures-delay-third = De 60 à 89 jours
figures-delay-later = En 90 jours ou plus
figures-delay-none = Sans réponse à ce jour

figures-within-title = Réponses dans les 30, 60 et 90 jours
figures-within-head = Première réponse
figures-within-unit = Contributions
figures-within-definition = Les mêmes lignes et les mêmes délais que « Réponses de la collectivité », cumulés : ce qui a reçu une réponse en moins de 30 jours est compté aussi dans les 60 et les 90. La part est prise sur toutes ces lignes, y compris celles qui attendent encore.
figures-delay-within-first = En moins de 30 jours
figures-delay-within-second = En moins de 60 jours
figures-delay-within-third = En moins de 90 jours

figures-months-title = Contributions par mois
figures-months-head = Mois
figures-months-unit = Contributions
figures-months-definition = Nombre de lignes de { $file } par mois de la colonne created_at : ses sept premiers caractères, à l’heure UTC. Ce qui a plus de vingt-quatre mois est réuni.

figures-themes-title = Contributions par thème
figures-themes-head = Thème
figures-themes-unit = Contributions
figures-themes-definition = Nombre de lignes de { $file } par valeur de la colonne theme. Chaque contribution a un thème au plus.

figures-areas-title = Contributions par { $level }
figures-areas-head = Secteur
figures-areas-unit = Contributions
figures-areas-definition = Nombre de lignes de { $file } selon les secteurs de niveau « { $level } » que nomme la colonne areas. Une contribution qui touche plusieurs de ces secteurs n’est comptée dans aucun d’eux, mais sur une ligne à part ; de même celle qui n’en touche aucun. Le tout fait le total des contributions.
figures-areas-several = Dans plusieurs à la fois
figures-areas-elsewhere = Ailleurs
figures-areas-none = Dans aucun

figures-silent-title = Secteurs sans contribution : { $level }
figures-silent-head = Secteurs
figures-silent-unit = Secteurs
figures-silent-definition = Parmi tous les secteurs de niveau « { $level } », ceux que la colonne areas d’aucune ligne de { $file } ne nomme. Une contribution à cheval sur plusieurs secteurs compte pour chacun.
figures-silent-with = Avec au moins une contribution
figures-silent-without = Sans aucune contribution
figures-silent-names = Sans aucune contribution : { $names }.

figures-rates-title = Contributions pour 1 000 habitants, par { $level }
figures-rates-head = Secteur
figures-rates-unit = Pour 1 000 habitants
figures-rates-definition = Nombre de lignes de { $file } dont la colonne areas nomme le secteur (à cheval sur plusieurs, une contribution compte dans chacun), multiplié par 1 000, divisé par la population que la collectivité a donnée pour ce secteur, arrondi au dixième. Sans population connue, aucun taux.

figures-channels-title = Par où les contributions sont venues
figures-channels-head = Canal
figures-channels-unit = Contributions
figures-channels-definition = Nombre de lignes de { $file } par valeur de la colonne channel.

figures-participants-title = Qui participe
figures-participants-head = Ce que ces personnes ont fait
figures-participants-unit = Personnes
figures-participants-definition = Personnes distinctes, autant que ce site peut les distinguer : un compte, ou un navigateur sans compte. Chacune est comptée une fois, au premier titre qui lui convient : avoir déposé une contribution publiée, sinon avoir argumenté sur l’une d’elles, sinon avoir voté. Les contributions reprises d’un fichier n’ont pas d’auteur ici. Un groupe de moins de cinq personnes n’est jamais montré seul : il est réuni à un autre sous « Autres ». Les fichiers publics ne disent pas qui a dit quoi : ce chiffre ne peut pas être recalculé à partir d’eux.

figures-processes-title = Contributions par démarche
figures-processes-head = Démarche
figures-processes-unit = Contributions
figures-processes-definition = Nombre de lignes de { $file } par valeur de la colonne process ; vide : hors démarche.

figures-votes-title = Voix par démarche
figures-votes-head = Démarche
figures-votes-unit = Voix
figures-votes-definition = Somme de la colonne voters de { $file } par valeur de la colonne process : une voix par personne et par contribution, pour, contre ou au milieu d’une échelle.

figures-turnout-title = Participants par démarche
figures-turnout-head = Démarche
figures-turnout-unit = Personnes
figures-turnout-definition = Personnes distinctes, au sens de « Qui participe », qui ont déposé, argumenté ou voté dans la démarche. Qui participe à deux démarches est compté dans chacune : la somme n’est pas un nombre de personnes. De une à quatre personnes, il est seulement dit « moins de 5 ». Ce chiffre ne peut pas être recalculé à partir des fichiers publics.

channel-web = Déposées sur ce site
channel-import = Reprises d’un fichier
channel-demo = Inventées pour la démonstration
channel-open311 = Reçues du logiciel d’un autre organisme (Open311)
column-channel = Canal
column-first-answer-date = Première réponse le
figures-brief-more = Tous les chiffres de la démarche
figures-total-answered = Contributions avec une réponse
