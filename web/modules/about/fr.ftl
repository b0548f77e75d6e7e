# Qui parle : mentions légales, accessibilité, conditions, aide, contact, accueil.
about-legal = Mentions légales
about-accessibility-link = Accessibilité
about-terms = Conditions d’utilisation
about-help = Aide
about-contact = Contact
about-write-to-us = Nous écrire
about-not-said = non renseigné à ce jour
about-publisher = Éditeur
about-director = Direction de la publication
about-provider = Hébergement
about-software = Logiciel
about-software-said = Parvis, cartographie participative, servi par la collectivité ou son prestataire.
about-legal-also = À lire aussi :
about-accessibility = Déclaration d’accessibilité
about-accessibility-commits = { $publisher } s’engage à rendre ce site accessible, conformément à l’article 47 de la loi nº 2005-102 du 11 février 2005. Cette déclaration s’applique à { $address }.
about-accessibility-state-title = État de conformité
about-accessibility-unaudited = Ce site est non conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1) : audit non réalisé.
about-accessibility-whole = Ce site est totalement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).
about-accessibility-partly = Ce site est partiellement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).
about-accessibility-not = Ce site est non conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).
about-accessibility-results = Résultats des tests
about-accessibility-audited = L’audit réalisé par { $auditor }, daté du { $day }, relève que { $rate } % des critères du RGAA sont respectés.
about-accessibility-left = Contenus non accessibles
about-accessibility-back-title = Retour d’information et contact
about-accessibility-back = Si vous n’arrivez pas à accéder à un contenu ou à un service, dites-le : nous vous orienterons vers une autre voie ou vous l’obtiendrez sous une autre forme.
about-accessibility-remedy-title = Voies de recours
about-accessibility-remedy = Si vous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service et que vous n’avez pas reçu de réponse satisfaisante, vous pouvez :
about-accessibility-remedy-form = écrire un message au Défenseur des droits
about-accessibility-remedy-delegate = contacter le délégué du Défenseur des droits de votre région
about-accessibility-remedy-post = envoyer un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07
about-accessibility-checks-title = Annexe : ce que le logiciel vérifie de lui-même
about-accessibility-checks = Ces contrôles sont ceux du logiciel, à chaque version. Ils ne remplacent pas un audit et ne disent rien des textes et des images ajoutés ensuite.
about-accessibility-check-axe = Un contrôle automatique (axe, règles RGAA et WCAG 2.2 AA) des pages publiques et de l’administration, en clair et en sombre.
about-accessibility-check-keys = Les parcours principaux joués au clavier seul : proposer, voter, débattre.
about-accessibility-check-scripts = Les mêmes parcours joués sans JavaScript, avec la liste à la place de la carte.
about-accessibility-check-contrast = Le contraste de chaque couleur de texte, calculé aussi pour la couleur choisie par la collectivité.
about-terms-intro = En participant ici, vous acceptez ces règles, communes à toutes les démarches de ce site. Chaque démarche publie en plus les siennes.
about-terms-public = Ce que vous publiez est public : chacun peut le lire, le filtrer et l’emporter dans les données ouvertes, sans votre adresse électronique.
about-terms-yours = N’envoyez que des textes et des photos qui sont les vôtres ou que vous avez le droit de publier, sans nom ni visage d’autrui sans son accord.
about-terms-charter = La modération suit une charte publiée, motif par motif ; chaque décision est motivée et peut être contestée.
about-terms-voice = Une personne a une voix par contribution ; elle peut la changer ou la reprendre tant que le vote est ouvert.
about-terms-answer = La collectivité lit les contributions et dit ce qu’elles deviennent ; un vote éclaire sa décision et ne la remplace pas.
about-terms-leave = Vous pouvez reprendre ce que vous avez dit, emporter vos données ou les faire effacer.
about-help-questions = Questions
about-help-ask-place = Comment proposer une idée ?
about-help-say-place = Appuyez sur « Proposer une idée », montrez l’endroit sur la carte ou donnez une adresse, écrivez un titre et quelques phrases, puis relisez l’aperçu et publiez. Une photo est possible, jamais obligatoire. Ce que vous tapez reste sur votre appareil jusqu’à la publication.
about-help-ask-account = Faut-il un compte ?
about-help-say-account = Non, sauf si une démarche le demande : sa page le dit. Sans compte, le site garde un lien dans votre navigateur pour que vous puissiez modifier ou retirer votre idée. Un compte s’ouvre avec une adresse électronique, sans mot de passe.
about-help-ask-vote = Comment voter et débattre ?
about-help-say-vote = Ouvrez une contribution : les boutons de vote sont sous le texte. Appuyez de nouveau pour reprendre votre voix. Un argument pour ou contre se donne juste en dessous.
about-help-ask-change = Puis-je changer ou retirer ce que j’ai écrit ?
about-help-say-change = Oui. Ouvrez votre contribution dans le même navigateur, ou par le lien de modification reçu. Si d’autres ont déjà voté, seuls de petits changements sont acceptés, ou bien ils en sont avertis : la démarche dit lequel des deux.
about-help-ask-become = Que devient mon idée ?
about-help-say-become = Chaque contribution porte un statut et, quand la collectivité a répondu, sa réponse et ses raisons. Suivez-la pour en être averti par courriel.
about-help-ask-without-map = Puis-je me passer de la carte ?
about-help-say-without-map = Oui. La liste offre les mêmes filtres et les mêmes actes, au clavier, avec un lecteur d’écran ou sans JavaScript. Pour situer une idée, une adresse ou un secteur suffit.
about-help-ask-words = Pourquoi mon texte n’apparaît-il pas ?
about-help-say-words = Une démarche peut faire lire les contributions avant leur publication ; vous en êtes averti. Un texte masqué par la modération garde une page qui dit le motif, et vous pouvez contester la décision.
about-help-ask-data = Que savez-vous de moi ?
about-help-say-data = Le moins possible, et la page « Données personnelles » le dit ligne par ligne. Aucun traceur, aucune publicité, aucun service tiers. Votre compte permet d’emporter ou d’effacer vos données.
about-help-else = Autre chose ?
about-contact-sent = Votre message est parti. La collectivité vous répondra à l’adresse donnée.
about-contact-problems = Le message n’est pas parti : voyez ce qui est signalé ci-dessous.
about-contact-silent = La collectivité n’a pas encore indiqué comment la joindre ici. Les mentions légales disent qui publie ce site.
about-contact-email = Courriel
about-contact-phone = Téléphone
about-contact-address = Adresse
about-contact-private = Ce message n’est pas publié. Il part par courriel vers la collectivité et n’est gardé ici que le temps de l’envoi et de son archivage.
about-contact-your-email = Votre adresse électronique
about-contact-subject = Objet (facultatif)
about-contact-message = Message
about-contact-send = Envoyer
about-contact-bad-email = Une adresse complète est nécessaire pour vous répondre. Exemple : prenom@exemple.fr
about-contact-short = Dites-en un peu plus : quelques mots au moins.
about-contact-long = Le message est trop long : { $most } caractères au plus.
about-contact-no-subject = Sans objet
about-contact-letter-subject = [{ $site }] { $subject }
about-contact-letter =
    Un message est arrivé par la page Contact de { $site }.

    De : { $from }

    { $message }

    Répondez directement à cette adresse : le site ne reçoit pas de réponse.
about-welcome = Bienvenue
about-open-now = Ouvert en ce moment
about-days-left =
    { $n ->
        [0] dernier jour
        [one] encore un jour
       *[other] encore { $n } jours
    }
about-answered =
    { $n ->
        [one] Une contribution a déjà reçu une suite.
       *[other] { $n } contributions ont déjà reçu une suite.
    }
about-how = Comment ça marche
about-help-agents = Vous travaillez pour la collectivité ?
about-guide = Guide des agents
about-guide-parts = Parties du guide
about-guide-french = Ce guide est en français.
