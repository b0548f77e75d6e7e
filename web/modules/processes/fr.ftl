# Textes du module processes.

desk-drafts = Brouillons
desk-phase-opens = « { $title } » : « { $phase } » commence
desk-phase-closes = « { $title } » : « { $phase } » se termine
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
phase-opens = Ouvre le (heure du territoire)
phase-closes = Ferme le (heure du territoire)
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
process-vote-against = On vote ici seulement pour.
process-vote-scale = Cette voix n’existe pas dans cette démarche.
process-title = Titre
process-summary = Résumé, en une phrase
process-title-length = Un titre a entre 3 et 120 caractères.
process-summary-length = Un résumé a au plus 300 caractères.
process-number = Écrivez un nombre entre { $least } et { $most }.
process-no-shape = Choisissez au moins une façon de situer une idée.
process-calendar-hint = Une phase ouvre et ferme d’elle-même, à la minute. Pour être publiée, une démarche a besoin d’une phase où les habitants peuvent faire quelque chose.
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
process-current = actuelle
process-undo = Annuler cette modification
process-saved = Enregistré.
process-restored = La version est rétablie, comme une nouvelle version.
process-restored-draft = La version est rétablie, mais reste un brouillon : il y manque ce dont les habitants ne peuvent se passer.
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
theme-of-this-process = Thèmes propres à la démarche
theme-of-this-process-none = Aucun. Un thème propre n’est proposé que par cette démarche, en plus des thèmes communs choisis plus bas.
theme-add-own = Ajouter un thème propre
theme-own-only = Aucun thème commun : seulement ceux de la démarche
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
process-roll-part-read = { $n ->
    [1] Une adresse est sur la liste.
   *[other] { $n } adresses sont sur la liste.
}
process-roll-part-unread = { $n ->
    [1] Un passage n’a pas pu être lu : corrigez-le ci-dessous, puis enregistrez de nouveau.
   *[other] { $n } passages n’ont pas pu être lus : corrigez-les ci-dessous, puis enregistrez de nouveau.
}
process-of-map = Vous voyez la démarche
process-about = Pourquoi, calendrier et règles
process-template = Partir de
process-template-none = Une page vide
process-template-none-what = Sans texte ni calendrier : tout est à écrire avant de publier.
process-template-unknown = Ce modèle n’existe pas. Choisissez-en un dans la liste.
process-phase-name = { $named ->
    [yes] Phase { $n } « { $phase } » : donnez-lui un nom.
   *[other] Phase { $n } : donnez-lui un nom.
 }
process-phase-opens = { $named ->
    [yes] Phase { $n } « { $phase } » : dites quand elle ouvre, à une heure qui existe (dans la nuit du passage à l’heure d’été, l’heure de 2 h à 3 h n’existe pas).
   *[other] Phase { $n } : dites quand elle ouvre, à une heure qui existe (dans la nuit du passage à l’heure d’été, l’heure de 2 h à 3 h n’existe pas).
 }
process-phase-closes = { $named ->
    [yes] Phase { $n } « { $phase } » : dites quand elle ferme, à une heure qui existe (dans la nuit du passage à l’heure d’été, l’heure de 2 h à 3 h n’existe pas).
   *[other] Phase { $n } : dites quand elle ferme, à une heure qui existe (dans la nuit du passage à l’heure d’été, l’heure de 2 h à 3 h n’existe pas).
 }
process-phase-order = { $named ->
    [yes] Phase { $n } « { $phase } » : elle doit fermer après avoir ouvert.
   *[other] Phase { $n } : elle doit fermer après avoir ouvert.
 }
phase-title = Nom de la phase
phase-title-en = En anglais
phase-up = Avancer
phase-down = Reculer
phase-remove = Supprimer
phase-removed = supprimée
phase-removed-what = Elle disparaîtra du calendrier quand vous enregistrerez.
phase-said-add = Une phase de plus : donnez-lui un nom.
phase-said-full = Ce calendrier n’a plus de place pour une autre phase.
phase-said-moved = { $phase } est maintenant la phase { $n } du calendrier.
phase-said-remove = { $phase } disparaîtra du calendrier quand vous enregistrerez.
phase-said-keep = { $phase } est rétablie.
phase-said-failed = Le serveur n’a pas répondu : rien de ce que vous avez écrit n’est perdu, essayez encore.
hero-always = Ouverte en permanence
hero-always-says = Vous pouvez participer quand vous voulez.
hero-now = En ce moment
hero-before = À venir
hero-over = Participation terminée
hero-over-says = Les contributions restent lisibles sur la carte.
hero-days-left = { $n ->
    [0] Dernier jour,
    [1] 1 jour restant,
   *[other] { $n } jours restants,
 }
hero-until = jusqu’au { $when }.
hero-opens-in = { $n ->
    [0] Ouvre aujourd’hui,
    [1] Ouvre demain,
   *[other] Ouvre dans { $n } jours,
 }
hero-from = le { $when }.
hero-since = Fermée depuis le { $when }.
hero-next = Ensuite : { $phase }, à partir du { $when }.
process-map-alt = { $n ->
    [0] Carte de la démarche, sans contribution : { $area }
    [1] Carte de la démarche et de sa contribution : { $area }
   *[other] Carte de la démarche et de ses { $n } contributions : { $area }
 }
process-contents = Dans cette page
process-figures = Chiffres
process-results = Résultats
process-biases = Qui n’a pas été entendu
process-biases-what = Ce que la collectivité sait de celles et ceux qui n’ont pas pu, ou pas voulu, participer.
process-biases-hint = Quels quartiers, quels âges, quelles situations n’ont presque pas participé, et pourquoi : les résultats se lisent avec ces limites.
process-results-hint = La section paraît sur la page dès qu’elle contient un texte ou un document.
process-results-documents = Documents publiés avec les résultats
process-picture-alt = Ce que montre l’image, pour qui ne la voit pas
process-picture-alt-legend = Description de l’image
process-picture-hint = JPEG, PNG ou WebP, 12 Mo au plus. L’image est redessinée : rien de ce que l’appareil y a écrit n’est gardé.
process-parts = Sections
process-part-empty = vide
process-section-all = Tout sur une page
process-section-head = Titre et résumé
process-section-texts = Pourquoi, quoi, pour changer quoi
process-section-picture = Image
process-section-calendar = Calendrier
process-section-rules = Règles
process-section-themes = Thèmes
process-section-team = Équipe et contact
process-section-biases = Qui n’a pas été entendu
process-section-results = Résultats
process-section-state = Publication
process-lacks = Ce qui manque avant de publier
process-lacks-calendar = Un calendrier : au moins une phase, qui dit quand on peut participer.
process-lacks-title = Un titre.
process-lacks-order = Des dates dans l’ordre : une phase se ferme avant de s’ouvrir.
process-lacks-act = Une phase où les habitants peuvent faire quelque chose : aucune n’ouvre d’action.
process-lacks-must = Indispensable
process-lacks-advice = Conseillé
process-stays-draft = La démarche reste un brouillon : il y manque ce dont les habitants ne peuvent se passer.
process-stays-public = La démarche est publiée : elle ne peut pas perdre ce dont les habitants ne peuvent se passer. Archivez-la, ou remettez-la en brouillon, si elle n’a plus lieu.
process-lacks-summary = Un résumé en une phrase : c’est lui que les listes et les moteurs de recherche montrent.
process-lacks-why = Pourquoi cette démarche a lieu.
process-lacks-asked = Ce qui est demandé aux habitants.
process-lacks-effect = Ce que leurs contributions peuvent changer.
process-lacks-team = Qui mène la démarche, et comment joindre l’équipe.
process-lacks-alt = Ce que montre l’image, pour qui ne la voit pas.
process-lacks-future = Une phase à venir : toutes celles du calendrier sont passées.
process-preview-title = Aperçu
process-preview-link = Adresse à donner à un collègue qui a un rôle dans cette démarche
process-preview-saved = Aperçu : la page telle que tout le monde la lira. Elle est réservée à l’équipe.
language-en = anglais

# Letters to who follows a process
letter-process-subject = La démarche « { $process } »
letter-process-opened = Bonjour,
    Une phase s’ouvre dans la démarche « { $process } » : { $phase }.
    Elle se ferme le { $closes }.
letter-process-closed = Bonjour,
    Une phase est terminée dans la démarche « { $process } » : { $phase }.
