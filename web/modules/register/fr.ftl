# Textes du module register.

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
register-act-answer-undone = Réponse annulée par la collectivité dans les dix secondes
register-act-status = Changement de statut
register-act-erased = Effacement à la demande de la personne, ou au terme de la conservation
register-act-argued = Dépôt d’un argument
register-act-argument-withdrawn = Retrait d’un argument par son auteur
register-act-argument-hidden = Masquage d’un argument
register-act-argument-restored = Remise en ligne d’un argument
register-act-redacted = Passage retiré par la modération
register-act-redaction-ended = Passage remis
register-act-argument-redacted = Passage d’un argument retiré par la modération
register-act-argument-redaction-ended = Passage d’un argument remis
register-act-photo-hidden = Retrait d’une photo par la modération
register-act-photo-restored = Remise en ligne d’une photo
register-act-photo-checked = Photo vérifiée et publiée
register-act-photo-blurred = Partie d’une photo masquée
register-act-photo-unblurred = Original d’une photo remis
register-act-phase-opened = Ouverture d’une phase
register-act-phase-closed = Clôture d’une phase
register-act-process = Modification d’une démarche
register-act-granted = Attribution d’un rôle
register-act-revoked = Retrait d’un rôle
register-act-sealed = Lignes d’une écriture scellées
register-act-day = Jour scellé, voix comprises
letter-head-subject = Registre de { $site } : tête du { $day }
letter-head-intro = Voici la tête du registre scellé de { $site } à la fin du { $day } : le jour, le numéro de la ligne, son empreinte.
letter-head-keep = Gardez ce courriel hors de portée de la collectivité : il atteste toutes les lignes du registre jusqu’à celle-ci, voix du jour comprises. Pour contrôler : parvis verify --head FICHIER, avec ce texte dans le fichier.
receipt-title = Reçu n° { $number }
receipt-said = Ce reçu prouve ce qui a été déposé et quand. Gardez-le : imprimez-le ou enregistrez-le.
receipt-number = Numéro
receipt-when = Inscrit le
receipt-moment = { $day } à { $time } ({ $zone })
receipt-act = Acte
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
