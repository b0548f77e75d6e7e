//! The idea box: six weeks to propose, argue and vote, a month to answer.

use crate::base::clock::Timestamp;
use crate::base::i18n::Lang;
use crate::civic::processes::{Action, Phase, Settings, Template, TemplateRow, local_time};

/// The template.
pub(super) const IDEA_BOX: Template = Template(&TemplateRow { word: "ideas", make: settings });

/// How long ideas are taken, and how long answers take, in days.
const OPEN: i64 = 42;
const ANSWERED: i64 = 72;

fn settings(lang: Lang, now: Timestamp) -> Settings {
    let phase = |key: &str, name, opens, closes, acts: &[Action]| Phase {
        key: key.into(),
        title: lang.text(name),
        opens,
        closes,
        acts: Action::words(acts),
    };
    let (ends, answered) = (local_time::morning(now, OPEN), local_time::morning(now, ANSWERED));
    let all = [Action::PROPOSE, Action::ARGUE, Action::VOTE];
    Settings {
        summary: lang.text("template-ideas-summary"),
        why: lang.text("template-ideas-why"),
        asked: lang.text("template-ideas-asked"),
        effect: lang.text("template-ideas-effect"),
        phases: vec![
            // From this morning on: once it is public it is open.
            phase("ideas", "template-ideas-phase", local_time::morning(now, 0).min(now), ends, &all),
            phase("answers", "template-ideas-answers", ends, answered, &[]),
        ],
        ..Settings::default()
    }
}
