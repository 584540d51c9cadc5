//! What the OpenAPI document says of all operations alike.

use crate::problem::Problem;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Entente",
        description = "Who did or said what to whom, on whose word: the ledger's records and what they add up to. Offsets are Unicode \
                       code points into a document's text, end exclusive. A condition without a value is none."
    ),
    components(schemas(Problem))
)]
pub(super) struct Description;

/// The document with what holds for every operation: failures are problems (RFC 9457), and a token may be needed.
pub(super) fn completed(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        operations.into_iter().flatten().for_each(with_problems);
    }
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("Where the desk was opened with a token"))
        .build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("token", SecurityScheme::Http(token));
    let nothing = SecurityRequirement::default();
    document.security = Some(vec![nothing, SecurityRequirement::new("token", Vec::<String>::new())]);
    document
}

fn with_problems(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        if let (true, RefOr::T(response)) = (status.starts_with(['4', '5']), response) {
            *response = problem(&response.description);
        }
    }
    let of_all = [
        ("4XX", "Something is wrong with the request: its detail says what"),
        ("5XX", "Something is wrong with the server: its log says what"),
    ];
    for (status, description) in of_all {
        responses.insert(status.to_owned(), RefOr::T(problem(description)));
    }
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).build()
}
