//! Parts of a map that lead somewhere: what nobody can point at one by one is come nearer to part by part.
//!
//! What it is not: discs, which lead where they lead by themselves (`shapes.rs`). Invariant: a part is a link by pointer and by keyboard, and hides nothing.

use crate::svg::{Escaped, Svg};

/// A rectangle of a map that is a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// West, north, width and height in pixels of the frame.
    pub at: [u32; 4],
    /// Where it leads.
    pub to: String,
    /// What it is called.
    pub called: String,
}

pub(crate) fn draw(svg: &mut Svg, parts: &[Part]) {
    for Part { at: [x, y, width, height], to, called } in parts {
        let (to, called) = (Escaped(to), Escaped(called));
        svg.raw(format_args!(
            r#"<a href="{to}" target="_top" aria-label="{called}"><title>{called}</title><rect x="{x}" y="{y}" width="{width}" height="{height}" fill-opacity="0"/></a>"#
        ));
    }
}
