//! The pages over the tests' fixture, on loopback: to look at them, and to take pictures.
//!
//! `cargo run -p app --example gallery --features ssr -- ADDRESS SITE`, where SITE is the folder that
//! `cargo xtask front` built. Whose eyes it looks through is a cookie, `fixture_login=on-call`.

#![expect(clippy::print_stdout, reason = "it says where there is something to look at")]

#[path = "../../tests/fixture/mod.rs"]
mod fixture;

use std::{env, fs, path::PathBuf, sync::Arc};

use app::Assets;
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use domain::testkit::Shelf;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let address = arguments.next().ok_or("an ADDRESS to listen on")?;
    let site = PathBuf::from(arguments.next().ok_or("the folder of the built SITE")?);
    let Assets { js, wasm, css } = serde_json::from_slice(&fs::read(site.join("manifest.json"))?)?;
    let [js, wasm, css] = [js, wasm, css].map(|name| format!("/pkg/{name}"));

    let kept = Arc::new(fixture::Kept::default());
    let shelf = Arc::new(Shelf::default());
    let console = fixture::console_over(kept.clone(), shelf.clone());
    fixture::ask_for_restart(&console).await;
    fixture::ask_for_scale(&console).await;
    fixture::fail_a_restart(&console, &kept).await;
    fixture::fail_a_scale(&console, &kept).await;
    fixture::ask_for_role(&console).await;
    fixture::restart(&console, &kept).await;
    let sessions = fixture::sessions::of_each_kind(&console, &shelf).await;
    for id in [sessions.declared, sessions.barred, sessions.live, sessions.hidden] {
        println!("/break-glass/{id}");
    }
    for id in [sessions.closed, sessions.judged] {
        println!("/break-glass/{id} /reviews/{id}");
    }
    let recoveries = fixture::recoveries::of_each_kind(&console, &shelf).await;
    for id in [recoveries.asked, recoveries.approved, recoveries.enrolled] {
        println!("/recoveries/{id}");
    }
    let router = fixture::router(console, Assets { js, wasm, css });
    let router =
        router.layer(middleware::from_fn(move |request, next| assets(site.clone(), request, next)));
    axum::serve(tokio::net::TcpListener::bind(address).await?, router).await?;
    Ok(())
}

/// The files of the site; everything else goes on to the pages.
async fn assets(site: PathBuf, request: Request, next: Next) -> Response {
    let Some(name) = request.uri().path().strip_prefix("/pkg/") else {
        return next.run(request).await;
    };
    let kind = match name.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => "text/css",
    };
    let plain = !name.contains('/') && !name.contains("..");
    match fs::read(site.join("pkg").join(name)) {
        Ok(bytes) if plain => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
