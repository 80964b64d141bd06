#!/usr/bin/env python3
"""Makes tests/fixtures/formats/ferry.* from ferry.md: one text in every format that is read.

Needs pandoc, LibreOffice Writer (soffice), pyarrow and, for the copy with a password, qpdf. The files
are committed; run this only to make them anew, and look at what has changed.
"""

import csv
import email.message
import email.policy
import gzip
import json
import pathlib
import re
import subprocess
import tempfile
import zipfile

import pyarrow
import pyarrow.parquet

HERE = pathlib.Path(__file__).resolve().parent.parent / "tests/fixtures/formats"
SOURCE = HERE / "ferry.md"
AUTHOR, DATE = "Mira Halvorsen", "2024-03-12"
STAMP = (2024, 3, 12, 8, 0, 0)


def pandoc(*options):
    done = subprocess.run(["pandoc", "-f", "markdown-smart", str(SOURCE), *options], check=True, capture_output=True)
    return done.stdout.decode()


def rewritten(path, change):
    """The members of a ZIP file, changed, with fixed times, in their order."""
    with zipfile.ZipFile(path) as old:
        members = [(m, old.read(m)) for m in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member, data in members:
            info = zipfile.ZipInfo(member.filename, STAMP)
            info.compress_type = member.compress_type
            new.writestr(info, change(member.filename, data))


def body_text():
    """Paragraphs as lines, without the front matter, with plain words only."""
    text = SOURCE.read_text().split("---\n", 2)[2].strip()
    text = re.sub(r"^#+ ", "", text, flags=re.M)
    return text.replace("*", "") + "\n"


def page():
    article = pandoc("-t", "html", "--wrap=none")
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The ferry that nobody asked for | The Sandøy Post</title>
<meta property="og:title" content="The ferry that nobody asked for">
<meta property="og:site_name" content="The Sandøy Post">
<meta name="author" content="{AUTHOR}">
<meta property="article:published_time" content="{DATE}">
<script>var tracking = "The ferry that nobody asked for";</script>
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to give you the best experience. Accept all of them?</p></div>
<article>
{article}
</article>
<div class="share"><a href="#">Share</a> <a href="#">Print</a></div>
<aside class="related"><h2>More from The Sandøy Post</h2><ul><li><a href="/1">Harbour to be dredged in May</a></li><li><a href="/2">Choir wins prize in Bergen</a></li></ul></aside>
<footer><p>Copyright © 2024 The Sandøy Post. All rights reserved.</p></footer>
</body>
</html>
"""


def message():
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = f"{AUTHOR} <mira@example.org>"
    mail["To"] = "letters@example.org"
    mail["Subject"] = "The ferry that nobody asked for"
    mail["Date"] = "Tue, 12 Mar 2024 08:00:00 +0100"
    body = body_text().split("\n", 2)[2]
    mail.set_content(body + "\n-- \nMira Halvorsen\nSandøy\n", cte="quoted-printable")
    return mail.as_bytes()


def office(source, kind, folder):
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind,
         "--outdir", str(folder), str(source)], check=True, capture_output=True)
    return folder / (pathlib.Path(source).stem + "." + kind)


def with_columns(odt, columns, path):
    """The text in columns of small type, with a running head and page numbers."""
    path.write_bytes(odt.read_bytes())

    def change(name, data):
        text = data.decode() if name.endswith(".xml") else ""
        if name == "content.xml":
            section = (
                '<style:style style:name="Cols" style:family="section"><style:section-properties>'
                f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>'
                "</style:section-properties></style:style></office:automatic-styles>")
            text = text.replace("</office:automatic-styles>", section, 1)
            start = text.index("</text:h>", text.index("<office:text")) + len("</text:h>")
            end = text.index("</office:text>")
            text = (text[:start] + '<text:section text:style-name="Cols" text:name="s">' + text[start:end]
                    + "</text:section>" + text[end:])
            return text.encode()
        if name == "styles.xml":
            head = ("<style:header><text:p>The Sandøy Post — opinion</text:p></style:header>"
                    "<style:footer><text:p>Page <text:page-number/></text:p></style:footer>")
            text = re.sub(r'(<style:master-page style:name="Standard"[^>]*?)(?:/>|>.*?</style:master-page>)',
                          rf"\1>{head}</style:master-page>", text, count=1, flags=re.S)
            text = text.replace("<style:page-layout-properties ", '<style:page-layout-properties fo:language="en" ', 1)
            text = re.sub(r'fo:page-height="[^"]*"', 'fo:page-height="14cm"', text)
            text = text.replace('fo:hyphenate="false"', 'fo:hyphenate="true"')
            return text.encode()
        return data

    rewritten(path, change)


def main():
    text = body_text()
    (HERE / "ferry.txt").write_text(text)
    (HERE / "ferry-latin1.txt").write_bytes(text.encode("cp1252"))
    (HERE / "ferry-utf16.txt").write_bytes(text.encode("utf-16"))
    (HERE / "ferry.html").write_text(page())
    (HERE / "ferry.eml").write_bytes(message())
    title, _, body = text.split("\n", 2)
    row = {"id": "ferry", "title": title, "author": AUTHOR, "date": DATE, "outlet": "The Sandøy Post",
           "text": body.strip()}
    with open(HERE / "ferry.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    with open(HERE / "ferry.tsv", "w", newline="") as file:
        writer = csv.DictWriter(file, row, delimiter="\t")
        writer.writeheader()
        writer.writerow(row)
    (HERE / "ferry.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n")
    table = pyarrow.table({name: [value] for name, value in row.items()})
    pyarrow.parquet.write_table(table, HERE / "ferry.parquet", compression="zstd")
    with gzip.GzipFile(HERE / "ferry.txt.gz", "wb", mtime=0) as file:
        file.write(text.encode())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind in ["docx", "odt", "epub"]:
            made = HERE / f"ferry.{kind}"
            pandoc("-o", str(made), *(["--metadata", "title="] if kind != "epub" else []))
            rewritten(made, lambda _, data: data)
        bare = folder / "ferry.odt"
        pandoc("-o", str(bare), *(f"--metadata={key}=" for key in ["title", "author", "date"]))
        made = office(bare, "rtf", folder)
        (HERE / "ferry.rtf").write_bytes(made.read_bytes())
        made = office(bare, "pdf", folder)
        (HERE / "ferry.pdf").write_bytes(made.read_bytes())
        columns = folder / "ferry-columns.odt"
        with_columns(bare, 2, columns)
        made = office(columns, "pdf", folder)
        (HERE / "ferry-columns.pdf").write_bytes(made.read_bytes())
    subprocess.run(
        ["qpdf", "--static-id", "--encrypt", "secret", "owner", "256", "--", str(HERE / "ferry.pdf"),
         str(HERE / "password.pdf")], check=True)


if __name__ == "__main__":
    main()
