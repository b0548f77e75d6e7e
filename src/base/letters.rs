//! The letters of pictures that the server draws: those of the pages.

use crate::base::http::Asset;
use parvis_drawing::Fonts;
use std::sync::LazyLock;

/// The family in both weights; without letters, and a line in the log, where the files of the pages are not there.
pub static LETTERS: LazyLock<Fonts> = LazyLock::new(|| {
    let file = |name| Asset::get(name).map(|file| file.data.into_owned()).unwrap_or_default();
    Fonts::read(file("letters-regular.ttf"), file("letters-bold.ttf")).unwrap_or_else(|error| {
        tracing::error!(%error, "pictures are drawn without letters: the fonts of web/dist cannot be read");
        Fonts::default()
    })
});
