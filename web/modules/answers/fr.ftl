# Textes du module answers.

desk-unanswered = Sans réponse
desk-late = En retard de réponse (plus de { $days } jours)
answer-back = Revenir aux contributions
answer-choose = Contributions
answer-many = Répondre à ce qui est coché
answer-any = Toutes
answer-none = Aucune contribution ne correspond à ces filtres dans ce qui vous est confié.
answer-gone = Elle n’est plus en ligne : on n’y répond plus.
answer-none-written = Rien n’a été enregistré, pour aucune : voici ce qui a changé depuis que vous avez ouvert la page. Votre saisie et vos autres coches sont gardées ; relisez, puis validez de nouveau.
answer-was = Vous aviez sous les yeux : { $answer }
answer-is = Il y a maintenant : { $answer }
answer-was-none = aucune réponse
answer-status-was = Son état était : { $before } ; il est maintenant : { $after }.
answer-body-hint = Publique, 4 000 caractères au plus. Gras, italique, listes et liens sont possibles.
answer-motive-hint = Une ou deux phrases. Nécessaire pour un refus.
answer-submit-many = Publier la même réponse pour toutes
answer-versions-hint = Une réponse est déjà publiée. La nouvelle la remplace ; l’ancienne reste lisible.
answer-done = { $n ->
    [one] 1 contribution a reçu sa réponse.
   *[other] { $n } contributions ont reçu leur réponse.
}
answer-no-verdict = Choisissez la suite donnée.
answer-empty = Écrivez la réponse.
answer-no-motive = Dites pourquoi : un refus est toujours motivé.
answer-bad-link = Une adresse commence par https:// ou par / pour une page de ce site.
answer-no-authority = Dites qui signe.
answer-none-chosen = Cochez au moins une contribution.
follow-stop-sure = Vous ne recevrez plus de courriel sur cette contribution.
follow-stopped = C’est fait : vous ne la suivez plus.
follow-bad-key = Ce lien n’est pas complet. Ouvrez-le depuis le courriel, en entier.
letter-answer-subject = Réponse à la contribution « { $title } »
letter-answer = Bonjour,
    { $authority } répond à la contribution « { $title } ».
    Suite donnée : { $verdict }
    { $answer }
letter-answer-motive = Pourquoi : { $motive }

# A status without an answer
status-alone = Changer l’état sans répondre
status-new = Nouvel état
status-hint = L’état et sa date s’ajoutent à l’historique public ; les personnes qui suivent sont prévenues. Un refus demande une réponse.
status-submit = Changer l’état
status-submit-many = Changer l’état de ce qui est coché
status-unchanged = Rien n’a changé : cette contribution a déjà cet état, et personne n’a été prévenu.
status-moved = { $n ->
    [0] Aucune contribution n’a changé d’état.
    [one] 1 contribution a changé d’état.
   *[other] { $n } contributions ont changé d’état.
}
status-same = { $n ->
    [one] 1 l’avait déjà : pour elle, personne n’a été prévenu.
   *[other] { $n } l’avaient déjà : pour elles, personne n’a été prévenu.
}
status-none-chosen = Choisissez le nouvel état.
status-refused-is-answer = Un refus est toujours motivé : publiez une réponse « Non retenue » qui dit pourquoi.
status-elsewhere = « { $title } » ({ $kind }) ne reçoit pas de réponse ici : son service le traite, à son propre bureau.
status-misfit = L’état « { $status } » n’existe pas pour « { $title } » ({ $kind }). Sans réponse, elle peut prendre l’un de ces états : { $statuses }.
letter-status-subject = Du nouveau : « { $title } »
letter-status = Bonjour,
    La contribution « { $title } » change d’état : { $status } (auparavant : { $before }).
column-answer-verdict = Réponse
column-answer-text = Réponse : texte
column-answer-motive = Réponse : motif
column-answer-link = Réponse : lien
column-answer-authority = Réponse : signataire
column-answer-date = Réponse : date
answers-became = Ce que sont devenues les contributions
answer-assigned = Suivie par
answer-assigned-any = Tout le monde
answer-assigned-me = Moi
answer-assigned-none = Personne
answer-assigned-to = Suivie par
answer-assigned-nobody = Suivie par personne
answer-work = Notes internes et suivi
answer-reply = Réponse type
answer-reply-choose = Choisir…
answer-reply-insert = Insérer
answer-reply-manage = Gérer les réponses types
answer-reply-none-chosen = Choisissez une réponse type, puis « Insérer ».
answer-reply-many-hint = { $places } sont remplacés pour chaque contribution.
answer-previews = Ce qui sera publié, pour les premières
answer-too-long-filled = Avec la référence et la démarche de « { $title } », la réponse dépasse { $most } caractères.
answer-undo = Annuler
answer-undo-what = Les courriels partent dans dix secondes : jusque-là, vous pouvez tout annuler.
answer-undone = { $n ->
    [one] C’est annulé, comme si de rien n’était ; personne n’a été prévenu.
   *[other] C’est annulé pour { $n } contributions, comme si de rien n’était ; personne n’a été prévenu.
}
answer-undo-late = Trop tard : dix secondes ont passé et les courriels partent. Vous pouvez publier une nouvelle version de la réponse, ou changer l’état.
answer-undo-not-last = Quelqu’un a répondu ou changé l’état depuis : rien n’a été annulé.

# Following by letter, without an account
follow-letter-title = Tenez-moi au courant
follow-letter-email = Votre adresse électronique
follow-letter-submit = Me prévenir
follow-letter-hint = Sans compte. Un courriel à chaque réponse et à chaque changement d’état ; chacun permet d’arrêter. L’adresse ne sert qu’à cela.
follow-letter-none = Ce site ne peut pas encore envoyer de courriels. Réessayez plus tard.
follow-letter-sent = Regardez votre boîte de réception
follow-letter-sent-to = Un courriel part vers
follow-letter-then = Suivez son lien pour confirmer : rien n’est envoyé avant. Sans confirmation, votre adresse est effacée au bout de deux jours. Rien n’arrive ? Regardez dans les indésirables, ou redemandez dans une heure.
follow-letter-confirm-title = Confirmez : être prévenu par courriel
follow-letter-follows = C’est confirmé : vous serez prévenu par courriel
follow-letter-to = Courriels envoyés à
follow-letter-confirm = Oui, prévenez-moi
follow-letter-refuse = Non, effacer mon adresse
follow-letter-kept = L’adresse est effacée dès que vous arrêtez.
follow-letter-ended = C’est fait : vous ne recevrez plus rien à ce sujet. Votre adresse n’est gardée que si vous suivez autre chose.
follow-letter-gone = Ce lien ne mène plus à rien
follow-letter-gone-said = Il n’est pas complet, n’a pas été confirmé en deux jours, ou vous avez déjà arrêté. Aucune adresse n’est gardée pour lui.
letter-follow-ask-subject = Confirmez : suivre « { $title } »
letter-follow-ask = Bonjour,
    Vous avez demandé à savoir ce que devient la contribution « { $title } ».
    Pour confirmer, suivez ce lien dans les deux jours :
    { $link }
    Vous n’avez rien demandé ? Ne faites rien : cette adresse sera effacée.
    { $site }
follow-letter-process = Suivre par courriel
follow-letter-back = Revenir à la page
follow-letter-hint-process = Sans compte. Un courriel quand une phase s’ouvre ou se ferme ; chacun permet d’arrêter. L’adresse ne sert qu’à cela.
letter-follow-ask-process = Bonjour,
    Vous avez demandé à suivre la démarche « { $title } ».
    Pour confirmer, suivez ce lien dans les deux jours :
    { $link }
    Vous n’avez rien demandé ? Ne faites rien : cette adresse sera effacée.
    { $site }
