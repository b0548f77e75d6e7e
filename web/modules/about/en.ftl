# Who speaks: legal notice, accessibility, terms, help, contact, welcome.
about-legal = Legal notice
about-accessibility-link = Accessibility
about-terms = Terms of use
about-help = Help
about-contact = Contact
about-write-to-us = Write to us
about-not-said = not filled in so far
about-publisher = Publisher
about-director = Director of publication
about-provider = Host
about-software = Software
about-software-said = Parvis, participatory cartography, served by the authority or its provider.
about-legal-also = Read also:
about-accessibility = Accessibility statement
about-accessibility-commits = { $publisher } undertakes to make this site accessible, as article 47 of the French law 2005-102 of 11 February 2005 asks. This statement applies to { $address }.
about-accessibility-state-title = Compliance
about-accessibility-unaudited = This site does not comply with the French accessibility reference (RGAA 4.1): no audit was made.
about-accessibility-whole = This site complies fully with the French accessibility reference (RGAA 4.1).
about-accessibility-partly = This site complies partly with the French accessibility reference (RGAA 4.1).
about-accessibility-not = This site does not comply with the French accessibility reference (RGAA 4.1).
about-accessibility-results = Results of tests
about-accessibility-audited = The audit made by { $auditor }, dated { $day }, finds that { $rate }% of the RGAA criteria are met.
about-accessibility-left = Contents that are not accessible
about-accessibility-back-title = Tell us
about-accessibility-back = If you cannot reach a content or a service, say so: we will lead you to another way, or give it to you in another form.
about-accessibility-remedy-title = Remedies
about-accessibility-remedy = If you told us of a lack of accessibility that keeps you from a content or a service, and had no satisfying answer, you can:
about-accessibility-remedy-form = write to the Defender of Rights
about-accessibility-remedy-delegate = contact the delegate of the Defender of Rights in your region
about-accessibility-remedy-post = send a letter, without a stamp: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07
about-accessibility-checks-title = Annex: what the software checks by itself
about-accessibility-checks = These checks are the software’s, at each version. They replace no audit, and say nothing of texts and pictures that are added later.
about-accessibility-check-axe = An automatic check (axe, rules of RGAA and WCAG 2.2 AA) of public pages and of the desk, light and dark.
about-accessibility-check-keys = The main ways through the site played by keyboard alone: proposing, voting, arguing.
about-accessibility-check-scripts = The same played without JavaScript, with the list instead of the map.
about-accessibility-check-contrast = The contrast of each colour of text, reckoned for the colour that the authority chose, too.
about-terms-intro = By taking part here you accept these rules, which all processes of this site share. Each process publishes its own beside them.
about-terms-public = What you publish is public: everybody can read it, filter it and take it away as open data, without your e-mail address.
about-terms-yours = Send only texts and photos that are yours or that you may publish, without anybody’s name or face unless they agreed.
about-terms-charter = Moderation follows a published charter, reason by reason; each decision gives its reason and can be appealed.
about-terms-voice = A person has one voice on each contribution, and can change it or take it back while the vote is open.
about-terms-answer = The authority reads contributions and says what becomes of them; a vote informs its decision and does not replace it.
about-terms-leave = You can take back what you said, take your data away or have them erased.
about-help-questions = Questions
about-help-ask-place = How do I propose an idea?
about-help-say-place = Press “Propose an idea”, show the place on the map or give an address, write a title and a few sentences, then read the preview and publish. A photo is possible, never compulsory. What you type stays on your device until it is published.
about-help-ask-account = Do I need an account?
about-help-say-account = No, unless a process asks for one: its page says so. Without an account the site keeps a link in your browser by which you can change or withdraw your idea. An account is opened by an e-mail address, without a password.
about-help-ask-vote = How do I vote and argue?
about-help-say-vote = Open a contribution: the buttons are below its text. Press again to take your voice back. An argument for or against is given just below.
about-help-ask-change = Can I change or withdraw what I wrote?
about-help-say-change = Yes. Open your contribution in the same browser, or by the edit link that you were given. Where others have voted already, only small changes are taken, or they are told: the process says which.
about-help-ask-become = What becomes of my idea?
about-help-say-become = Each contribution has a status and, once the authority has answered, its answer and its reasons. Follow it to be told by e-mail.
about-help-ask-without-map = Can I do without the map?
about-help-say-without-map = Yes. The list has the same filters and the same acts, by keyboard, with a screen reader or without JavaScript. To say where an idea is, an address or an area is enough.
about-help-ask-words = Why does my text not appear?
about-help-say-words = A process may have contributions read before they are public; you are told so. A text that moderation hid keeps a page that says why, and you can appeal.
about-help-ask-data = What do you know about me?
about-help-say-data = As little as possible, and the page “Personal data” says it line by line. No tracker, no advertisement, no third party. Your account lets you take your data away or have them erased.
about-help-else = Something else?
about-contact-sent = Your message has left. The authority will answer to the address that you gave.
about-contact-problems = The message did not leave: see what is said below.
about-contact-silent = The authority has not said yet how to reach it here. The legal notice says who publishes this site.
about-contact-email = E-mail
about-contact-phone = Telephone
about-contact-address = Address
about-contact-private = This message is not published. It leaves by e-mail to the authority, and is kept here only as long as letters are.
about-contact-your-email = Your e-mail address
about-contact-subject = Subject (optional)
about-contact-message = Message
about-contact-send = Send
about-contact-bad-email = A whole address is needed to answer you. Example: name@example.org
about-contact-short = Say a little more: a few words at least.
about-contact-long = The message is too long: { $most } characters at most.
about-contact-no-subject = No subject
about-contact-letter-subject = [{ $site }] { $subject }
about-contact-letter =
    A message arrived by the contact page of { $site }.

    From: { $from }

    { $message }

    Answer to that address: the site receives no answers.
about-welcome = Welcome
about-open-now = Open now
about-days-left =
    { $n ->
        [0] last day
        [one] one day left
       *[other] { $n } days left
    }
about-answered =
    { $n ->
        [one] One contribution has been followed up already.
       *[other] { $n } contributions have been followed up already.
    }
about-how = How it works
about-help-agents = You work for the authority?
about-guide = Guide for agents
about-guide-parts = Parts of the guide
about-guide-french = This guide is in French.
