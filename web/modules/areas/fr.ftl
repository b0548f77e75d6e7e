# Textes du module areas : le territoire à l’administration.

areas-what = Dites de quel territoire il s’agit, puis donnez les contours de ses secteurs : communes, quartiers, cantons… La carte s’ouvre sur eux, les contributions y sont rangées, et les filtres les proposent.
areas-whose = Votre territoire
areas-none-chosen = Aucun territoire n’est choisi pour l’instant.
areas-code-said = code
areas-forget = Ne plus choisir de territoire
areas-search = Cherchez votre commune ou votre intercommunalité
areas-search-other = Choisir un autre territoire
areas-search-do = Chercher
areas-search-hint = Son nom officiel, même incomplet ou sans accents. Ajoutez le département pour distinguer des communes de même nom : saint denis 93.
areas-no-list = La liste des communes n’est pas dans cette installation : ses fichiers n’ont pas été préparés (make web). Les contours s’importent sans elle.
areas-found = { $n ->
    [0] Aucune commune ni intercommunalité de ce nom. Vérifiez l’orthographe, ou tapez moins de mots.
    [one] { $n } réponse
   *[other] { $n } réponses, les plus peuplées d’abord
}
areas-source = Noms, codes, populations et périmètres : Code officiel géographique de l’Insee, DGCL, réunis par Etalab (@etalab/decoupage-administratif, version { $edition }), Licence Ouverte 2.0.
areas-kind-commune = commune
areas-kind-arrondissement = arrondissement municipal
areas-kind-cc = communauté de communes
areas-kind-ca = communauté d’agglomération
areas-kind-cu = communauté urbaine
areas-kind-metropole = métropole
areas-kind-lyon = collectivité à statut particulier
areas-kind-ept = établissement public territorial
areas-people = { $n ->
    [one] { $n } habitant
   *[other] { $n } habitants
}
areas-arrondissements = { $n ->
    [one] { $n } arrondissement
   *[other] { $n } arrondissements
}
areas-communes = { $n ->
    [one] { $n } commune
   *[other] { $n } communes
}
areas-unknown-code = Ce code n’est celui d’aucune commune ni intercommunalité. Choisissez dans la liste.
areas-chosen = Votre territoire est choisi. Donnez maintenant ses contours, plus bas.
areas-chosen-meanwhile = Quelqu’un d’autre vient de choisir un territoire. Revenez à la page, et voyez lequel.
areas-forgotten = Aucun territoire n’est plus choisi. Les secteurs importés restent.
areas-members = Communes membres
areas-members-there = { $there } sur { $all } ont un contour
areas-members-within = Arrondissements
areas-col-arrondissement = Arrondissement
areas-col-commune = Commune
areas-col-code = Code
areas-col-outline = Contour
areas-outline-there = importé
areas-outline-missing = manque
areas-import = Donner des contours
areas-nothing-written = Rien n’est enregistré.
areas-file = Fichier de contours
areas-file-hint = GeoJSON, Shapefile dans un ZIP, GeoPackage, ou table avec une colonne de géométries ; { $most } Mo au plus. Un contour ou plusieurs : l’étape suivante montre ce qu’il contient, avant tout enregistrement.
areas-no-file = Choisissez un fichier, puis envoyez de nouveau.
areas-too-large = Le fichier dépasse { $most } Mo. Simplifiez ses contours, ou découpez-le en plusieurs fichiers.
areas-too-many = Le fichier a plus de { $most } 000 lignes. Ne gardez que les contours de votre territoire.
areas-no-row = Le fichier ne contient aucune ligne. Refaites l’export, puis envoyez-le de nouveau.
areas-no-outline = Rien dans ce fichier n’est un contour : un secteur est un polygone.
areas-level = Niveau
areas-level-hint = Ce que sont ces secteurs, au singulier : commune, quartier… Le même mot pour tous ceux de même sorte.
areas-level-wrong = Dites en un mot ou deux ce que sont ces secteurs (commune, quartier…), en { $most } caractères au plus.
areas-more = Projection, couche
areas-crs = Projection
areas-crs-auto = Comme le fichier le dit
areas-crs-said = Comme le fichier le dit (EPSG:{ $epsg })
areas-layer = Couche
areas-layer-hint = Seulement quand le fichier en contient plusieurs : le nom de la couche, de la feuille, ou du fichier dans l’archive.
areas-look = Regarder le fichier
areas-draw = Dessiner un contour
areas-list = Secteurs
areas-none-yet = Aucun secteur pour l’instant. Sans secteur, tout le territoire ne fait qu’un : importez un fichier, ou dessinez un contour.
areas-count = { $n ->
    [one] { $n } secteur
   *[other] { $n } secteurs
}
areas-filter = Chercher un secteur
areas-none-of-name = Aucun secteur de ce nom.
areas-col-name = Nom
areas-parent = Fait partie de
areas-change = Modifier
areas-row-refused = { $row } : { $why }
areas-row-no-name = la colonne du nom est vide ; complétez-la ou choisissez une autre colonne
areas-row-projected = ses coordonnées sont en mètres, pas en degrés ; choisissez la projection { $epsg } dans « Projection »
areas-preview = Ce que contient le fichier
areas-not-yet = Rien n’est encore enregistré.
areas-outlines = { $n ->
    [one] { $n } contour lu.
   *[other] { $n } contours lus.
}
areas-refused = { $n ->
    [one] { $n } ligne ne peut pas être prise :
   *[other] { $n } lignes ne peuvent pas être prises, dont :
}
areas-problems = Quelque chose ne va pas : voyez les messages plus bas. Rien n’est enregistré.
areas-picture = { $n ->
    [one] Le contour du fichier
   *[other] Les { $n } contours du fichier
}
areas-picture-some = L’image ne montre que les premiers contours.
areas-samples = Les premières lignes
areas-col-row = Ligne
areas-how = Comment lire ce fichier
areas-name-column-label = Colonne du nom
areas-name-column = Choisissez la colonne qui donne le nom.
areas-names-read = Noms lus :
areas-code-column-label = Colonne du code
areas-code-column = Choisissez la colonne qui donne le code, ou « Aucune ».
areas-code-none = Aucune : le nom fait le code
areas-code-hint = Le code reconnaît un secteur d’un import à l’autre : pour des communes, le code Insee.
areas-parent-none = Rien : il est au premier rang
areas-parent-by-place = Selon l’endroit, un secteur de niveau
areas-parent-one = Le même pour tous
areas-parent-same = Inchangé
areas-parent-unknown = Ce secteur n’existe pas ou plus. Choisissez dans la liste.
areas-parent-inside = Un secteur ne fait pas partie de lui-même, ni de l’une de ses parties. Choisissez-en un autre.
areas-partial = Laisser de côté les lignes refusées et importer les autres
areas-ready = { $n ->
    [one] { $n } secteur serait enregistré.
   *[other] { $n } secteurs seraient enregistrés.
}
areas-ready-known = { $n ->
    [one] { $n } existe déjà sous ce niveau et ce code : il serait remplacé, ses contributions restent.
   *[other] { $n } existent déjà sous ce niveau et ces codes : ils seraient remplacés, leurs contributions restent.
}
areas-look-again = Regarder de nouveau
areas-write = Importer
areas-leave = Revenir à la liste
areas-created = { $n ->
    [0] Aucun secteur nouveau.
    [one] { $n } secteur nouveau.
   *[other] { $n } secteurs nouveaux.
}
areas-updated = { $n ->
    [0] Aucun secteur changé.
    [one] { $n } secteur changé.
   *[other] { $n } secteurs changés.
}
areas-unchanged = { $n ->
    [0] Aucun n’était déjà à jour.
    [one] { $n } était déjà à jour.
   *[other] { $n } étaient déjà à jour.
}
areas-left-out = { $n ->
    [one] { $n } ligne du fichier est laissée de côté.
   *[other] { $n } lignes du fichier sont laissées de côté.
}
areas-undo = Pour revenir en arrière : importez l’ancien fichier avec le même niveau, ou retirez les secteurs nouveaux, un à un, plus bas.
areas-wait = Un instant
areas-wait-what = Le travail avance :
areas-wait-hint = Vous pouvez quitter cette page : le travail va jusqu’au bout, et son résultat paraît dans la liste des secteurs.
areas-wait-again = Voir où il en est
areas-name-wrong = Donnez un nom, en { $most } caractères au plus.
areas-code-optional = Code (facultatif ; sinon le nom le fait)
areas-code-taken = Il y a déjà un secteur de niveau « { $level } » et de code « { $code } ». Choisissez un autre code, ou modifiez ce secteur-là.
areas-no-ground = La carte est encore vide : ni fond de carte, ni secteur pour se repérer. Importez plutôt un fichier, ou collez un GeoJSON.
areas-outline-hint = Cliquez chaque sommet du contour, dans l’ordre. Au clavier : déplacez la carte avec les flèches, puis « Un sommet ici ».
areas-outline-corners = { "{n}" } sommets, { "{size}" }.
areas-outline-here = Un sommet ici
areas-geometry = Le même contour en GeoJSON
areas-geometry-hint = Dessinez sur la carte, ou collez ici un polygone : une géométrie ou un objet GeoJSON, en longitude et latitude.
areas-nothing-drawn = Dessinez un contour, ou collez-le en GeoJSON.
areas-several = Il y a plus d’un objet ici : un secteur a un seul contour. Pour plusieurs, importez-les comme fichier.
areas-said = { $what }
areas-make = Créer le secteur
areas-drawn = Le secteur est créé. La carte le montre déjà.
areas-see = Le voir sur la carte
areas-edit-hint = Son adresse et son code restent les mêmes. Pour un autre contour, importez un fichier avec le même niveau et le même code. Son adresse :
areas-changed = Le secteur est modifié. Pour revenir en arrière, modifiez-le de nouveau.
areas-changed-now = Une autre personne vient de changer ce secteur : il s’appelle maintenant « { $name } ». Votre saisie est gardée : relisez, puis enregistrez de nouveau.
areas-remove-title = Retirer ce secteur
areas-remove-hint = { $n ->
    [one] Rien ne s’en sert. Retiré, il peut être remis tel quel pendant { $n } jour.
   *[other] Rien ne s’en sert. Retiré, il peut être remis tel quel pendant { $n } jours.
}
areas-remove = Retirer
areas-not-removed = Ce secteur sert encore : il n’est pas retiré. Plus bas : ce qui s’en sert.
areas-cannot-go = Ce secteur ne peut pas être retiré, parce qu’il sert :
areas-used-features = { $n ->
    [one] { $n } contribution s’y trouve, publique ou non.
   *[other] { $n } contributions s’y trouvent, publiques ou non.
}
areas-used-parts = { $n ->
    [one] { $n } secteur en fait partie : modifiez-le d’abord.
   *[other] { $n } secteurs en font partie : modifiez-les d’abord.
}
areas-used-roles = { $n ->
    [one] { $n } rôle y est ou y a été donné.
   *[other] { $n } rôles y sont ou y ont été donnés.
}
areas-used-people = { $n ->
    [one] { $n } personne dit y habiter.
   *[other] { $n } personnes disent y habiter.
}
areas-used-processes = Des démarches portent sur lui : { $processes }. Changez-les d’abord.
areas-see-features = Voir les contributions publiques
areas-removed = « { $name } » ({ $level }) est retiré : la carte et les filtres ne le montrent plus.
areas-removed-until = { $n ->
    [one] Gardez l’adresse de cette page : pendant { $n } jour, elle remet le secteur tel qu’il était, à la même adresse.
   *[other] Gardez l’adresse de cette page : pendant { $n } jours, elle remet le secteur tel qu’il était, à la même adresse.
}
areas-put-back = Remettre le secteur
areas-back = Le secteur est remis, tel qu’il était.
areas-too-wide = Le fichier a plus de { $most } colonnes. Ne gardez que celles du nom et du code.
areas-work-failed = L’import s’est interrompu : rien n’est écrit. Recommencez avec le même fichier.
