# Textes du module accounts.

error-role = Votre compte n’a pas le rôle que cette page demande. Demandez-le à une personne qui administre ce site.
desk-open = Administration
desk-first = Ce qui attend
desk-quiet = Rien n’attend.
desk-quiet-said = Tout ce qui vous revient a été lu ou répondu. La prochaine contribution apparaîtra ici.
trouble-database = En ce moment, rien ne s’enregistre : { $why }. Prévenez la personne qui gère le serveur.
trouble-pictures = En ce moment, les photos ne s’enregistrent pas : { $why }. Prévenez la personne qui gère le serveur.
trouble-why-full = il n’y a plus de place sur le disque
trouble-why-read-only = l’écriture est refusée
trouble-why-broken = le disque est en défaut
trouble-why-busy = la base est occupée
trouble-why-away = la base ne répond pas
desk-people = Comptes et rôles

# Accounts: signing in
sign-in-title = Se connecter
sign-in-why = Avec un compte, vos idées et vos voix vous suivent d’un appareil à l’autre, et vous êtes averti des suites. Pas de mot de passe : un lien vous est envoyé.
sign-in-email = Votre adresse de courriel
sign-in-email-hint = Par exemple : camille@exemple.fr. Elle n’est jamais montrée au public.
sign-in-send = Recevoir un lien
sign-in-bad-address = Cette adresse n’est pas complète : elle s’écrit comme camille@exemple.fr.
sign-in-outside = Ou avec une identité vérifiée
sign-in-demo = Ceci est une démonstration : aucun courriel ne part, ils se lisent tous ici.
sign-in-sent-title = Consultez vos courriels
sign-in-sent = Un lien pour vous connecter part vers { $email }. Il est bon pendant 15 minutes, une seule fois.
sign-in-sent-next = Ouvrez-le de préférence sur cet appareil. Rien ne vient ? Regardez parmi les indésirables, vérifiez l’adresse, puis demandez un autre lien.
sign-in-again = Demander un autre lien
sign-in-elsewhere-title = Se connecter sur cet appareil ?
sign-in-elsewhere = Ce lien a été demandé depuis un autre appareil ou un autre navigateur, pour { $email }. Si c’est bien vous, confirmez : vous serez connecté ici.
sign-in-here = Me connecter ici
sign-in-elsewhere-not-me = Vous n’avez rien demandé ? Fermez cette page : le lien ne sert à rien sans ce bouton.
sign-in-refused-used = Ce lien a déjà servi
sign-in-refused-next-used = Un lien ne sert qu’une fois, et le dernier reçu remplace les autres. Si ce n’était pas vous, demandez-en un autre, puis regardez dans votre compte quels appareils sont connectés.
sign-in-refused-expired = Ce lien n’est plus valable
sign-in-refused-next-expired = Un lien est bon pendant 15 minutes. Demandez-en un autre : il arrive en un instant.
sign-in-refused-unknown = Ce lien n’est pas complet
sign-in-refused-next-unknown = Il a peut-être été coupé en deux par votre messagerie. Copiez-le en entier dans la barre d’adresse, ou demandez-en un autre.
letter-sign-in-subject = Votre lien pour vous connecter à { $site }
letter-sign-in-body =
    Bonjour,
    Voici le lien pour vous connecter à { $site } :
    { $link }
    Il est bon pendant 15 minutes et ne sert qu’une fois.
    Vous n’avez rien demandé ? Ne faites rien : sans ce lien, personne
    n’entre dans votre compte.
receipt-letter-subject = { $site } : votre reçu n° { $number }
receipt-letter = Bonjour,
    Votre dépôt est inscrit au registre de { $site }.
    Numéro : { $number }
    Heure : { $time }
    Empreinte : { $print }
    Le reçu complet, à garder :
    { $link }
    N’importe qui peut vérifier ce reçu :
    { $verify }

# Accounts: identity providers
outside-failed = Le service d’identité n’a pas répondu comme prévu. Réessayez dans quelques minutes, ou connectez-vous par un lien.
outside-not-here = Ce retour ne correspond à aucune demande de ce navigateur. Recommencez depuis la page de connexion.
outside-late = Cette demande a expiré ou a déjà servi. Recommencez depuis la page de connexion.
outside-cancelled = Vous avez renoncé à vous identifier ; rien n’a changé. Vous pouvez vous connecter par un lien.
account-voice-held = Votre voix est déjà celle d’un compte que vous avez ouvert depuis. Connectez-vous à ce compte, puis liez-y cette adresse ou cette identité.
outside-other-account = Cette identité est déjà liée à un autre compte. Déconnectez-vous, puis revenez par elle.
outside-address-taken = Un compte a déjà cette adresse de courriel. Connectez-vous d’abord par un lien, puis vérifiez votre identité depuis votre compte.

# People and roles
people-who = Personne
people-role = Rôle
people-where = Où
people-since = Depuis, par
people-everywhere = Partout
people-revoke = Retirer
people-revoked = Le rôle est retiré.
people-granted = Le rôle est donné. La personne le trouvera à sa prochaine connexion.
people-give = Donner un rôle
people-email = Adresse de courriel de la personne
people-email-hint = Elle peut ne s’être encore jamais connectée.
people-process = Dans une seule démarche
people-area = Dans un seul secteur
people-grant = Donner ce rôle
people-find = Chercher un compte
people-words = Nom ou adresse de courriel
people-none = Aucun compte ne correspond.
people-last = C’est le dernier rôle d’administration : donnez-le d’abord à quelqu’un d’autre.
people-meanwhile = Une autre personne l’a déjà fait : rechargez la page pour voir les rôles comme ils sont.
people-has-already = Cette personne a déjà ce rôle, à cet endroit.
role-moderator = Modération
role-agent = Réponses
role-planner = Démarches
role-administrator = Administration
role-moderator-does = relit, masque, fusionne
role-agent-does = répond au nom de la collectivité
role-planner-does = écrit les démarches ; peut aussi modérer et répondre
role-administrator-does = tout, et donne les rôles

# Accounts: one's own page, the demonstration's letters
account-title = Mon compte
account-signed-in-as = Vous êtes connecté avec l’adresse { $email }, que le public ne voit pas.
account-sign-out = Se déconnecter
account-profile = Ce que le public voit
account-name = Nom public
account-name-hint = De 2 à 60 caractères ; un pseudonyme convient. Sans nom, rien n’est affiché.
account-name-length = Ce nom ne convient pas : écrivez de 2 à 60 caractères, ou laissez vide.
account-choose = Choisissez dans la liste.
account-capacity = Vous vous exprimez en tant que
account-area = Votre commune
account-area-none = Je ne le dis pas
account-save = Enregistrer
account-saved = C’est enregistré.
account-roles = Vos rôles
account-sessions = Appareils connectés
account-sessions-hint = Un appareil que vous ne reconnaissez pas ? Déconnectez-le : c’est immédiat.
account-here = cet appareil
account-seen = Vu le
account-end = Déconnecter
account-end-others = Déconnecter tous les autres
account-ended = C’est fait : cet appareil n’est plus connecté.
inbox-open = Lire les courriels de la démonstration
inbox-title = Lettres de la démonstration
inbox-why = Aucun courriel ne quitte cette démonstration : tout le monde les lit ici.
inbox-people = Jouer quelqu’un
inbox-letters = Derniers courriels
inbox-empty = Aucun courriel pour l’instant. Choisissez quelqu’un ci-dessus : son lien de connexion arrive ici.
demo-resident = Une habitante
demo-moderator = La modération
demo-moderator-other = L’autre modérateur
demo-agent = Un agent
demo-planner = Une urbaniste
demo-administrator = L’administration

# Clés d’accès
passkeys-title = Clés d’accès
passkeys-hint = Une clé d’accès reste dans votre téléphone, votre ordinateur ou une clé de sécurité, et se déverrouille par le doigt, le visage ou un code. Elle vous connecte sans attendre de courriel, et protège les rôles.
passkey-needs = Les clés d’accès demandent JavaScript et un navigateur récent. Sans elles, connectez-vous par le lien reçu par courriel ; si votre rôle en demande une, ouvrez cette page dans un autre navigateur.
passkey-name = Nom de la clé
passkey-name-hint = Pour la reconnaître, par exemple : Mon téléphone. Facultatif.
passkey-add = Ajouter une clé d’accès
passkey-added = Votre clé d’accès est ajoutée.
passkey-remove = Retirer
passkey-removed = La clé d’accès est retirée. Effacez-la aussi de votre appareil : elle n’ouvre plus rien ici.
passkey-created = Ajoutée le
passkey-used = utilisée le
passkey-waiting = Suivez ce que demande votre appareil…
passkey-cancelled = Rien n’a été fait : la demande a été annulée, ou a trop attendu. Réessayez quand vous voulez.
passkey-known = Cet appareil a déjà une clé d’accès pour ce compte.
passkey-unsupported = Cet appareil ne peut pas garder de clé d’accès protégée par un code, un doigt ou un visage. Essayez avec un téléphone ou une clé de sécurité.
passkey-device-refused = Votre navigateur refuse les clés d’accès à cette adresse. Elles demandent une adresse en https, écrite avec un nom et non des chiffres.
passkey-offline = Le serveur n’a pas répondu. Vérifiez votre connexion, puis réessayez.
passkey-refused = Cette clé d’accès n’a pas pu être vérifiée. Réessayez ; si cela se répète, connectez-vous par un lien.
passkey-late = Cette demande a déjà servi ou a plus de cinq minutes. Recommencez.
passkey-unknown = Cette clé d’accès n’est plus connue ici : elle a été retirée. Connectez-vous par un lien.
passkey-of-another = Cette clé d’accès est celle d’un autre compte.
passkey-too-many = Vous avez déjà vingt clés d’accès : retirez-en une d’abord.
passkey-show-first = Présentez d’abord l’une de vos clés d’accès : avec un rôle, on ne les change pas sans cela.
sign-in-passkey-title = Ou avec une clé d’accès
sign-in-passkey = Utiliser ma clé d’accès
second-factor-title = Confirmez que c’est vous
second-factor-why = Votre rôle vous donne accès aux données d’autrui : le lien reçu par courriel ne suffit pas. Une clé d’accès le confirme, pour douze heures sur cet appareil.
second-factor-none = Vous n’en avez pas encore. Ajoutez-en une : votre appareil s’en charge, en quelques secondes.
second-factor-show = Présenter ma clé d’accès
second-factor-lost = Clé perdue ? Un autre administrateur peut retirer vos clés depuis le serveur, par la commande « parvis admin forget-passkeys » ; vous en ajouterez une nouvelle ici.
second-factor-later = Plus tard : retourner à mon compte

# Letters about passkeys, and the way to showing one
letter-passkey-added-subject = Une clé d’accès a été ajoutée à votre compte
letter-passkey-added =
    Bonjour,
    Une clé d’accès a été ajoutée à votre compte sur { $site }.
    Quand : le { $day } à { $time } ({ $zone })
    Depuis : { $browser }
    C’était vous ? Il n’y a rien à faire.
    Ce n’était pas vous ? Ouvrez votre compte sans attendre : retirez
    cette clé, puis déconnectez tous les autres appareils. Si vous avez
    un rôle sur ce site, prévenez aussi l’équipe qui l’administre.
    { $page }
letter-passkey-removed-subject = Une clé d’accès a été retirée de votre compte
letter-passkey-removed =
    Bonjour,
    Une clé d’accès a été retirée de votre compte sur { $site } : elle
    n’y ouvre plus rien.
    Quand : le { $day } à { $time } ({ $zone })
    Depuis : { $browser }
    C’était vous ? Il n’y a rien à faire.
    Ce n’était pas vous ? Ouvrez votre compte sans attendre : déconnectez
    tous les autres appareils et regardez quelles clés y restent. Si vous
    avez un rôle sur ce site, prévenez aussi l’équipe qui l’administre.
    { $page }
letter-passkeys-forgotten-subject = Vos clés d’accès ont été retirées de votre compte
letter-passkeys-forgotten =
    Bonjour,
    L’équipe qui administre { $site } a retiré toutes les clés d’accès de
    votre compte et déconnecté tous vos appareils, comme on le fait quand
    une clé est perdue.
    Vous l’aviez demandé ? Connectez-vous par le lien reçu par courriel,
    puis ajoutez une nouvelle clé.
    Vous n’aviez rien demandé ? Prévenez cette équipe sans attendre.
passkey-show-first-hint = Pour ajouter ou retirer une clé, présentez d’abord celle que vous avez :
sign-in-no-letters = Ce site ne peut pas encore envoyer de courriels : personne ne reçoit de lien pour se connecter. L’équipe du site doit d’abord régler l’envoi.
sign-in-no-letters-outside = Vous pouvez vous identifier par l’autre chemin, ci-dessous.
sign-in-no-letters-visitor = Si vous avez déjà une clé d’accès sur cet appareil, elle suffit. Sans compte, vous pouvez lire tout ce qui est publié, et participer là où la démarche le permet aux visiteurs.
letters-lack-way = Les courriels ne partent pas : personne ne peut se connecter par lien. Réglez mail dans parvis.toml (ou PARVIS_MAIL=smtp://utilisateur:motdepasse@serveur:587), puis redémarrez.
letters-lack-address = Les courriels à lien ne partent pas : l’adresse du site n’est pas réglée. Réglez public_url dans parvis.toml (ou PARVIS_PUBLIC_URL=https://…), puis redémarrez.
outside-title = Continuer
outside-leaving = Vous allez continuer chez { $label }.
outside-go = Continuer chez { $label }
outside-link-title = Identité vérifiée
outside-link-why = Liez votre compte à votre identité { $label } : vous pourrez aussi vous connecter par elle, et prendre part aux démarches qui demandent une identité vérifiée.
outside-link = Lier mon identité { $label } à ce compte
outside-linked = L’identité est liée à votre compte.
outside-stale = Lier une identité demande une connexion récente. Déconnectez-vous, reconnectez-vous, puis recommencez dans le quart d’heure.
outside-changed = Vous n’êtes plus connecté avec le compte qui demandait ce lien. Rien n’a changé.
erase-last-administrator = Vous êtes la dernière personne à administrer le site. Nommez d’abord quelqu’un d’autre, sur la page des personnes et des rôles ; vous pourrez ensuite effacer votre compte.
passkey-last-administrator = Vous êtes la dernière personne à administrer le site, et cette clé est votre seule clé d’accès : ajoutez-en une autre d’abord, ou nommez quelqu’un d’autre.

# The desk's first page and its frame
desk-group-treat = Traiter
desk-group-prepare = Préparer
desk-group-run = Administrer
desk-waits = en attente
desk-oldest = attente la plus longue :
desk-late-by = { $n ->
    [one] un jour de retard
   *[other] { $n } jours de retard
  }
desk-nothing-in = Rien dans :
desk-soon = Dans les deux semaines
desk-others = À parcourir
desk-since = Depuis votre dernière visite
desk-ago = il y a
desk-since-nothing = Rien de nouveau.
desk-rooms = Toutes les pages
desk-state = L’état du site
desk-state-letters = Courriels
desk-letters-failed = { $n ->
    [one] un courriel n’est pas parti
   *[other] { $n } courriels ne sont pas partis
  }
desk-letters-fine = Tous sont partis.
desk-state-jobs = Tâches de fond
desk-jobs-fine = Toutes à l’heure.
desk-job-late = en retard de { $time }
desk-job-failed = { $count ->
    [one] a échoué
   *[other] a échoué { $count } fois de suite
  }
desk-job-done = faite pour la dernière fois il y a
desk-state-database = Base de données
desk-state-media = Photos et documents
desk-state-disk = Place libre sur le disque
desk-disk-narrow = Presque plein : prévenez la personne qui gère le serveur.
age-days = { $n ->
    [0] moins d’un jour
    [one] un jour
   *[other] { $n } jours
  }
age-hours = { $n ->
    [one] une heure
   *[other] { $n } heures
  }
age-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }
bytes-kilo = { $number } ko
bytes-mega = { $number } Mo
bytes-giga = { $number } Go
bytes-tera = { $number } To
desk-guide = Guide des agents

# What the server does while nobody waits
desk-jobs = Tâches de fond
jobs-why = Ce que le serveur fait de lui-même. Une tâche qui échoue est reprise toute seule, de plus en plus rarement, jusqu’à ce qu’elle réussisse. Si elle échoue encore, prévenez la personne qui gère le serveur : son journal dit pourquoi.
jobs-none = Aucune tâche n’a encore été faite : le site vient d’ouvrir, et chacune attend son tour.
jobs-name = Tâche
jobs-last = Dernière fois
jobs-next = Prochaine fois
jobs-problem = État
jobs-ago = il y a { $time }
jobs-in = dans { $time }
jobs-never = pas encore
jobs-running = en cours
jobs-soon = d’un instant à l’autre
jobs-when-needed = dès qu’il y a quelque chose à faire
jobs-fine = En ordre
jobs-run = Lancer
jobs-retry = Réessayer
jobs-fate-done = « { $job } » : c’est fait.
jobs-fate-nothing = « { $job } » : il n’y avait rien à faire.
jobs-fate-failed = « { $job } » : nouvel échec. La tâche sera reprise.
jobs-fate-elsewhere = « { $job } » : un serveur s’en occupe déjà.
jobs-fate-running = « { $job } » : c’est en cours. Rechargez la page pour en voir la fin.
job-sessions = Oublier les connexions, les liens et les formulaires périmés
job-phases = Ouvrir et clore les phases des démarches
job-followers = Oublier les abonnements par courriel restés sans confirmation
job-heads = Publier chaque jour l’empreinte du registre
job-work-letters = Écrire aux agents ce qui les attend
job-work = Effacer les notes et les attributions arrivées au terme de leur conservation
job-areas-forget = Effacer les fichiers de secteurs laissés sans suite et les secteurs retirés depuis longtemps
job-zones-forget = Effacer les zones retirées depuis longtemps
job-retention = Appliquer les durées de conservation
job-pictures = Supprimer les fichiers des photos effacées
job-photos = Supprimer les photos envoyées et jamais publiées

# Letters that did not leave
desk-letters = Courriels
letters-why = Un courriel refusé est essayé pendant environ un jour ; ensuite il attend ici. Son texte n’est pas montré : il peut contenir un lien de connexion.
letters-waiting = { $n ->
    [0] Aucun courriel n’attend son tour.
    [one] Un courriel attend son tour.
   *[other] { $n } courriels attendent leur tour.
  }
letters-none = Aucun courriel n’a échoué.
letters-all-again = Tout renvoyer
letters-try = Renvoyer
letters-again = { $n ->
    [0] Aucun courriel n’est à renvoyer.
    [one] Un courriel repart.
   *[other] { $n } courriels repartent.
  }
letters-subject = Objet
letters-to = Destinataire
letters-when = Abandonné le
letters-problem = Ce que le serveur a dit
letters-tries = { $n ->
    [one] un essai
   *[other] { $n } essais
  }

# Lists of the desk, and views of them that are kept
desk-col-photo = Photo
desk-col-title = Contribution
desk-col-age = Ancienneté
desk-col-votes = Votes
desk-col-late = Retard
key-enter = Entrée
key-help = Montrer ou cacher ces raccourcis
desk-views = Vues enregistrées
views-manage = Gérer les vues
views-why = Une vue garde le filtre et le tri d’une liste sous un nom. Elle s’ouvre depuis le menu.
views-none = Aucune vue. Filtrez ou triez une liste, puis choisissez « Enregistrer cette vue ».
view-keep = Enregistrer cette vue
view-name = Nom de la vue
view-share = Visible par toute l’équipe
view-save = Enregistrer
view-change = Renommer, partager ou retirer
view-remove = Retirer la vue
view-removed = La vue est retirée.
view-back = La remettre
view-of-team = pour l’équipe
view-of-me = pour vous seul
view-no-name = Donnez un nom à la vue.
view-long-name = Le nom a plus de { $most } caractères.
view-taken = Une de vos vues porte déjà ce nom.
view-many = Vous avez trop de vues : retirez-en une d’abord.
view-not-yours = Cette vue est à quelqu’un d’autre de l’équipe.

# The tour of the demonstration
tour-offer = Première visite ? Un tour guidé montre chaque page avec les données de la démonstration.
tour-begin = Commencer le tour
tour-step = Étape
tour-before = Précédent
tour-after = Suivant
tour-end = Quitter le tour
tour-done = Terminer
tour-first = Ce qui attend
tour-first-said = La page d’accueil des agents. Le rouge signale un retard ; chaque carte ouvre exactement la liste qu’elle compte.
tour-moderation = La modération
tour-moderation-said = Les signalements des habitants. Lisez, puis publiez ou masquez avec un motif de la charte : l’auteur est prévenu et peut contester. Un nom se retire d’un texte sans masquer le reste : le journal public en montre un exemple.
tour-answers = Les réponses
tour-answers-said = Les contributions sans réponse, ici par nombre de votes. Certaines sont attribuées, d’autres portent des notes que seuls les agents lisent. Cochez-en plusieurs pour leur répondre ensemble ; « Sans réponse, les plus soutenues » est une vue que l’équipe partage.
tour-replies = Les réponses types
tour-replies-said = Des textes écrits une fois, où la référence de la contribution et le nom de la démarche se remplissent tout seuls. On les insère dans une réponse, puis on les adapte.
tour-processes = Les démarches
tour-processes-said = Un calendrier, des règles, des documents. Une démarche reste un brouillon jusqu’à sa publication, et chaque version peut être remise.
tour-areas = Le territoire
tour-areas-said = Les communes et quartiers qui filtrent la carte et bornent les rôles. Ils viennent d’un fichier ou se dessinent.
tour-people = Comptes et rôles
tour-people-said = Qui modère, qui répond, qui prépare : partout, dans une démarche ou dans un secteur.
tour-site = Le site
tour-site-said = Le nom, la couleur, l’accueil, les mentions légales et l’envoi des courriels. Le tour s’arrête ici.
