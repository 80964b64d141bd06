use super::*;

fn read(page: &str) -> Draft {
    draft(page).expect("a page")
}

const BODY: &str = "The council met on Monday and voted to shut the old bridge for good, because the \
                    cost of its repair had risen to three million, which the town could not pay \
                    without closing the school, the library and both of the public baths.";

fn shown(draft: &Draft) -> Vec<String> {
    let parts = draft.parts.iter();
    parts
        .map(|part| match part {
            super::super::document::Part::Block(block) => {
                format!("{:?}: {}", block.kind, block.prose_in(&draft.text))
            }
            super::super::document::Part::Excluded(part, _) => {
                format!("-- {:?}: {}", part.kind, &draft.text[part.span.clone()])
            }
        })
        .collect()
}

#[test]
fn the_article_is_kept_and_the_rest_is_listed() {
    let page = format!(
        "<!doctype html><html><head><title>The bridge is shut - The Dorn Post</title>\
         <meta property='og:title' content='The bridge is shut'>\
         <meta property='og:site_name' content='The Dorn Post'>\
         <meta name='author' content='Ana Ruiz'>\
         <meta property='article:published_time' content='2024-03-12T08:00:00Z'></head><body>\
         <nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>\
         <article><h1>The bridge is shut</h1><p>{BODY}</p><h2>What follows</h2><p>{BODY} It was old.</p>\
         <figure><img src='a.png'><figcaption>The bridge in 1910</figcaption></figure>\
         <blockquote><p>We will miss it, said the mayor of Dorn on the steps of the town hall.</p></blockquote>\
         <ul><li>{BODY} Nobody cared.</li></ul></article>\
         <div class='share'><a href='#'>Share</a> <a href='#'>Tweet</a></div>\
         <footer><p>All rights reserved by The Dorn Post and its partners in the trade.</p></footer>\
         <script>track();</script></body></html>"
    );
    let draft = read(&page);
    assert_eq!(
        shown(&draft),
        [
            "-- Boilerplate: Home Sport".to_owned(),
            "Title: The bridge is shut".to_owned(),
            format!("Paragraph: {BODY}"),
            "Heading: What follows".to_owned(),
            format!("Paragraph: {BODY} It was old."),
            "-- Caption: The bridge in 1910".to_owned(),
            "Quotation: We will miss it, said the mayor of Dorn on the steps of the town hall."
                .to_owned(),
            format!("ListItem: {BODY} Nobody cared."),
            "-- Boilerplate: Share Tweet".to_owned(),
            "-- Boilerplate: All rights reserved by The Dorn Post and its partners in the trade."
                .to_owned(),
        ]
    );
    assert_eq!(draft.title.as_deref(), Some("The bridge is shut"));
    let fields: Vec<_> = draft
        .metadata
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    assert_eq!(
        fields,
        [
            "author=Ana Ruiz",
            "date=2024-03-12T08:00:00Z",
            "outlet=The Dorn Post"
        ]
    );
}

#[test]
fn short_pages_are_taken_whole() {
    let draft =
        read("<p>It rained<sup><a href='#1'>1</a></sup> on <q>us</q>.<br><br>Then it stopped.");
    assert_eq!(
        shown(&draft),
        [
            "Paragraph: It rained on “us”.",
            "Paragraph: Then it stopped."
        ]
    );
}

#[test]
fn tables_hold_data_or_arrange_the_page() {
    let data = "<table><tr><th>a<th>b<tr><td>1<td>2</table><p>It rained.";
    assert_eq!(
        shown(&read(data)),
        ["-- Table: a\tb\n1\t2", "Paragraph: It rained."]
    );
    let page = "<table><tr><td><p>Home</td><td><p>It rained.</td></tr></table>";
    assert_eq!(
        shown(&read(page)),
        ["Paragraph: Home", "Paragraph: It rained."]
    );
}

#[test]
fn deep_and_large_pages_end() {
    for piece in ["<div>", "<table><tr><td>", "<blockquote>a"] {
        let page = format!("{}It rained.", piece.repeat(480));
        assert!(read(&page).text.ends_with("It rained."), "{piece}");
    }
    for piece in ["<p>a", "<li>a", "<td>a", "<b>a</b>"] {
        let page = format!("{}It rained.", piece.repeat(5_000));
        assert!(read(&page).text.ends_with("It rained."), "{piece}");
    }
    for piece in ["<div>", "<b id=x><p>", "<a><table>"] {
        assert!(draft(&piece.repeat(100_000)).is_err(), "{piece}");
    }
}
