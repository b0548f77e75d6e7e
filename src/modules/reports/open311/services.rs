//! What can be reported, as the specification says it: services, and the questions of each.

use super::asked::{Asked, Said};
use super::doc::Node;
use super::refused::Refusal;
use crate::base::i18n::Lang;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Category, Question};
use axum::http::StatusCode;
use axum::response::Response;

/// `GET /open311/v2/services.xml`
pub(super) async fn list(asked: Asked) -> Response {
    let said = all(&asked).await;
    asked.answered(said)
}

async fn all(asked: &Asked) -> Said {
    asked.must_be_ours(None)?;
    let catalogue = Catalogue::of(&asked.app).await?;
    let offered = catalogue.categories.iter().filter(|category| catalogue.is_offered(category));
    let each = offered.map(|category| service(&catalogue, category, asked.reader.lang)).collect();
    Ok((StatusCode::OK, "services", Node::List("service", each)))
}

fn service(catalogue: &Catalogue, category: &Category, lang: Lang) -> Node {
    let group = category.parent.and_then(|id| catalogue.category(id)).map(|parent| parent.name(lang));
    // A comma parts keywords; people part theirs otherwise, too.
    let words = category.keywords.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty());
    Node::Object(vec![
        ("service_code", Node::text(&category.slug)),
        ("service_name", Node::text(category.name(lang))),
        ("description", Node::text(&category.hint)),
        ("metadata", Node::Truth(!category.questions.is_empty())),
        ("type", Node::text("realtime")),
        ("keywords", Node::text(words.collect::<Vec<_>>().join(","))),
        ("group", Node::maybe(group)),
    ])
}

/// `GET /open311/v2/services/{code}.xml`
pub(super) async fn definition(asked: Asked) -> Response {
    let said = questions(&asked).await;
    asked.answered(said)
}

async fn questions(asked: &Asked) -> Said {
    asked.must_be_ours(None)?;
    let catalogue = Catalogue::of(&asked.app).await?;
    let category = catalogue.offered(&asked.name).ok_or_else(|| Refusal::missing("open311-no-service"))?;
    let lang = asked.reader.lang;
    let each = category.questions.iter().zip(1..).map(|(question, order)| attribute(question, order, lang));
    let node = Node::Object(vec![
        ("service_code", Node::text(&category.slug)),
        ("attributes", Node::List("attribute", each.collect())),
    ]);
    Ok((StatusCode::OK, "service_definition", node))
}

fn attribute(question: &Question, order: i32, lang: Lang) -> Node {
    let value = |(key, name): &(String, String)| {
        Node::Object(vec![("key", Node::text(key)), ("name", Node::text(name))])
    };
    let mut parts = vec![
        ("variable", Node::Truth(true)),
        ("code", Node::text(&question.code)),
        ("datatype", Node::text(question.datatype.word())),
        ("required", Node::Truth(question.is_required)),
        ("datatype_description", Node::Nothing),
        ("order", Node::whole(order)),
        ("description", Node::text(question.name(lang))),
    ];
    if !question.values.is_empty() {
        parts.push(("values", Node::List("value", question.values.iter().map(value).collect())));
    }
    Node::Object(parts)
}
