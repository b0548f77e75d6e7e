# Textes du module work.

work-title = Travail interne
work-hint = Seules les personnes qui répondent ici pour la collectivité voient cette partie.
assign-is = Suivie par
assign-since = depuis le
assign-astray = Cette personne ne peut plus répondre ici : confiez-la à quelqu’un d’autre.
assign-nobody-yet = Personne ne suit encore cette contribution.
assign-to = Confier à
assign-nobody = Personne
assign-do = Confier
assign-me = Je m’en occupe
assign-may-not = Cette personne ne peut pas répondre à cette contribution : son rôle ne couvre ni sa démarche ni son secteur. Choisissez quelqu’un de la liste, ou demandez à l’administration du site d’étendre son rôle.
notes-title = Notes internes
notes-none = Aucune note.
notes-erased = Compte effacé
notes-changed = modifiée
notes-change = Modifier
notes-text = Texte de la note
notes-save = Enregistrer
notes-take-back = Retirer
notes-taken-back = Vous avez retiré cette note. Plus personne ne la lit ; elle est effacée au bout de 30 jours.
notes-put-back = Remettre
notes-new = Nouvelle note
notes-hint = 2 000 caractères au plus. Jamais publiée, ni exportée ; effacée après deux ans. Restez factuel : la personne concernée peut demander à la lire.
notes-add = Ajouter la note
note-empty = Écrivez la note.
desk-replies = Réponses types
reply-what = Des textes écrits une fois, à insérer dans une réponse, puis à relire et à compléter avant de publier.
reply-new = Nouvelle réponse type
reply-none-yet = Aucune réponse type pour l’instant.
reply-name = Nom
reply-body = Texte
reply-lang = Langue
language-fr = français
reply-change = Modifier la réponse type
reply-change-short = Modifier
reply-save = Enregistrer
reply-places = Sont remplacés par ce qui vaut pour chaque contribution :
reply-places-what = C’est-à-dire le titre, le numéro et la démarche. Gras, italique, listes et liens sont possibles. 3 500 caractères au plus.
reply-remove-title = Supprimer
reply-remove-hint = Les réponses déjà publiées ne changent pas. Vous pourrez la remettre depuis la liste.
reply-remove = Supprimer la réponse type
reply-removed-title = Supprimées
reply-put-back = Remettre
reply-made = La réponse type est enregistrée.
reply-changed = La réponse type est modifiée.
reply-removed = La réponse type est supprimée. Vous pouvez la remettre ci-dessous.
reply-put-back-done = La réponse type est de nouveau proposée.
reply-name-taken = Une autre réponse type porte déjà ce nom.
reply-changed-now = Quelqu’un a modifié ou supprimé cette réponse type depuis que vous avez ouvert la page. Votre saisie est gardée ; enregistrez de nouveau pour la remplacer.
reply-no-name = Donnez un nom d’au moins deux caractères.
reply-no-body = Écrivez le texte.
reply-no-lang = Choisissez une langue de la liste.
held-subject-note = Vos notes internes
held-subject-assignment = Ce qui vous est confié
privacy-name-work = Travail interne de la collectivité
privacy-why-work = Se répartir les contributions et garder trace de ce qui a été fait avant de répondre.
privacy-what-work = Les notes internes sur une contribution, qui les a écrites et quand ; à qui elle est confiée.
privacy-basis-work = Mission d’intérêt public (RGPD, article 6-1 e).
privacy-keep-work = Deux ans ; une note retirée, 30 jours.
privacy-erasing-work = Les notes sur vos contributions sont effacées. Celles que vous avez écrites pour la collectivité restent, sous un compte qui ne désigne plus personne ; rien ne vous est plus confié.
desk-my-letters = Mes courriels
work-letters-what = Un courriel vous dit ce qui est arrivé là où vous agissez : contributions, réponses en retard, signalements et recours. Sans nouveauté, pas de courriel.
work-letters-none = Ce site n’envoie pas encore de courriels : votre choix vaudra dès qu’il le pourra.
work-letters-done = Votre choix est enregistré.
work-letters-pace = Quand me prévenir
work-pace-now = Tout de suite
work-pace-daily = Chaque matin à 8 h
work-pace-weekly = Le lundi matin à 8 h
work-pace-never = Jamais
work-letters-absence = Absence
work-letters-absence-hint = Pendant votre absence, la personne choisie est prévenue à votre place de ce que vous suivez tous les deux. Sans personne, vous recevrez tout à votre retour.
work-letters-from = Du
work-letters-until = Jusqu’au, ce jour compris
work-letters-substitute = Qui me remplace
work-letters-save = Enregistrer
work-letters-stands-in = Vous remplacez { $name } jusqu’au { $day }.
work-letters-no-pace = Choisissez quand vous voulez être prévenu.
work-letters-no-day = Un jour s’écrit comme 2026-07-14.
work-letters-both-days = Donnez le premier et le dernier jour, ou aucun des deux.
work-letters-backwards = Le dernier jour vient avant le premier.
work-letters-no-substitute = Choisissez une autre personne qui a un rôle ici.
letter-work-subject = À traiter sur { $site }
letter-work = Bonjour,
    Voici ce qui est arrivé là où vous agissez.
letter-work-substitute = Vous recevez ce courriel à la place de { $name }, qui est absent.
letter-work-arrived = { $n ->
    [one] 1 nouvelle contribution :
   *[other] { $n } nouvelles contributions :
}
letter-work-late = { $n ->
    [one] 1 contribution attend une réponse depuis plus longtemps que promis :
   *[other] { $n } contributions attendent une réponse depuis plus longtemps que promis :
}
letter-work-waiting = { $n ->
    [one] 1 contribution attend d’être relue :
   *[other] { $n } contributions attendent d’être relues :
}
letter-work-flagged = { $n ->
    [one] 1 signalement à examiner :
   *[other] { $n } signalements à examiner :
}
letter-work-appealed = { $n ->
    [one] 1 recours à examiner :
   *[other] { $n } recours à examiner :
}
letter-work-end = Pour recevoir ces courriels plus ou moins souvent : { $page }
    { $site }
held-work-letters = Quand vous êtes prévenu de ce qui arrive
