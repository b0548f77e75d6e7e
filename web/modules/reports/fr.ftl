# Signalements.
facet-category = Catégorie de signalement
facet-category-none = Sans catégorie
facet-service = Service
facet-service-none = Sans service
facet-clock = Délai
facet-clock-running = Dans les délais
facet-clock-overdue = En retard
facet-clock-paused = Délai suspendu
facet-clock-in_time = Terminé à temps
facet-clock-late = Terminé en retard
facet-clock-none = Sans délai
report-needs-reason = Dites pourquoi ce signalement est clos sans réparation : la raison est publiée.
report-is-open = Ce signalement est encore ouvert : il n’y a rien à rouvrir.
report-reopens-no-more = Ce signalement est terminé depuis plus de 30 jours : faites-en un nouveau, au même endroit.
report-clock-stands = Ce délai est déjà suspendu, ou il n’y en a pas.
report-clock-runs = Ce délai court déjà.
report-withdrawn-close = Son auteur a retiré ce signalement : il ne reste qu’à le clore.
act-report = Signaler un problème
report-new = Signaler un problème
report-new-lead = Qu’avez-vous vu ? Choisissez d’abord ce dont il s’agit : le signalement part au bon service.
report-emergency = Danger immédiat pour quelqu’un : appelez le 112 (ou le 114 par SMS). Ce formulaire n’est pas lu en continu.
report-danger = Danger ? Appelez :
report-none-offered = Rien ne peut être signalé ici pour l’instant : la collectivité n’a pas encore établi ses catégories.
report-none-contact = Écrire à la collectivité
report-search = Chercher une catégorie
report-search-example = nid-de-poule, lampadaire, dépôt…
report-search-go = Chercher
report-search-none = Aucune catégorie ne correspond à ces mots : choisissez dans la liste.
report-search-found = Catégories trouvées
report-often = Les plus fréquents
report-all = Toutes les catégories
report-others = Dire merci, ou suggérer
report-rather-idea = C’est plutôt une idée pour le territoire
report-other-category = Choisir une autre catégorie
report-category = Catégorie
report-photos-checked = Photo vérifiée avant publication : un agent masque les visages et les plaques.
report-photos-waiting = { $n ->
    [one] Une photo est vérifiée avant publication.
   *[other] { $n } photos sont vérifiées avant publication.
    }
report-photos-look = Les vérifier
report-queued = Sur cet appareil, un envoi attend la connexion. Il partira tout seul.
report-queued-see = Voir ce qui attend
report-queued-here = Pas de connexion. Votre signalement est gardé sur cet appareil et part dès qu’elle revient, même si vous fermez cette page.
report-queued-change = Le modifier
report-unsent = Un signalement attend sur cet appareil : il n’a pas été envoyé.
report-unsent-open = Le reprendre
report-restored = Voici ce que vous aviez commencé sur cet appareil.
report-check = Vérifier et envoyer
report-check-title = Avant d’envoyer
report-send = Envoyer le signalement
report-more = Ce qui aide le service
report-optional = (facultatif)
report-body = Précisions
report-body-hint = Ce qui ne se voit pas sur la photo : depuis quand, de quel côté, ce qu’il faut éviter. Ni nom, ni téléphone : ce texte est public.
report-public = Votre signalement paraît aussitôt sur la carte, sans votre nom. Vous pourrez le retirer depuis cet appareil.
report-waiting = Pas de connexion. Votre signalement est gardé sur cet appareil et part dès qu’elle revient ; laissez cette page ouverte, ou revenez plus tard.
report-no-place = Dites où : placez un point sur la carte, ou cherchez une adresse.
report-no-category = Cette catégorie n’existe pas ou plus : choisissez-en une autre.
report-answer-missing = Répondez à cette question : le service en a besoin.
report-answer-long = C’est trop long : { $most } caractères au plus.
report-answer-unlisted = Choisissez parmi les réponses proposées.
report-answer-one = Une seule réponse, s’il vous plaît.
report-answer-number = Donnez un nombre, par exemple 2,5.
report-answer-day = Donnez un jour, par exemple 2026-11-30.
report-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
report-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
report-working-days = { $n ->
    [one] { $n } jour ouvré
   *[other] { $n } jours ouvrés
}
report-goes-to-by = Ce signalement ira à : { $service } ; délai annoncé : { $target }.
report-goes-to = Ce signalement ira à : { $service }.
report-goes-nowhere = Aucun service n’est encore désigné pour cela : la collectivité choisira à qui le confier.
report-due = soit, au plus tard, le
report-outside = C’est un organisme extérieur à la collectivité, qui décide seul de la suite.
report-border = Vous êtes à la limite de deux secteurs : de quel côté est-ce ?
report-border-hint = La position d’un téléphone peut se tromper de quelques mètres.
report-known = Déjà signalé tout près
report-known-hint = Si c’est la même chose, dites « moi aussi » : cela compte, et vous saurez la suite.
report-known-none = Rien de semblable n’est signalé tout près.
report-metres = { $n ->
    [0] au même endroit
    [one] à { $n } m
   *[other] à { $n } m
}
report-supports = { $n ->
    [0] personne d’autre ne l’a dit
    [one] { $n } personne l’a vu aussi
   *[other] { $n } personnes l’ont vu aussi
}
report-me-too = Moi aussi
report-not-yours = Seule la personne qui a fait ce signalement peut le modifier, depuis le même appareil ou par son lien.
report-supported = D’autres soutiennent déjà ce signalement : sa catégorie ne change plus, son lieu ne bouge plus de plus de { $metres } m, et son texte reste presque le même. Faites-en un autre pour ce qui est nouveau.
report-read-first = Cette démarche relit chaque signalement avant de le publier : il ne se modifie pas ici. Faites-en un autre, ou écrivez-nous.
report-in = Démarche
report-in-none = Aucune
phase-act-report = signaler des problèmes
rule-report = Signaler un problème
process-report-opens = Les signalements de cette démarche ouvrent le { $when }.
process-report-closed = Les signalements de cette démarche sont fermés depuis le { $when }. Hors démarche, un problème se signale à tout moment.
process-report-never = Cette démarche ne recueille pas de signalements. Hors démarche, un problème se signale à tout moment.
report-letter-received-subject = Signalement reçu : { $title }
report-letter-received = Bonjour,

    Votre signalement « { $title } » (n° { $number }) est enregistré.

    { $whom }

    Où il en est : { $page }

    { $site }
report-letter-service-subject = Nouveau signalement : { $title }
report-letter-service = Bonjour,

    Un signalement « { $title } » (n° { $number }) est confié à : { $service }.
    Échéance : { $due }.

    Le traiter : { $page }

    { $site }
report-no-due = sans délai
report-letter-changed-subject = { $title } : du nouveau
report-letter-changed = Bonjour,

    Le signalement « { $title } » a changé d’état : { $status }.
report-letter-ended = Si ce n’est pas réparé, vous avez 30 jours pour le dire depuis sa page : { $page }
report-letter-ask-subject = { $title } : est-ce réparé ?
report-letter-ask = Bonjour,

    Votre signalement « { $title } » est terminé pour le service. Est-ce réparé ? Une question, une seule fois :

    { $link }

    Ce lien est le vôtre : il permet aussi de rouvrir le signalement pendant 30 jours.
report-reason-not-needed = Il n’y avait rien à faire
report-reason-not-found = Rien n’a été trouvé à cet endroit
report-reason-cannot = Cela ne peut pas être fait
report-reason-duplicate = Un autre signalement dit la même chose
report-reason-not-ours = Cela ne relève d’aucun service ici
report-pause-author = une précision est attendue
report-pause-handed-over = un autre organisme s’en occupe
report-pause-works = des travaux se terminent d’abord
report-where-it-stands = Où en est ce signalement
report-outside-now = organisme extérieur
report-ask = Pour le joindre :
report-address = Adresse
report-reason = Raison
report-reopened = Rouvert
report-reopened-count = { $n ->
    [one] { $n } fois
   *[other] { $n } fois
}
report-history = Ce qui a été fait
report-another = En signaler un autre ici
report-treat = Traiter
report-not-repaired = Ce n’est pas réparé
report-say-after = Donner mon avis sur la suite
report-clock-running = Réponse attendue au plus tard le { $due }
report-clock-overdue = En retard depuis le { $due }
report-clock-paused = Délai suspendu
report-clock-in-time = Terminé dans les délais, le { $ended }
report-clock-late = Terminé le { $ended }, après l’échéance du { $due }
report-clock-ended = Terminé le { $ended }
report-clock-none = Sans délai annoncé
report-told-status = { $has_reason ->
    [yes] { $status } : { $reason }
   *[no] { $status }
}
report-told-routed = Confié à : { $service }
report-told-handed-over = Transmis à : { $service }
report-told-returned = Revenu de : { $service }
report-told-reopened = Rouvert : quelqu’un dit que ce n’est pas réparé
report-told-paused = Délai suspendu : { $reason }
report-told-resumed = Le délai court de nouveau
report-told-category = Changé de catégorie
report-after = La suite donnée à ce signalement
report-after-not-yours = Seule la personne qui a fait ce signalement, ou une personne inscrite qui l’a soutenu, peut dire cela.
report-rate = Est-ce réparé ?
report-rate-outcome = À vos yeux
report-outcome-fixed = Oui, c’est réparé
report-outcome-partly = En partie
report-outcome-not = Non
report-rate-grade = Votre satisfaction, de 1 (mauvaise) à 5 (très bonne)
report-rate-hint = Votre avis est compté, sans votre nom, dans les chiffres publics. Il ne rouvre rien : le bouton plus bas le fait.
report-rate-send = Donner mon avis
report-rated = Merci, votre avis est compté.
report-rate-open = Ce signalement n’est pas terminé : il est trop tôt pour donner un avis.
report-rate-choose = Choisissez une réponse, et une note de 1 à 5 si vous voulez.
report-reopen = Rouvrir le signalement
report-reopen-say = Qu’est-ce qui ne va pas encore ?
report-reopen-hint = Public, et envoyé au service. Le délai repart de zéro.
report-reopen-note = Dites en quelques mots ce qui ne va pas encore ({ $most } caractères au plus).


# Desk
desk-reports = Signalements
report-desk-catalogue = Catalogue des signalements
report-desk-catalogue-what = Ce que les habitants peuvent signaler, qui s’en charge, où et sous quel délai. Un changement vaut pour les signalements à venir : le délai annoncé à la réception d’un signalement ne change plus.
report-desk-usual-what = Le catalogue est vide. Vous pouvez partir de ce qu’utilisent la plupart des communes : dix types de signalements et leurs catégories, trois services, des délais et des règles que vous modifierez ensuite.
report-desk-usual = Mettre en place les catégories usuelles
report-desk-usual-there = Le catalogue n’est plus vide : les catégories usuelles n’ont pas été ajoutées.
report-desk-done-usual = Les catégories usuelles sont en place. Relisez les délais : ils seront annoncés aux habitants.
report-desk-done-category-made = La catégorie est créée.
report-desk-done-category-changed = La catégorie est modifiée.
report-desk-done-category-removed = La catégorie est retirée. Ses signalements la gardent.
report-desk-done-category-back = La catégorie est de nouveau proposée.
report-desk-done-service-made = Le service est créé.
report-desk-done-service-changed = Le service est modifié.
report-desk-done-service-removed = Le service est retiré. Ses signalements lui restent attribués.
report-desk-done-service-back = Le service reçoit de nouveau des signalements.
report-desk-rules-count = { $n ->
    [0] Règles d’attribution
    [one] 1 règle d’attribution
   *[other] { $n } règles d’attribution
}
report-desk-rules = Règles d’attribution
report-desk-days = Jours fermés
report-desk-faults = À corriger dans les règles
report-desk-fault-ambiguous = Deux règles aussi précises l’une que l’autre se recouvrent : en attendant votre choix, la plus ancienne s’applique.
report-desk-fault-unreached = { $category } : aucune règle ne dit à qui cela va. Ces signalements resteraient sans service.
report-desk-fault-only-in-areas = { $category } : des règles existent pour certains secteurs seulement. Ailleurs, ces signalements resteraient sans service.
report-desk-fault-service = Cette règle désigne un service retiré, elle est ignorée : { $rule }.
report-desk-fault-category = Cette règle porte sur une catégorie retirée, elle est ignorée : { $rule }.
report-desk-fault-area = Cette règle porte sur un secteur qui n’existe plus ou qui n’a pas de contour, elle est ignorée : { $rule }.
report-desk-try = Essayer : qui reçoit quoi ?
report-desk-try-place = Adresse, ou longitude et latitude (2.35, 48.85)
report-desk-try-do = Essayer
report-desk-try-nowhere = Aucune adresse connue n’y ressemble.
report-desk-try-nobody = Aucune règle ne s’applique ici : le signalement resterait sans service.
report-desk-try-near = À moins de 15 mètres de là, ce serait un autre service : l’habitant devra choisir.
report-desk-try-whom = Pour qui
report-desk-try-why = Pourquoi
report-desk-try-when = Pour quand
report-desk-try-due = , soit, reçu maintenant, au plus tard le
report-desk-try-others = Ce n’est pas cette adresse ?
report-desk-no-target = Sans délai annoncé.
report-desk-level-subtype-area = Une règle vise cette catégorie dans ce secteur :
report-desk-level-subtype = Une règle vise cette catégorie :
report-desk-level-type-area = Une règle vise ce type de signalement dans ce secteur :
report-desk-level-type = Une règle vise ce type de signalement :
report-desk-level-area = Une règle vise tout ce qui est dans ce secteur :
report-desk-level-everything = C’est la règle de tout ce qui n’en a pas d’autre :
report-desk-categories = Catégories
report-desk-category = Catégorie
report-desk-target = Délai annoncé
report-desk-count = Signalements
report-desk-reports = { $n ->
    [0] Aucun signalement
    [one] 1 signalement
   *[other] { $n } signalements
}
report-desk-no-reports = aucun
report-desk-removed = retiré
report-desk-up = Monter :
report-desk-down = Descendre :
report-desk-add-below = Ajouter dessous
report-desk-no-category = Aucune catégorie : les habitants ne peuvent encore rien signaler.
report-desk-services = Services et autorités
report-desk-service-sort = Qui est-ce ?
report-desk-service-open = En cours
report-desk-no-service = Aucun service : créez-en un avant d’écrire des règles.
report-desk-inside = Un service de la collectivité
report-desk-outside = Une autorité extérieure
report-desk-outside-hint = Département, syndicat, opérateur, commune voisine : le signalement lui est transmis, et la page publique dit qui l’a désormais.
report-desk-unreachable = Sans adresse où transmettre
report-desk-open-reports = { $n ->
    [0] aucun signalement en cours
    [one] 1 signalement en cours
   *[other] { $n } signalements en cours
}
report-desk-category-new = Nouvelle catégorie
report-desk-category-make = Créer la catégorie
report-desk-label = Nom
report-desk-label-en = Nom en anglais
report-desk-label-length = Donnez un nom de 2 à 60 caractères.
report-desk-label-taken = Une catégorie porte déjà ce nom au même endroit.
report-desk-bad-choice = Choisissez une valeur de la liste.
report-desk-bad-number = Écrivez un nombre entier, dans les limites indiquées.
report-desk-bad-target = Écrivez un nombre de 1 à 2 000, ou laissez vide.
report-desk-bad-parent = Une catégorie qui en contient d’autres ne peut pas être rangée sous un type.
report-desk-has-below = D’autres catégories sont rangées sous ce type : c’est parmi elles que l’on choisit.
report-desk-parent = Rangée sous
report-desk-no-parent = Rien : c’est un type
report-desk-keywords = Autres mots pour la trouver
report-desk-keywords-hint = Séparés par des virgules : ce que les gens écrivent quand ils cherchent.
report-desk-hint = Ce qui en relève, et ce qui n’en relève pas
report-desk-sort = Ce que l’on attend
report-desk-sort-problem = Une réparation : un délai est annoncé
report-desk-sort-thanks = Rien : c’est un remerciement
report-desk-sort-suggestion = Une lecture : c’est une suggestion
report-desk-target-n = Nombre
report-desk-target-unit = Unité
report-desk-unit-working-days = jours ouvrés
report-desk-unit-days = jours
report-desk-unit-hours = heures
report-desk-target-hint = Vide : le délai du type, ou aucun. Le jour de la réception ne compte pas ; les heures courent jour et nuit.
report-desk-duplicates = Déjà signalé ?
report-desk-metres = À moins de (mètres)
report-desk-duplicate-days = Terminé depuis moins de (jours)
report-desk-danger = En cas de danger
report-desk-danger-hint = Affiché avant l’envoi : qui appeler tout de suite. Vide : rien n’est affiché.
report-desk-checks-photos = Un agent regarde chaque photo avant qu’elle soit publique
report-desk-questions = Questions posées à l’habitant
report-desk-questions-hint = Huit au plus, et le moins possible : un signalement se fait en une minute. Videz le texte d’une question pour la retirer. Pour en ajouter plusieurs, enregistrez après chacune.
report-desk-question = Question
report-desk-question-new = Nouvelle question
report-desk-question-text = Question
report-desk-question-text-en = Question en anglais
report-desk-question-answer = Réponse attendue
report-desk-question-values = Choix, un par ligne (pour une liste)
report-desk-question-required = La réponse est obligatoire
report-desk-question-label = Question { $at } : écrivez son texte, ou videz ses choix.
report-desk-question-sort = Question { $at } : choisissez la réponse attendue.
report-desk-question-choices = Question { $at } : une liste a de 2 à { $most } choix.
report-desk-question-twice = Question { $at } : le choix « { $choice } » y est deux fois.
report-desk-datatype-string = Une ligne
report-desk-datatype-number = Un nombre
report-desk-datatype-datetime = Une date
report-desk-datatype-text = Quelques lignes
report-desk-datatype-singlevaluelist = Un choix dans une liste
report-desk-datatype-multivaluelist = Des choix dans une liste
report-desk-remove-title = Retirer
report-desk-put-back = Remettre
report-desk-category-is-removed = Cette catégorie n’est plus proposée.
report-desk-category-uses = { $n ->
    [one] 1 signalement la porte et la gardera.
   *[other] { $n } signalements la portent et la garderont.
}
report-desk-category-remove-hint = Elle ne sera plus proposée aux habitants. Vous pourrez la remettre.
report-desk-category-remove = Retirer cette catégorie
report-desk-meanwhile = « { $name } » a été modifié par quelqu’un d’autre pendant que vous écriviez. Rien n’est enregistré : relisez, puis enregistrez de nouveau pour que votre version l’emporte.
report-desk-service-new = Nouveau service
report-desk-service-make = Créer le service
report-desk-name = Nom
report-desk-name-en = Nom en anglais
report-desk-name-length = Donnez un nom de 2 à 80 caractères.
report-desk-name-taken = Un service porte déjà ce nom.
report-desk-email = Adresse électronique
report-desk-email-hint = Où lui écrire. Elle n’est pas publiée.
report-desk-bad-email = Cette adresse n’en est pas une.
report-desk-contact = À qui s’adresser
report-desk-contact-hint = Publié sur la page des signalements qui lui sont confiés.
report-desk-open311 = Transmission par Open311
report-desk-open311-hint = Si cette autorité reçoit les signalements par une interface Open311 (GeoReport v2), ils y sont déposés ; sinon, ils partent par courriel.
report-desk-open311-url = Adresse de l’interface
report-desk-open311-jurisdiction = Territoire (jurisdiction_id)
report-desk-open311-key = Clé
report-desk-open311-key-kept = Une clé est enregistrée ; elle n’est jamais affichée. Ce que vous écrivez la remplace.
report-desk-open311-key-none = Aucune clé n’est enregistrée.
report-desk-open311-forget = Effacer la clé enregistrée
report-desk-bad-url = Écrivez une adresse complète, qui commence par https://.
report-desk-agents = Agents de ce service
report-desk-agents-hint = Leur liste commence par les signalements de ce service. Ce que chacun peut faire dépend de son rôle, pas de cette liste.
report-desk-no-agent = Personne pour l’instant.
report-desk-agent = Agent
report-desk-agent-add = Ajouter
report-desk-agent-remove = Retirer
report-desk-service-is-removed = Ce service ne reçoit plus de signalements : les règles qui le désignent sont ignorées.
report-desk-service-remove-hint = Les règles qui le désignent seront ignorées ; ses signalements lui restent attribués. Vous pourrez le remettre.
report-desk-service-remove = Retirer ce service
report-desk-rules-what = Une règle dit quel service se charge d’une catégorie dans un secteur. La plus précise l’emporte : une catégorie dans un secteur, puis une catégorie, puis son type, puis un secteur, puis tout le reste.
report-desk-no-rule = Aucune règle : les signalements resteraient sans service. Commencez par une règle pour tout, partout.
report-desk-every-category = Toutes les catégories
report-desk-everywhere = Partout
report-desk-area-gone = Un secteur qui n’existe plus
report-desk-own-target = Délai propre
report-desk-own-target-hint = Vide : le délai de la catégorie.
report-desk-target-of-category = celui de la catégorie
report-desk-choose = Choisir…
report-desk-change = Modifier
report-desk-rule-new = Nouvelle règle
report-desk-rule-make = Ajouter la règle
report-desk-rule-no-service = Il faut d’abord un service.
report-desk-rule-service = Choisissez le service qui s’en charge.
report-desk-rule-twice = Une règle existe déjà pour cette catégorie et ce secteur : modifiez-la.
report-desk-rule-version = Une règle modifiée devient une nouvelle version. L’ancienne reste dans l’historique, avec les signalements reçus sous elle.
report-desk-rule-ended = Cette règle a été modifiée ou arrêtée entre-temps. Rien n’est enregistré.
report-desk-rule-end-title = Arrêter
report-desk-rule-end-hint = Elle ne s’appliquera plus aux signalements à venir.
report-desk-rule-end = Arrêter cette règle
report-desk-rules-past = Anciennes versions
report-desk-rules-past-hint = Les signalements reçus sous une ancienne version gardent le délai qu’elle annonçait.
report-desk-rule-held = A valu
report-desk-days-what = Jours où personne ne travaille ici, en plus des samedis, des dimanches et des jours fériés légaux : un pont, une fête locale. Ils ne comptent pas dans un délai en jours ouvrés.
report-desk-no-day = Aucun jour fermé en plus de ceux de la loi.
report-desk-day = Jour
report-desk-day-name = Nom
report-desk-day-new = Ajouter un jour
report-desk-day-add = Ajouter
report-desk-day-remove = Retirer
report-desk-bad-day = Choisissez un jour.
report-desk-day-label = Dites pourquoi ce jour est fermé.
report-desk-alsace-title = Alsace et Moselle
report-desk-alsace-hint = Le droit local ajoute le Vendredi saint et le 26 décembre.
report-desk-alsace = Ajouter les jours de
report-desk-good-friday = Vendredi saint
report-desk-second-christmas = Saint-Étienne
report-desk-waits-open = Signalements à prendre en compte
report-desk-waits-overdue = Signalements en retard
report-desk-mine = Mes services
report-desk-all = Tous les services
report-desk-by-service = Signalements en cours, par service
report-desk-open = En cours (tous)
report-desk-on-map = Voir sur la carte
report-desk-rounds = Tournées
report-desk-nothing = Aucun signalement ne correspond à ces filtres.
report-desk-choose-some = Choisir des signalements
report-desk-acts = Traiter ce qui est coché
report-desk-treat = Traiter ce signalement
report-desk-report = Signalement
report-desk-received = Reçu le
report-desk-held = attend la modération
report-desk-hidden = masqué par la modération
report-desk-not-public = non public
report-desk-is-hidden = La modération a masqué ce signalement : rien de public ne peut en être changé tant qu’il l’est.
report-desk-is-no-more-public = Ce signalement n’est plus public : rien de public ne peut en être changé.
report-desk-shown = Publication
report-desk-shown-usual = Publics, en attente
report-desk-shown-waiting = En attente seuls
report-desk-shown-hidden = Masqués seuls
report-desk-elsewhere = Choisis sur la carte, hors de cette page de la liste
report-desk-chosen-one = 1 signalement choisi.
report-desk-chosen-many = { "{n}" } signalements choisis.
report-desk-chosen-too-many = Une tournée en a { "{most}" } au plus.
report-map = Carte de cette liste
report-map-hint = Cliquez sur un point pour le choisir ou ne plus le choisir : c’est la même chose que le cocher dans la liste. Au clavier, cochez dans la liste, ou déplacez la carte et appuyez sur Entrée pour choisir ce qui est au milieu.
report-map-legend = Légende
report-map-waiting = Attend la modération : visible des agents seulement
report-map-hidden = Masqué par la modération : visible des agents seulement
report-map-chosen = Choisi
report-map-open = Ouvrir ce signalement
report-map-all = Choisir tout ce que montre la carte
report-map-not-yours = Ce signalement n’est pas de ceux que vous traitez.
report-map-cut = La carte en montre trop : les 200 premiers de la liste sont choisis. Approchez-vous pour choisir les autres.
report-map-nothing = La carte ne montre aucun signalement de cette liste.
report-map-bad-box = Ce cadre n’en est pas un : écrivez ouest,sud,est,nord en degrés.
report-map-held-failed = Ce qui n’est pas public n’a pas pu être lu : la liste le montre.
report-map-held-drawn = { $n ->
    [0] Rien de non public n’est à dessiner dans cette liste.
    [one] 1 signalement non public est dessiné.
   *[other] { $n } signalements non publics sont dessinés.
}
report-map-held-cut = Cette liste en a { $total } : la carte en dessine { $most } au plus, ceux qui viennent d’abord dans la liste.
report-map-held-unplaced = { $n ->
    [one] 1 autre n’a pas de point sur la carte : la liste le montre.
   *[other] { $n } autres n’ont pas de point sur la carte : la liste les montre.
}
report-desk-reopened = rouvert
report-desk-supporters = { $n ->
    [one] 1 personne concernée
   *[other] { $n } personnes concernées
}
report-desk-support = Aussi signalé par
report-desk-note = Mot pour le public
report-desk-note-hint = Facultatif. Il est publié dans l’historique et envoyé avec le courriel. Les notes entre agents ont leur propre page.
report-desk-reason = Si clos sans réparation : pourquoi ?
report-desk-no-reason = Sans objet
report-desk-do-status = Changer l’état
report-desk-give-to = Confier à
report-desk-do-service = Confier
report-desk-file-under = Ranger sous
report-desk-do-category = Changer de catégorie
report-desk-pause-why = Suspendre le délai : pourquoi ?
report-desk-do-pause = Suspendre
report-desk-do-resume = Reprendre le délai
report-desk-make-round = En faire une tournée
report-desk-none-checked = Cochez au moins un signalement.
report-desk-too-many = Cochez { $most } signalements au plus.
report-desk-done = C’est fait.
report-desk-done-count = { $n ->
    [0] Rien n’a changé.
    [one] 1 signalement modifié.
   *[other] { $n } signalements modifiés.
}
report-desk-same = { $n ->
    [one] 1 était déjà ainsi.
   *[other] { $n } étaient déjà ainsi.
}
report-desk-undo-what = Vous pouvez encore annuler : les courriels ne partent que dans dix secondes.
report-desk-undo = Annuler
report-desk-undone = { $n ->
    [one] 1 signalement est comme avant ; aucun courriel n’est parti.
   *[other] { $n } signalements sont comme avant ; aucun courriel n’est parti.
}
report-desk-undone-one = Le signalement est comme avant ; aucun courriel n’est parti.
report-undo-late = Trop tard pour le signalement n° { $number } : dix secondes ont passé et les courriels partent. Rien n’est annulé ; vous pouvez changer de nouveau ce qui ne convient pas.
report-undo-not-last = Autre chose s’est passé depuis sur le signalement n° { $number } : rien n’est annulé. Relisez-le, puis changez ce qui ne convient pas.
report-desk-stopped = Rien n’est enregistré. Voici ce qui s’est passé depuis que cette page est ouverte, ou ce qui l’empêche ; relisez, puis recommencez.
report-desk-gone = Ce signalement n’existe plus.
report-desk-waits-to-be-read = Ce signalement n’est pas public : son état changera quand la modération l’aura publié.
report-desk-public-page = Page publique
report-desk-notes = Notes entre agents et attribution
report-desk-doubles = Le même problème ?
report-desk-doubles-hint = Signalements du même type, tout près. Regrouper clôt celui-ci comme doublon : ses soutiens comptent là-bas, une fois chacun.
report-desk-shared = mots communs :
report-desk-metres-away = { $n ->
    [0] au même endroit
    [one] à 1 mètre
   *[other] à { $n } mètres
}
report-desk-merge = Regrouper dans le
report-desk-merge-note = Regroupé avec le signalement n° { $number }, qui dit la même chose.
report-desk-merged = Les deux signalements sont regroupés ici.
report-desk-merged-here = Regroupés ici :
report-desk-is-merged = Regroupé dans un autre signalement :
report-desk-separate = Séparer de nouveau
report-desk-separated = Ce signalement est de nouveau seul, avec ses propres soutiens.
report-desk-status = État
report-desk-words = Mots
report-desk-any = Tous
report-desk-followed-by = Suivi par
report-round = Tournée
report-round-name = Tournée du { $day }
report-round-what = Une tournée range des signalements dans l’ordre où l’on passe devant. Choisissez-les dans la liste ou sur sa carte, puis « En faire une tournée ».
report-round-none = Vous n’avez pas encore de tournée.
report-round-nothing = Cochez au moins un signalement pour en faire une tournée.
report-round-too-many = Une tournée a { $most } arrêts au plus.
report-round-stops = Arrêts faits
report-round-ended = terminée
report-round-done-of = arrêts faits
report-round-said = C’est noté.
report-round-more = Autres actions
report-round-empty = Cette tournée n’a plus d’arrêt.
report-round-from-here = Ranger à partir d’où je suis
report-round-order = Ranger de proche en proche
report-round-print = Version à imprimer
report-round-end = Terminer la tournée
report-round-again = Reprendre la tournée
report-round-go = Voir le lieu
report-round-photo = Photo après
report-round-photo-alt = Photo prise par un agent après son passage
report-round-fixed = Fait : c’est réparé
report-round-passed = Vu, pas réparé
report-round-drop = Ôter de la tournée
report-round-back = Pas encore fait
report-round-was-done = fait
report-round-not-public = n’est plus public
report-round-waiting = Pas de connexion : ce que vous avez coché est gardé sur cet appareil et partira dès qu’il y en aura une. Laissez cette page ouverte, ou revenez-y. Une photo choisie sans connexion sera à reprendre.
report-round-back-to = Revenir à la tournée
report-round-nth = N°
report-round-where = Où
report-round-fixed-short = Réparé
report-round-remarks = Remarques

# Les délais.
delays-link = Délais de réparation
delays-of-such = En combien de temps de tels signalements sont réparés
delays-title = En combien de temps les signalements sont réparés
delays-description = Délais de réparation des signalements par catégorie, secteur et service : médiane, neuf sur dix, part dans les délais annoncés, retards en cours.
delays-intro = Chaque signalement réparé compte, depuis le jour où il est arrivé. Ce qui est en retard et n’est pas fini compte aussi : un retard ne disparaît pas parce qu’il dure.
delays-counted = Compté le { $when }, sur tout ce qui est terminé.
delays-counted-since = Compté le { $when }, sur ce qui s’est terminé depuis le { $since }.
delays-period = Période
delays-period-year = Les douze derniers mois
delays-period-all = Depuis le début
delays-category = Catégorie
delays-area = Secteur
delays-service = Service
delays-every = Toutes et tous
delays-show = Afficher
delays-show-all = Tout afficher
delays-empty = Rien n’est encore à compter.
delays-empty-what = Dès le premier signalement, cette page dira ce qui attend, ce qui est réparé, et en combien de temps.
delays-empty-filtered = Aucun signalement ne répond à ce choix sur cette période.
delays-brief = En bref
delays-by-category = Par catégorie
delays-by-area = Par secteur : { $level }
delays-by-service = Par service
delays-all = Ensemble
delays-others = Autres
delays-elsewhere = Ailleurs, ou dans aucun
delays-no-service = Sans service
delays-repaired = Réparés
delays-median = Délai médian
delays-nine = Neuf sur dix en
delays-in-time = Dans les délais
delays-overdue = En retard, pas finis
delays-open = Ouverts
delays-closed = Clos sans réparation
delays-number = { $n }
delays-percent = { $share } %
delays-less-than-an-hour = moins de 1 h
delays-hours = { $n } h
delays-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
delays-not-yet = pas encore atteint
delays-nothing = –
delays-meaning = Ce que disent ces chiffres
delays-repaired-means = Les signalements dont la réparation est dite faite, et qui étaient publiés à ce moment-là ; un doublon fusionné avant ne compte pas. Rouvert, un signalement n’est plus compté ici jusqu’à sa nouvelle réparation. Remerciements et suggestions n’ont pas de délai : ils ne comptent nulle part sur cette page.
delays-median-means = La moitié a été réparée en moins de temps, l’autre en plus. Le temps court de l’arrivée du signalement à sa réparation, nuits, week-ends et suspensions compris, et depuis la première arrivée s’il a été rouvert. Il est compté à l’heure entière pendant deux semaines, au jour entier ensuite. Ce qui est en retard et pas fini compte comme plus long que tout ce qui est réparé : s’il y en a trop, la médiane n’est « pas encore atteinte ».
delays-nine-means = Neuf signalements sur dix ont été réparés dans ce temps, compté comme la médiane.
delays-in-time-means = Parmi les signalements pour lesquels un délai était annoncé : la part réparée avant son terme, suspensions déduites. Au dénominateur, ce qui a été réparé à temps, réparé en retard, ou qui est en retard et pas fini. Arrondie vers le bas.
delays-overdue-means = Les signalements encore ouverts dont le délai est dépassé en ce moment, quelle que soit la période choisie.
delays-closed-means = Les signalements terminés sans réparation, avec leur raison : rien à faire, introuvable, impossible, doublon, pas de notre ressort. Ils ne comptent jamais comme réparés, ni dans les délais.
delays-others-means = Une ligne de moins de cinq signalements n’est pas montrée seule : elle est réunie aux autres petites. Les lignes d’un tableau, avec « Autres », font toujours l’ensemble.
delays-take = Reprendre ces chiffres
delays-csv = CSV
delays-figures = Tous les chiffres de la participation
delays-file = delais
job-reports-overdue = Dire au registre quels signalements sont en retard
job-reports-delays = Compter les délais des réparations
job-reports-handover = Transmettre les signalements aux autres autorités, et suivre ce qu’elles en disent

# Open311 : ce que lisent les logiciels d’autres organismes.
open311-contact = { $site } : { $address }. jurisdiction_id (facultatif) : { $jurisdiction }.
open311-key = Une clé est nécessaire pour envoyer, pas pour lire. Demandez-la à la collectivité : { $address }
open311-notice = Transmis à : { $service }.
open311-notice-due = Transmis à : { $service }. Délai annoncé : jusqu’au { $day }.
open311-notice-nobody = Reçu. Le service compétent sera désigné par la collectivité.
open311-no-jurisdiction = jurisdiction_id : ce territoire n’est pas le nôtre.
open311-no-service = service_code : aucune catégorie n’a ce code.
open311-no-request = service_request_id : aucun signalement public n’a ce numéro.
open311-no-date = { $field } : donnez une date au format du W3C, par exemple 2026-01-31T08:00:00Z.
open311-end-before-start = end_date est avant start_date.
open311-too-long = Demandez 90 jours au plus à la fois.
open311-no-number = { $field } : donnez un nombre entier de 1 à { $most }.
open311-no-status = status : open, closed, ou les deux séparés par une virgule.
open311-no-update-status = status : ce mot n’est pas connu. Envoyez open ou closed.
open311-no-form = Envoyez un formulaire : application/x-www-form-urlencoded, UTF-8.
open311-needs-service = service_code : il en faut un.
open311-needs-request = service_request_id : il en faut un.
open311-needs-place = Il faut un lieu : lat et long, ou address_string.
open311-no-address = address_string : cette adresse n’est pas connue ici, ou plusieurs lui répondent. Envoyez lat et long.
open311-needs-attribute = attribute[{ $field }] : une réponse est nécessaire.
open311-no-attribute = attribute[{ $field }] : cette réponse ne convient pas à la question.
open311-too-much = description : { $most } caractères au plus.
open311-told-routed = Transmis au service
open311-told-handed_over = Transmis à un autre organisme
open311-told-returned = Revenu de l’autre organisme
open311-told-reopened = Rouvert
open311-told-paused = Délai suspendu
open311-told-resumed = Le délai court de nouveau
open311-told-category = Changement de catégorie

# Transmission à un autre organisme.
handover-title = Transmettre à un autre organisme
handover-now = Transmis à :
handover-state = Envoi
handover-state-waiting = En attente d’envoi
handover-state-sent = Envoyé
handover-state-failed = Pas envoyé
handover-reference = Son numéro là-bas
handover-remote = Dernière nouvelle
handover-remote-open = Le signalement y est ouvert.
handover-remote-closed = Le signalement y est clos. Dites ici s’il est réparé, ou pourquoi il ne l’est pas.
handover-problem = Ce qui ne va pas
handover-problem-address = L’adresse Open311 de cet organisme ne peut pas être utilisée : elle doit commencer par https:// et ne pas désigner un réseau privé.
handover-problem-silent = Son serveur ne répond pas. Un nouvel essai suivra.
handover-problem-refused = Son serveur a refusé :
handover-problem-unreadable = La réponse de son serveur ne peut pas être lue.
handover-problem-no-service = Il n’a pas de catégorie du même nom. Reprenez le signalement, puis transmettez-le avec l’un de ses codes :
handover-again = Essayer de nouveau
handover-back = Reprendre le signalement
handover-back-note = Pourquoi il revient (publié)
handover-back-hint = Les règles diront de nouveau à quel service il va, et son délai courra de nouveau. Ce qui est déjà parti ne peut pas être rappelé.
handover-leaves = Ce qui sera transmis
handover-leaves-what = Uniquement ce que tout le monde peut lire sur la page du signalement :
handover-category = Catégorie
handover-text = Texte
handover-place = Lieu
handover-photo = Photo
handover-page = Page
handover-stays = Ni le nom, ni l’adresse, ni aucune autre donnée de la personne qui a signalé ne sont transmis. Si le texte ou la photo montre quelqu’un, retirez-le d’abord.
handover-to = À qui
handover-whom = Organisme
handover-way-open311 = Par son service en ligne (Open311) ; son numéro et ses nouvelles reviendront ici.
handover-way-letter = Par courriel.
handover-way-none = Ni adresse Open311, ni adresse électronique : à compléter dans les services.
handover-note = Ce que vous ajoutez (publié, et transmis)
handover-note-hint = Par exemple la raison pour laquelle c’est à cet organisme d’agir.
handover-code = Son code de catégorie (Open311, facultatif)
handover-code-hint = Vide : la catégorie de même code ou de même nom est choisie.
handover-send = Transmettre
handover-done-sent = Le signalement est transmis. L’envoi part dans un instant.
handover-done-again = Un nouvel essai est en route.
handover-done-back = Le signalement est revenu.
handover-ended = Ce signalement est terminé : il ne peut plus être transmis.
handover-not-public = Ce signalement n’est pas public : il ne peut pas être transmis.
handover-already = Cet organisme a déjà ce signalement.
handover-not-there = Aucun autre organisme n’a ce signalement.
handover-no-way = Cet organisme n’a ni adresse Open311, ni adresse électronique.
handover-nobody = Aucun organisme extérieur n’est connu. Ajoutez-en un parmi les services.
handover-no-other = Aucun autre organisme extérieur n’est connu.
handover-letter-subject = { $category } : signalement n° { $number } – { $site }
handover-letter = Bonjour,

    Ce signalement nous est parvenu, et c’est à { $service } d’agir.

    { $category }
    Adresse : { $address }
    Coordonnées (latitude, longitude) : { $place }

    { $text }

    Nous publions ce qui en advient : répondez à ce courriel en citant le n° { $number }.

    { $site }
