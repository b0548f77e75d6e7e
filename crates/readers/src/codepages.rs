//! Code pages of DOS that shapefiles still declare, and the numbers by which they declare them.
//!
//! What it is: the upper halves of the pages (the lower one is ASCII), and what a `.cpg` or the language driver of a
//! `.dbf` means. What it is not: Windows' pages and UTF-8 are `encoding_rs`'s.
//! Invariant: what is declared is decoded so, or refused by its name; it is never passed over.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How the texts of a table are written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Coding {
    /// One of the encodings of the web.
    Web(&'static Encoding),
    /// A page of DOS: its number, and its signs from 0x80 on.
    Dos(u16, &'static str),
}

/// Pages of DOS by number, their signs from 0x80 on.
const DOS: [(u16, &str); 10] = [
    (
        437,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        737,
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        850,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        852,
        "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
    ),
    (
        857,
        "ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ�ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ�×ÚÛÙìÿ¯´\u{ad}±�¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        858,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        860,
        "ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧ÓáíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        861,
        "ÇüéâäàåçêëèÐðÞÄÅÉæÆôöþûÝýÖÜø£Ø₧ƒáíóúÁÍÓÚ¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        863,
        "ÇüéâÂà¶çêëèïî‗À§ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ¦´óú¨¸³¯Î⌐¬½¼¾«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        865,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
];

impl Coding {
    /// Its name, for the report.
    pub(super) fn name(self) -> Cow<'static, str> {
        match self {
            Coding::Web(encoding) => encoding.name().into(),
            Coding::Dos(number, _) => format!("CP{number}").into(),
        }
    }

    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Coding::Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Coding::Dos(_, signs) => {
                let sign = |byte: &u8| match byte.checked_sub(0x80) {
                    None => char::from(*byte),
                    Some(at) => signs.chars().nth(usize::from(at)).unwrap_or('\u{fffd}'),
                };
                bytes.iter().map(sign).collect()
            }
        }
    }

    fn page(number: u32) -> Option<Coding> {
        let dos = DOS.iter().find(|(known, _)| u32::from(*known) == number);
        if let Some((number, signs)) = dos {
            return Some(Coding::Dos(*number, signs));
        }
        let label = match number {
            65001 => "utf-8",
            932 => "shift_jis",
            936 => "gbk",
            949 => "euc-kr",
            950 => "big5",
            874 => "windows-874",
            866 => "ibm866",
            10000 => "macintosh",
            1250..=1258 => {
                return Encoding::for_label(format!("windows-{number}").as_bytes()).map(Coding::Web);
            }
            88591..=88599 => {
                let label = format!("iso-8859-{}", number - 88590);
                return Encoding::for_label(label.as_bytes()).map(Coding::Web);
            }
            885910..=885916 => {
                let label = format!("iso-8859-{}", number - 885900);
                return Encoding::for_label(label.as_bytes()).map(Coding::Web);
            }
            _ => return None,
        };
        Encoding::for_label(label.as_bytes()).map(Coding::Web)
    }

    /// What a `.cpg` or a person says: `UTF-8`, `CP850`, `1252`, `ANSI 1252`, `ISO 88591`, `LDID/87`.
    pub(super) fn named(text: &str) -> Option<Coding> {
        let text = text
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0')
            .to_ascii_lowercase();
        if let Some(driver) = text.strip_prefix("ldid/") {
            return driver.parse().ok().and_then(|driver| Coding::of_driver(driver).ok()?);
        }
        if text == "utf8" {
            return Some(Coding::Web(UTF_8));
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let is_page = ["", "cp", "ibm", "oem", "dos", "ansi", "windows", "win", "iso", "msdos"]
            .contains(&letters.as_str());
        let paged = digits.parse().ok().filter(|_| is_page).and_then(Coding::page);
        paged.or_else(|| Encoding::for_label(text.as_bytes()).map(Coding::Web))
    }

    /// What the language driver of a `.dbf` (byte 29) says; `None` where it says nothing.
    ///
    /// # Errors
    /// A driver that nobody knows: its number.
    pub(super) fn of_driver(driver: u8) -> Result<Option<Coding>, u8> {
        let page = match driver {
            // 0x57 is "the system's own", which ESRI writes beside UTF-8 as well.
            0 | 0x57 => return Ok(None),
            0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => 437,
            0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => 850,
            0x03 | 0x58 | 0x59 => return Ok(Some(Coding::Web(WINDOWS_1252))),
            0x04 => 10000,
            0x08 | 0x17 | 0x66 => 865,
            0x13 | 0x7b => 932,
            0x1c | 0x6c => 863,
            0x1f | 0x22 | 0x23 | 0x40 | 0x64 | 0x87 => 852,
            0x24 => 860,
            0x26 | 0x65 => 866,
            0x4d | 0x7a => 936,
            0x4e | 0x79 => 949,
            0x4f | 0x78 => 950,
            0x50 | 0x7c => 874,
            0x67 => 861,
            0x6a | 0x86 => 737,
            0x6b | 0x88 => 857,
            0xc8 => 1250,
            0xc9 => 1251,
            0xca => 1254,
            0xcb => 1253,
            0xcc => 1257,
            unknown => return Err(unknown),
        };
        Ok(Coding::page(page))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_page_is_understood() {
        for (name, page) in [
            ("CP850", "CP850"),
            ("850", "CP850"),
            ("IBM850\r\n", "CP850"),
            ("OEM 437", "CP437"),
            ("LDID/2", "CP850"),
            ("UTF-8", "UTF-8"),
            ("utf8", "UTF-8"),
            ("65001", "UTF-8"),
            ("1252", "windows-1252"),
            ("ANSI 1252", "windows-1252"),
            ("ISO-8859-1", "windows-1252"),
            ("ISO 88591", "windows-1252"),
            ("88592", "ISO-8859-2"),
            ("ISO-8859-15", "ISO-8859-15"),
            ("cp1250", "windows-1250"),
            ("macintosh", "macintosh"),
        ] {
            assert_eq!(Coding::named(name).map(Coding::name).as_deref(), Some(page), "{name}");
        }
        for unknown in ["", "CP999", "EBCDIC", "système"] {
            assert!(Coding::named(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn pages_of_dos_are_decoded() {
        let cp850 = Coding::named("cp850").unwrap();
        assert_eq!(cp850.decode(b"Gen\x8ave, \x90vry, c\x93t\x82"), "Genève, Évry, côté");
        assert_eq!(Coding::of_driver(1).unwrap().unwrap().decode(b"\x82\xe0"), "éα");
        assert!(DOS.iter().all(|(_, signs)| signs.chars().count() == 128));
        assert!(Coding::of_driver(0xff).is_err() && Coding::of_driver(0x57).unwrap().is_none());
        for driver in 0..=u8::MAX {
            assert!(
                !matches!(Coding::of_driver(driver), Ok(None)) || [0, 0x57].contains(&driver),
                "{driver:#x}"
            );
        }
    }
}
