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
report-due = soit le
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
report-begun = Le service a commencé à traiter ce signalement : il ne se modifie plus. Vous pouvez en faire un autre.
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
report-clock-running = Réponse attendue avant le { $due }
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
