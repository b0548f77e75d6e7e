# Textes du module discussion.

proposal-withdraw = { $kind ->
    [report] Retirer mon signalement
   *[proposal] Retirer mon idée
}
proposal-withdraw-sure = { $kind ->
    [report] Il disparaîtra de la carte et des listes.
   *[proposal] Elle disparaîtra de la carte et des listes.
}
own-link = Votre lien de modification (ne le partagez pas)
own-edit = Modifier
vote-unknown-voice = « { $value } » n’est pas une voix : for, against ou none.
feature-where = Où
feature-when = { $kind ->
    [report] Déposé le
   *[proposal] Déposée le
}
feature-see-on-map = Voir sur la carte
feature-gone = Cette contribution vient d’être retirée de la carte.
vote-said = Votre choix est enregistré.
act-failed = Votre demande n’a pas pu être transmise. Rien de ce que vous avez écrit n’est perdu : réessayez dans un instant.
arguments-title = { $kind ->
    [report] Précisions
   *[proposal] Arguments
}
arguments-for = Pour
arguments-against = Contre
arguments-first-for = { $kind ->
    [report] Vous connaissez l’endroit ? Dites ce que l’équipe devrait savoir avant de venir.
   *[proposal] Soyez la première personne à dire ce qui plaide pour.
}
arguments-first-against = Soyez la première personne à dire ce qui vous retient.
arguments-news-one = { $kind ->
    [report] 1 nouvelle précision
   *[proposal] 1 nouvel argument
}
arguments-news = { $kind ->
    [report] { $n } nouvelles précisions
   *[proposal] { $n } nouveaux arguments
}
arguments-news-show = Afficher
argue-for = { $kind ->
    [report] Ajouter une précision
   *[proposal] Donner un argument pour
}
argue-against = Donner un argument contre
argue-label-for = { $kind ->
    [report] Votre précision
   *[proposal] Votre argument pour
}
argue-label-against = Votre argument contre
argument-hint = 1 000 caractères au plus, visibles de tous, sans votre nom.
argument-left = Il en reste { $n }.
argument-submit = { $kind ->
    [report] Publier la précision
   *[proposal] Publier l’argument
}
argument-added = { $kind ->
    [report] Votre précision est publiée.
   *[proposal] Votre argument est publié.
}
argument-withdrawn = { $kind ->
    [report] Votre précision est retirée.
   *[proposal] Votre argument est retiré.
}
argument-too-short = { $kind ->
    [report] Écrivez votre précision : au moins { $least } caractères.
   *[proposal] Écrivez votre argument : au moins { $least } caractères.
}
argument-too-long = { $length } caractères, c’est trop : { $most } au plus.
argument-unknown-side = « { $value } » n’est pas un côté : for ou against.
argument-side-not-here = Sur un signalement, on ajoute une précision (side=for) : personne n’est contre une réparation.
share-title = Partager
share-url = Adresse de cette page
share-copy = Copier l’adresse
share-copied = Adresse copiée.
share-native = Partager…
share-mail = Envoyer par courriel
share-print = Imprimer
photo-alt = Photo { $number }, sans description
vote-strongly_for = Tout à fait pour
vote-neutral = Sans avis
vote-strongly_against = Tout à fait contre
vote-scale-for = Plutôt pour
vote-scale-against = Plutôt contre
votes-points = Points :
flag-link = Signaler
held-page-hidden = Contribution masquée
held-page-hidden-said = Cette contribution a été masquée par la modération. Son texte n’est plus public.
held-page-reason = Raison, selon la charte :
held-page-own = C’est votre contribution : vous seul la voyez encore ici.
held-page-note = Le mot de la modération :
held-page-waiting = Votre contribution attend la modération
held-page-waiting-said = Une personne la relit avant qu’elle paraisse sur la carte. Gardez l’adresse de cette page pour la suivre.
held-page-merged = Cette contribution a été fusionnée
held-page-merged-said = Elle disait la même chose qu’une autre. Les voix des deux y comptent, chaque personne une fois.
held-page-merged-to = Voir la contribution qui la réunit
asked-title = La modération vous demande une modification
asked-said = Votre contribution reste visible. Modifiez-la : elle sera relue.
hidden-argument-title = Un de vos arguments a été masqué
hidden-photo-title = Une de vos photos a été retirée
appeal-offer = Vous n’êtes pas d’accord ? Vous pouvez former un recours, une fois. Une autre personne le lira.
appeal-body = Pourquoi cette décision vous paraît injuste
appeal-submit = Former un recours
appeal-waiting = Votre recours est arrivé. Une autre personne que celle qui a décidé le tranchera, et vous le lirez ici.
appeal-granted = Recours accepté
answer-why = Pourquoi :
answer-see = Voir ce qui change
answer-before = Versions précédentes de cette réponse
answer-agent = Pour la collectivité
answer-edit = Modifier la réponse
history-title = Ce qu’elle est devenue
history-placed = Déposée
follow-hint = Vous recevrez un courriel à chaque réponse et à chaque changement d’état.
follow-hint-none = Ce site ne peut pas encore envoyer de courriels : vous retrouverez vos suivis ici, et serez prévenu quand il le pourra.
follow-on = Vous suivez cette contribution.
follow-sign-in = Vous avez un compte ? Identifiez-vous pour la suivre
receipt-link = Votre reçu de dépôt (n° { $number })
receipt-argument = reçu n° { $number }
held-page-edit = Modifier la contribution
held-page-edit-hint = Corrigée, elle reste masquée jusqu’à ce que la modération la remette en ligne.
held-page-edit-waiting = Modifiée, elle attend toujours la modération.
feature-withdrawn-on = { $kind ->
    [report] Retiré par son auteur le
   *[proposal] Retirée par son auteur le
}
feature-withdrawn-said = Son texte et son lieu ne sont plus publics ; ce que d’autres en ont dit et la réponse de la collectivité restent.
feature-changed = { $kind ->
    [report] modifié le
   *[proposal] modifiée le
}
feature-versions = { $kind ->
    [report] Ce qu’il disait avant
   *[proposal] Ce qu’elle disait avant
}
feature-version-until = Jusqu’au
feature-edit-waits = Votre modification attend d’être lue par la modération. D’ici là, chacun lit la version publiée.
votes-apart = { $n ->
    [one] { $n } voix donnée sous d’autres règles est conservée à part : elle ne compte pas ici.
   *[other] { $n } voix données sous d’autres règles sont conservées à part : elles ne comptent pas ici.
}
own-copy = Copier ce lien
own-mail = M’envoyer ce lien
own-follow = { $kind ->
    [report] Être prévenu de ce qu’il devient
   *[proposal] Être prévenu de ce qu’elle devient
}
own-mail-subject = Mon lien pour modifier « { $title } »
