//! The reader against files: our golden ones, the real ones, the hostile ones.
//!
//! What it is: tests only. The real files are not ours to publish: where they are absent, their tests say so loudly and
//! pass. Invariant: no test writes outside of a temporary folder.

mod adversarial;
mod golden;
mod packed;
mod real;

use std::path::{Path, PathBuf};

use super::{Cause, Draft, Mapping, ReadOptions, Record, RecordError, Report, Source};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

/// A file that others published; `None`, said loudly, when it is not on this machine.
fn real(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if !path.exists() {
        eprintln!("SKIPPED, NOT TESTED: {} is not here", path.display());
        return None;
    }
    Some(path)
}

/// Opens a file and reads all its rows.
fn rows(path: &Path, options: &ReadOptions) -> Vec<Result<Record, RecordError>> {
    match Source::open(path, options) {
        Ok(source) => source.collect(),
        Err(error) => panic!("{error}"),
    }
}

/// What a whole dry run gives.
struct Run {
    report: Report,
    drafts: Vec<Draft>,
    errors: Vec<RecordError>,
}

/// A dry run with a mapping of `fixtures/mappings`.
fn run(path: &Path, mapping: &str) -> Run {
    let mapping = Mapping::load(&fixture(&format!("mappings/{mapping}.toml"))).unwrap();
    dry(path, &mapping, ReadOptions::default())
}

fn dry(path: &Path, mapping: &Mapping, options: ReadOptions) -> Run {
    let source = Source::open(path, &mapping.read_options(options)).unwrap_or_else(|error| panic!("{error}"));
    let plan = mapping.plan(&source.columns).unwrap_or_else(|error| panic!("{error}"));
    let mut run = Run { report: Report::new(&source), drafts: vec![], errors: vec![] };
    for record in source {
        match record.and_then(|record| plan.draft(record)) {
            Ok(draft) => {
                run.report.accept(&draft);
                run.drafts.push(draft);
            }
            Err(error) => {
                run.report.reject(&error);
                run.errors.push(error);
            }
        }
    }
    run
}

/// Rows read, accepted, rejected, without geometry.
fn counts(report: &Report) -> [u64; 4] {
    [report.read(), report.accepted, report.rejected, report.without_geometry]
}

fn causes(run: &Run) -> Vec<&Cause> {
    run.errors.iter().map(|error| &error.cause).collect()
}
