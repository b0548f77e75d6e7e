//! Every setting that an agent writes, one table: what it is, where its form stands, what it takes.

use super::ZONES;
use crate::base::config::Config;
use crate::base::media::NAMED;

/// A setting.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, in forms, in what is kept and in the keys of its texts (`site-field-NAME`).
    pub name: &'static str,
    /// On which page it is asked.
    pub section: Section,
    /// What it takes.
    pub sort: Sort,
    /// What the operator's file says instead, if it says anything: that wins.
    pub operator: Option<fn(&Config) -> &str>,
}

/// A page of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Who we are.
    Identity,
    /// How the site looks.
    Face,
    /// What lies under the map.
    Basemap,
    /// What a resident reads first.
    Welcome,
    /// How the authority is reached.
    Contact,
    /// What the law asks a site to say.
    Legal,
    /// What an audit of accessibility found.
    Accessibility,
    /// How letters leave.
    Mail,
}

impl Section {
    /// Every section, in the order of the desk.
    pub const ALL: [Section; 8] = [
        Section::Identity,
        Section::Face,
        Section::Basemap,
        Section::Welcome,
        Section::Contact,
        Section::Legal,
        Section::Accessibility,
        Section::Mail,
    ];

    /// The word in addresses and in the keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            Section::Identity => "identity",
            Section::Face => "face",
            Section::Basemap => "basemap",
            Section::Welcome => "welcome",
            Section::Contact => "contact",
            Section::Legal => "legal",
            Section::Accessibility => "accessibility",
            Section::Mail => "mail",
        }
    }

    /// The section of a word.
    pub fn of_word(word: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.word() == word)
    }

    /// What is asked there.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        FIELDS.iter().filter(move |field| field.section == self)
    }
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// One line of at most so many characters.
    Line(usize),
    /// Paragraphs in Markdown-light, of at most so many characters.
    Prose(usize),
    /// `#rrggbb`.
    Color,
    /// A picture that is sent, kept by the digest of its content.
    Picture,
    /// An e-mail address.
    Email,
    /// Addresses of pages elsewhere, one a line.
    Links,
    /// One of these words; the first where nothing is chosen.
    Choice(&'static [&'static str]),
    /// The address of a page or a file elsewhere.
    Address,
    /// A day.
    Day,
    /// A share in percent, from 0 to 100.
    Percent,
    /// A name of a machine, with a port or without.
    Host,
}

/// How the way to a mail server is kept from others: from the second step on, from the first, or, on this machine only, not at all.
pub const ENCRYPTION: &[&str] = &["starttls", "tls", "none"];

/// Within how many days everybody is answered; `0`: nothing is promised.
pub const ANSWER_DAYS: &[&str] = &["60", "30", "90", "120", "180", "0"];

/// What lies under the map: paper, a file of tiles, a server that this program knows, or the style of any other.
pub const BASEMAPS: &[&str] = &["none", "file", "ign", "ign-grey", "osm", "style"];

/// Said where the logo is light itself: seen in its pixels when it comes, and on no form.
pub const LOGO_IS_LIGHT: &str = "logo_is_light";

/// Which commune or body the site is of, its official name and code: chosen at the desk of the territory, kept and taken back with these
/// settings, and on none of their pages.
pub const CHOSEN_NAME: &str = "territory_name";
/// See [`CHOSEN_NAME`].
pub const CHOSEN_CODE: &str = "territory_code";

const fn plain(name: &'static str, section: Section, sort: Sort) -> Field {
    Field { name, section, sort, operator: None }
}

/// Every setting, in the order of the forms.
pub const FIELDS: &[Field] = &[
    Field { operator: Some(|config| &config.name), ..plain("name", Section::Identity, Sort::Line(60)) },
    plain("territory", Section::Identity, Sort::Line(120)),
    plain("zone", Section::Identity, Sort::Choice(ZONES)),
    plain("answer_days", Section::Identity, Sort::Choice(ANSWER_DAYS)),
    plain("logo", Section::Face, Sort::Picture),
    plain("brand", Section::Face, Sort::Color),
    plain("picture", Section::Face, Sort::Picture),
    plain("picture_alt", Section::Face, Sort::Line(200)),
    Field {
        operator: Some(|config| config.basemap.trim()),
        ..plain("basemap", Section::Basemap, Sort::Choice(BASEMAPS))
    },
    plain("basemap_file", Section::Basemap, Sort::Line(NAMED)),
    plain("basemap_style", Section::Basemap, Sort::Address),
    plain("welcome_title", Section::Welcome, Sort::Line(80)),
    plain("welcome", Section::Welcome, Sort::Prose(1_200)),
    plain("welcome_title_en", Section::Welcome, Sort::Line(80)),
    plain("welcome_en", Section::Welcome, Sort::Prose(1_200)),
    plain("contact_email", Section::Contact, Sort::Email),
    plain("contact_phone", Section::Contact, Sort::Line(40)),
    plain("contact_address", Section::Contact, Sort::Line(200)),
    plain("links", Section::Contact, Sort::Links),
    plain("publisher", Section::Legal, Sort::Line(200)),
    plain("publisher_address", Section::Legal, Sort::Line(200)),
    plain("director", Section::Legal, Sort::Line(120)),
    plain("provider", Section::Legal, Sort::Line(200)),
    plain("provider_address", Section::Legal, Sort::Line(200)),
    plain("provider_phone", Section::Legal, Sort::Line(40)),
    plain("legal", Section::Legal, Sort::Prose(6_000)),
    plain("terms", Section::Legal, Sort::Prose(12_000)),
    plain("audit_day", Section::Accessibility, Sort::Day),
    plain("auditor", Section::Accessibility, Sort::Line(200)),
    plain("audit_rate", Section::Accessibility, Sort::Percent),
    plain("accessibility", Section::Accessibility, Sort::Prose(6_000)),
    plain("mail_host", Section::Mail, Sort::Host),
    plain("mail_encryption", Section::Mail, Sort::Choice(ENCRYPTION)),
    plain("mail_user", Section::Mail, Sort::Line(200)),
    plain("mail_from", Section::Mail, Sort::Email),
];

impl Field {
    /// The setting of a name.
    pub fn of_name(name: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.name == name)
    }

    /// What the operator's file says; nothing where it leaves it to the desk.
    pub fn of_operator<'a>(&self, config: &'a Config) -> Option<&'a str> {
        self.operator.map(|read| read(config)).filter(|said| !said.is_empty())
    }
}
