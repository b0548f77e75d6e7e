//! E-mail addresses as they are typed.

/// The longest address that is taken, in bytes (RFC 5321).
const LONGEST: usize = 254;

/// An address in lower case, where it is one that a letter can be sent to. What would begin another header is none.
pub fn address(typed: &str) -> Option<String> {
    let address = typed.trim().to_lowercase();
    let domain = address.rsplit_once('@').map(|(_, domain)| domain)?;
    let plain = address.len() <= LONGEST && address.chars().all(|c| !c.is_control() && !c.is_whitespace());
    let is_address = plain && domain.contains('.') && address.parse::<lettre::Address>().is_ok();
    is_address.then_some(address)
}

/// An address as it is shown to who may not be its owner: `l•••@mail.example`.
pub fn masked(address: &str) -> String {
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = if name.chars().count() > 2 { name.chars().take(1).collect() } else { String::new() };
    format!("{first}•••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_in_lower_case_and_can_be_no_header() {
        assert_eq!(address(" Lea.Martin+x@Mail.Example "), Some("lea.martin+x@mail.example".into()));
        for bad in [
            "",
            "lea",
            "lea@",
            "@mail.example",
            "lea@localhost",
            "a b@mail.example",
            "lea@mail.example\r\nBcc: x@y.z",
            "lea@mail.example,b@c.d",
            "<lea@mail.example>",
            &format!("{}@mail.example", "a".repeat(260)),
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_masked_address_names_its_domain_and_nobody() {
        assert_eq!(masked("lea@mail.example"), "l•••@mail.example");
        assert_eq!(masked("l@mail.example"), "•••@mail.example");
    }
}
