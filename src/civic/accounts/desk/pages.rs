//! A list of the desk that is shown in pages: all of it can be reached, and its length is exact. No SQL, no HTTP.

/// Which page of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The page that is shown, from 1.
    pub page: i64,
    /// How many entries the whole list has.
    pub total: i64,
    size: i64,
    /// The list's address up to the number of a page.
    link: String,
}

impl Pages {
    /// The page that was asked for (`page=3`), the last where there are fewer; `link` is the list's address with its other parameters.
    pub fn of(asked: &str, total: i64, size: i64, link: &str) -> Pages {
        Pages::named("page", asked, total, size, link)
    }

    /// The same under another name than `page`, for a second list of one page.
    pub fn named(name: &str, asked: &str, total: i64, size: i64, link: &str) -> Pages {
        let last = ((total - 1) / size + 1).max(1);
        let page = asked.trim().parse().unwrap_or(1).clamp(1, last);
        let end = if link.contains('?') { "&" } else { "?" };
        Pages { page, total, size, link: format!("{link}{end}{name}=") }
    }

    /// How many entries come before this page.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.size
    }

    /// The address of the page before.
    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| format!("{}{}", self.link, self.page - 1))
    }

    /// The address of the page after.
    pub fn next(&self) -> Option<String> {
        (self.page * self.size < self.total).then(|| format!("{}{}", self.link, self.page + 1))
    }

    /// How many pages there are.
    pub fn last(&self) -> i64 {
        ((self.total - 1) / self.size + 1).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_on_one_page_and_a_page_beyond_the_end_is_the_last() {
        let pages = |asked: &str, total| Pages::of(asked, total, 30, "/admin/answers?status=open");
        assert_eq!(pages("1", 30).next(), None);
        assert_eq!(pages("1", 31).next().unwrap(), "/admin/answers?status=open&page=2");
        assert_eq!(pages("2", 31).offset(), 30);
        assert_eq!((pages("9999999", 31).page, pages("-3", 31).page, pages("x", 0).page), (2, 1, 1));
        assert_eq!(Pages::of("2", 31, 30, "/admin/people").previous().unwrap(), "/admin/people?page=1");
    }
}
