# Photos à l’administration : celles qui attendent d’être vérifiées, et ce que l’on y masque.

desk-photos = Photos
photos-lists = Listes de photos
photos-waiting = Photos à vérifier
photos-waiting-what = Ces photos ne sont visibles que de leur auteur et des agents. Masquez les visages, les plaques et ce qui se lit aux fenêtres, puis publiez.
photos-waiting-none = Aucune photo n’attend.
photos-blurred = Photos masquées récemment
photos-blurred-what = L’original de ces photos est encore gardé : on peut le remettre.
photos-blurred-none = Aucun original n’est gardé.
photo-unsaid = Photo sans description
photo-blur = Masquer une partie de la photo
photo-waits = Cette photo attend d’être vérifiée : elle n’est pas publiée.
photo-is-off = Cette photo a été retirée par la modération.
photo-blur-hint = Chaque cadre est redessiné d’après ce qui l’entoure : rien de ce qu’il couvre ne reste dans la photo publiée.
photo-blur-how = Tracez un cadre sur la photo. Au clavier : ajoutez un cadre, déplacez-le avec les flèches, agrandissez-le avec Maj et les flèches, ôtez-le avec Suppr.
photo-frame = Cadre
photo-frame-add = Ajouter un cadre
photo-frame-clear = Ôter tous les cadres
photo-frame-gone = Cadre ôté
photo-frame-numbers = Cadres en chiffres
photo-frame-numbers-hint = En pourcentage de la largeur et de la hauteur de la photo, à partir de l’angle en haut à gauche. Une ligne vide ne compte pas.
photo-frame-left = Depuis la gauche
photo-frame-top = Depuis le haut
photo-frame-width = Largeur
photo-frame-height = Hauteur
photo-blur-do = Masquer
photo-blur-publish = Masquer et publier
photo-publish = Publier sans rien masquer
photo-moderate = Retirer la photo (modération)
photo-unblur = Remettre l’original
photo-original = L’original
photo-original-see = Voir l’original
photo-original-noted = Chaque consultation de l’original est notée.
photo-original-until = L’original n’est plus public. Il est gardé jusqu’au { $day }, puis effacé.
photo-original-kept = L’original est gardé { $n ->
    [one] un jour
   *[other] { $n } jours
    }, pour pouvoir revenir en arrière ; seuls les agents et la modération peuvent le voir.
photo-looks = Qui l’a consulté
photo-look-nobody = Compte effacé
photo-done-blurred = C’est masqué. Vous pouvez remettre l’original plus bas.
photo-done-unblurred = L’original est remis.
photo-done-published = La photo est publiée.
photo-frames-none = Tracez au moins un cadre, ou remplissez une ligne.
photo-frames-many = Pas plus de { $most } cadres à la fois.
photo-frames-wrong = Un cadre n’est pas complet : quatre nombres entre 0 et 100, et un cadre d’au moins un demi pour cent.
photo-is-another = Cette photo a changé entre-temps : rouvrez sa page.
photo-waits-no-more = Cette photo n’attend plus : quelqu’un s’en est occupé.
photo-original-gone = L’original n’est plus gardé.
