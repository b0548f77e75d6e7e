# Textes du module moderation.

charter-intro = On peut ici être en désaccord, critiquer un projet, une élue ou un élu, et le dire vivement. Une contribution n’est masquée que pour l’une de ces raisons :
charter-how-title = Comment cela se passe
charter-how-flag = Chacun peut signaler une contribution ou un argument, avec une raison et quelques mots. Un signalement ne masque rien : une personne regarde.
charter-how-person = Aucune machine ne décide. Des indices aident à trier la file ; chaque décision est prise par une personne.
charter-how-told = L’auteur connaît la raison et le mot de la modération, sur la page de sa contribution et par courriel si un compte est ouvert.
charter-how-appeal = L’auteur peut former un recours, une fois. Une autre personne que celle qui a décidé le tranche.
charter-how-log = Toutes les décisions sont publiées, sans les textes masqués ni les noms :
flag-title = Signaler un problème
flag-intro = Votre signalement est lu par une personne. Il n’est pas publié et l’auteur ne saura pas qu’il vient de vous.
flag-reason = Quel est le problème ?
flag-body = En quelques mots, si vous voulez
flag-body-hint = 1 000 caractères au plus.
flag-submit = Envoyer le signalement
flag-sent = Merci, votre signalement est arrivé
flag-sent-said = Une personne de la modération va regarder. Ce qu’elle décide paraît dans le journal public.
held-hidden = Masquée
merged-into = Fusionnée dans la contribution
appeal-title = Recours
appeal-says = L’auteur forme un recours :
appeal-answer = Réponse à l’auteur
appeal-grant = Accepter : la remettre en ligne
appeal-refuse = Rejeter : la décision tient
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
ruling-hidden-part = Contenu masqué
ruling-restored-part = Contenu remis en ligne
ruling-hidden-photo = Photo retirée
ruling-restored-photo = Photo remise en ligne
ruling-asked = Modification demandée
ruling-moved = Déplacée vers une autre démarche
ruling-merged = Fusionnée dans une autre
ruling-undone = Décision annulée
ruling-taken-back = annulée depuis
decision-not-last = Une autre décision a été prise depuis : annulez d’abord celle-là.
decision-withdrawn = L’auteur a retiré cette contribution : il n’y a plus rien à décider.
decision-erased = Ce qui était écrit a été effacé : il n’y a plus rien à décider.
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
decision-not-for-arguments = Seule une contribution reçoit cette décision : le reste se publie ou se masque.
decision-merged = Elle est fusionnée : annulez d’abord la fusion.
decision-hidden = Elle est masquée : publiez-la d’abord.
decision-hidden-already = Elle est déjà masquée.
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
letter-appeal-passage-granted = Bonjour,
    Votre recours sur votre texte « { $title } » est accepté : le passage retiré n’est plus masqué.
letter-appeal-refused = Bonjour,
    Votre recours sur la contribution « { $title } » a été lu par une autre personne, et rejeté. La décision tient.
letter-reason = Raison : { $reason }
letter-note = Le mot de la modération : « { $note } »
letter-end = Sa page : { $page }
    La charte : { $charter }
    { $site }
letter-follow-published = La contribution « { $title } », que vous suivez, est en ligne.
letter-follow-hidden = La contribution « { $title } », que vous suivez, a été masquée par la modération.
letter-follow-moved = La contribution « { $title } », que vous suivez, a été rattachée à une autre démarche.
letter-follow-merged = La contribution « { $title } », que vous suivez, a été réunie avec une autre contribution qui dit la même chose. Vous suivez désormais celle-ci.
letter-follow-undone = La contribution « { $title } », que vous suivez : une décision de la modération a été annulée.
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
revision-too-large = Depuis, d’autres se sont prononcés sur la version publiée : cette modification en changerait trop. Refusez-la en disant pourquoi.
letter-revised = Bonjour,
    Votre modification de « { $title } » est publiée.
letter-kept = Bonjour,
    Votre modification de « { $title } » n’est pas publiée : la version que chacun lit reste en ligne.
letter-restored = Bonjour,
    La modération a remis en ligne « { $title } », que vous aviez retirée.
revision-waits-here = Son auteur l’a modifiée : lire et décider
redaction-mark = [nom retiré]
redaction-do = Retirer un nom ou un passage
redaction-said = Chaque passage est remplacé par « [nom retiré] » partout où il se trouve, aussi dans les versions d’avant. Le reste du texte se lit comme avant. L’auteur en est informé et peut former un recours ; vous pouvez revenir sur cette décision.
redaction-add = Ajouter la sélection
redaction-passages = Passages à retirer, un par ligne, exactement comme ils sont écrits ci-dessus
redaction-no-passage = Écrivez au moins un passage.
redaction-too-short = « { $passage } » est trop court : deux caractères au moins.
redaction-not-there = « { $passage } » n’est pas dans le texte, écrit ainsi et en mots entiers. Copiez-le depuis le texte.
redaction-not-of-this = On ne retire un passage que d’une contribution ou d’un argument.
redacted-title = La modération a retiré un passage de votre texte
ruling-redacted = Passage retiré du texte
letter-redacted = Bonjour,
    La modération a retiré un nom ou un passage de votre texte « { $title } ». Le reste se lit comme avant. Vous pouvez former un recours depuis sa page : une autre personne le lira.
moderation-look-table = Voir en tableau
moderation-look-whole = Voir les textes entiers
