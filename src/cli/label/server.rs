//! The page: axum on the loopback address, one session, everybody by name.
//!
//! Only this machine can reach it. Requests with another `Host` are refused, so that no web page can reach it
//! through a name that it made point here; acts must be JSON, which another page cannot send without asking.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::Router;
use axum::extract::{Json, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use polemic::labelling::{Act, Progress, Task};
use polemic::{Error, Result};
use serde::{Deserialize, Serialize};

use super::super::args::Label;
use super::super::output::Messages;
use super::{Outcome, Shared};

const PAGE: &str = include_str!("page.html");

/// What the handlers share.
#[derive(Clone)]
struct Served {
    shared: Shared,
    page: String,
    hosts: [String; 2],
    messages: Messages,
}

#[derive(Deserialize)]
struct Who {
    annotator: String,
}

/// An act as the page sends it.
#[derive(Deserialize)]
struct Sent {
    annotator: String,
    id: String,
    act: Act,
    #[serde(default)]
    note: String,
}

/// What the page shows.
#[derive(Serialize)]
struct Shown {
    task: Option<Task>,
    progress: Progress,
}

pub fn run(
    args: &Label,
    classes: Vec<String>,
    codebook: &str,
    shared: &Shared,
    messages: Messages,
) -> Result<Outcome> {
    let cannot = |e| {
        Error::io(
            Path::new(&format!("127.0.0.1:{}", args.port)),
            "listen on",
            e,
        )
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_io()
        .build();
    let runtime = runtime.map_err(cannot)?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(cannot)?;
        let port = listener.local_addr().map_err(cannot)?.port();
        let served = Served {
            shared: shared.clone(),
            page: page(&classes, codebook)?,
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            messages,
        };
        messages.remark(&format!(
            "open http://127.0.0.1:{port}/ (Ctrl-C ends it; every label is kept)"
        ));
        axum::serve(listener, router(served)).await.map_err(cannot)
    })?;
    Ok(Outcome::Done)
}

fn router(served: Served) -> Router {
    Router::new()
        .route(
            "/",
            get(|State(s): State<Served>| async move { Html(s.page) }),
        )
        .route("/api/next", get(next))
        .route("/api/act", post(act))
        .route("/labels.csv", get(labels))
        .layer(from_fn_with_state(served.clone(), own_host))
        .with_state(served)
}

/// The page with its classes and its codebook.
fn page(classes: &[String], codebook: &str) -> Result<String> {
    let classes = serde_json::to_string(classes)
        .map_err(|e| Error::setting("classes", e, "names"))?
        .replace('<', "\\u003c");
    let events = pulldown_cmark::Parser::new_ext(codebook, pulldown_cmark::Options::ENABLE_TABLES);
    let events = events.map(|event| match event {
        pulldown_cmark::Event::Html(text) | pulldown_cmark::Event::InlineHtml(text) => {
            pulldown_cmark::Event::Text(text)
        }
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    Ok(PAGE
        .replace("\"CLASSES\"", &classes)
        .replace("<!--CODEBOOK-->", &html))
}

async fn own_host(State(served): State<Served>, request: Request, next: Next) -> Response {
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|h| h.to_str().ok());
    let origin = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|h| h.to_str().ok());
    let known = |host: &str| served.hosts.iter().any(|own| own == host);
    let from_here = origin.is_none_or(|o| o.strip_prefix("http://").is_some_and(known));
    if named.is_some_and(known) && from_here {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this page is for this machine only").into_response()
    }
}

fn shown(served: &Served, annotator: &str) -> Json<Shown> {
    let session = served.shared.lock();
    Json(Shown {
        task: session.next(annotator.trim()),
        progress: session.progress(),
    })
}

async fn next(State(served): State<Served>, Query(who): Query<Who>) -> Json<Shown> {
    shown(&served, &who.annotator)
}

async fn act(State(served): State<Served>, Json(sent): Json<Sent>) -> Response {
    let done = served
        .shared
        .lock()
        .act(&sent.annotator, &sent.id, sent.act, &sent.note);
    if let Err(error) = done {
        return (StatusCode::CONFLICT, error.to_string()).into_response();
    }
    let (shared, messages) = (served.shared.clone(), served.messages);
    tokio::task::spawn_blocking(move || shared.refit_if_due(messages));
    shown(&served, &sent.annotator).into_response()
}

async fn labels(State(served): State<Served>) -> Response {
    match served.shared.lock().labels().to_csv() {
        Ok(csv) => ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
