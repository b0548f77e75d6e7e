//! What a row's words mean here: its area, its status, its place. Pure: no database.

use crate::base::i18n::Lang;
use crate::base::ids::AreaId;
use crate::base::text::fold;
use crate::core::features::Verdict;
use crate::core::features::{Kind, Status};
use crate::core::territory::Territory;
use crate::server::import::{Answered, Cause, Draft};
use geo::{CoordsIter, Geometry};
use parvis_tiles::geometry::MAX_VERTICES;
use std::collections::HashMap;

/// Words of the territory and of statuses, ready for a hundred thousand look-ups.
pub(super) struct Words {
    territory: Territory,
    areas: HashMap<String, AreaId>,
    statuses: HashMap<String, Status>,
    kinds: HashMap<String, Kind>,
    verdicts: HashMap<String, Verdict>,
}

/// Where a row is.
pub(super) struct Resolved {
    pub(super) geometry: Option<Geometry<f64>>,
    pub(super) stated_area: Option<AreaId>,
    pub(super) areas: Vec<AreaId>,
    pub(super) status: Status,
    pub(super) kind: Kind,
    /// Its date is `None` where the row says none: that of the import.
    pub(super) answer: Option<(Verdict, Answered)>,
}

impl Words {
    pub(super) fn new(territory: Territory) -> Words {
        let mut areas = HashMap::new();
        for area in territory.areas() {
            // A code is surer than a name, and the larger area comes first.
            for word in [&area.name, &area.slug, &area.code] {
                areas.entry(fold(word)).or_insert(area.id);
            }
        }
        for area in territory.areas() {
            areas.insert(fold(&area.code), area.id);
        }
        let mut statuses = HashMap::new();
        for status in Status::all() {
            statuses.insert(fold(status.word()), *status);
            for lang in [Lang::Fr, Lang::En] {
                let label = lang.text(&status.key());
                statuses.insert(fold(&label), *status);
            }
        }
        let mut kinds = HashMap::new();
        for kind in Kind::all() {
            kinds.insert(fold(kind.word()), *kind);
            let keys = [format!("kind-{}", kind.word()), format!("kind-one-{}", kind.word())];
            kinds.extend(labels(&keys).map(|label| (label, *kind)));
        }
        let mut verdicts = HashMap::new();
        for verdict in Verdict::ALL {
            verdicts.insert(fold(verdict.word()), *verdict);
            verdicts.extend(labels(&[format!("verdict-{}", verdict.word())]).map(|label| (label, *verdict)));
        }
        Words { territory, areas, statuses, kinds, verdicts }
    }

    /// The area of a name, slug or code.
    pub(super) fn area(&self, name: &str) -> Option<AreaId> {
        self.areas.get(&fold(name)).copied()
    }

    /// The area that a row states: by its name, slug or code, or the smallest of several that are part of each other.
    fn stated(&self, named: &str) -> Option<AreaId> {
        self.area(named).or_else(|| {
            // Names may hold commas: where semicolons part them, commas do not.
            let sign = if named.contains(';') { ';' } else { ',' };
            let ids =
                named.split(sign).map(str::trim).filter(|name| !name.is_empty()).map(|name| self.area(name));
            let ids: Vec<AreaId> = ids.collect::<Option<_>>()?;
            let all = self.territory.with_parents(ids.iter().copied());
            ids.into_iter().find(|id| self.territory.with_parents([*id]) == all)
        })
    }

    /// What a row is, where it says it.
    fn kind(&self, draft: &Draft, default: Kind) -> Result<Kind, Cause> {
        let Some(found) = &draft.kind else { return Ok(default) };
        self.kinds.get(&fold(found)).copied().ok_or_else(|| Cause::UnknownKind {
            found: found.clone(),
            allowed: Kind::all().iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", "),
        })
    }

    /// What the authority answered, where the row says it.
    fn answer(&self, draft: &Draft, kind: Kind) -> Result<Option<(Verdict, Answered)>, Cause> {
        let Some(answer) = &draft.answer else { return Ok(None) };
        let verdict = self.verdicts.get(&fold(&answer.verdict)).copied();
        let verdict = verdict
            .filter(|verdict| Verdict::of_kind(kind).any(|one| one == *verdict))
            .ok_or_else(|| Cause::UnknownVerdict {
                found: answer.verdict.clone(),
                allowed: Verdict::of_kind(kind).map(Verdict::word).collect::<Vec<_>>().join(", "),
            })?;
        Ok(Some((verdict, answer.clone())))
    }

    /// The area of a level that holds the middle of an outline.
    pub(super) fn holding(&self, level: &str, outline: &Geometry<f64>) -> Option<AreaId> {
        let (lon, lat) = parvis_tiles::geometry::representative_point(outline)?;
        let areas = self.territory.areas_of(&geo::Point::new(lon, lat).into());
        areas.into_iter().find(|id| self.territory.get(*id).is_some_and(|area| area.level == level))
    }

    /// Where a row lies, and what became of it. A row without a geometry is placed by its area, never by an invented
    /// point.
    pub(super) fn resolve(&self, draft: &Draft, kind: Kind, default: Status) -> Result<Resolved, Cause> {
        let kind = self.kind(draft, kind)?;
        let answer = self.answer(draft, kind)?;
        let status = match &draft.status {
            None => default,
            Some(label) => *self.statuses.get(&fold(label)).ok_or_else(|| Cause::UnknownStatus {
                found: label.clone(),
                allowed: Status::all().iter().map(|s| s.word()).collect::<Vec<_>>().join(", "),
            })?,
        };
        let vertices = draft.geometry.as_ref().map_or(0, CoordsIter::coords_count);
        if vertices > MAX_VERTICES {
            return Err(Cause::TooManyVertices { found: vertices, most: MAX_VERTICES });
        }
        match &draft.geometry {
            Some(geometry) => Ok(Resolved {
                areas: self.territory.areas_of(geometry),
                geometry: Some(geometry.clone()),
                stated_area: None,
                status,
                kind,
                answer,
            }),
            None => {
                let named = draft.area.as_deref();
                let area = named
                    .and_then(|name| self.stated(name))
                    .ok_or_else(|| Cause::NoPlace { area: draft.area.clone() })?;
                Ok(Resolved {
                    areas: self.territory.with_parents([area]),
                    geometry: None,
                    stated_area: Some(area),
                    status,
                    kind,
                    answer,
                })
            }
        }
    }
}

/// The words of these keys in every language, as they are compared.
fn labels(keys: &[String]) -> impl Iterator<Item = String> {
    keys.iter().flat_map(|key| [Lang::Fr, Lang::En].map(|lang| fold(&lang.text(key))))
}
