"""What `lint --annotate` writes, as others read it: python-docx, and LibreOffice, which also makes some of the documents."""

import json
import os
import pathlib
import re
import subprocess
import zipfile
from xml.etree import ElementTree

import docx
import pytest

COPYDESK = os.environ["COPYDESK"]
PICTURES = pathlib.Path(os.environ["PICTURES"])
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

SOURCES = {
    "bridge.md": "---\noutlet: Tide Wire\ndate: 2025-03-01\n---\nEngineer Kari Vollestad opened the Grimdal bridge, which is 410 metres long.\n",
    "cost.md": "---\noutlet: The Quay\ndate: 2025-03-02\n---\nKari Vollestad, an engineer, said that the Grimdal bridge had cost 52 million kroner.\n",
}
# Words that differ, each once.
MARKED = ["Volestad", "Tuesday, 3 March 2025", "Vollstad"]


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Converts a file, and returns what it has become."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(path, form):
        folder = path.parent / "converted"
        command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", form, "--outdir", folder, path]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / f"{path.stem}.{form.split(':')[0]}"

    return convert


def by_python_docx(path, _office):
    """As Word has it, which wrote the template."""
    document = docx.Document()
    document.add_heading("Bridge opens", 0)
    document.add_paragraph("3 March 2025")
    paragraph = document.add_paragraph("Engineer Kari ")
    paragraph.add_run("Vole").bold = True
    paragraph.add_run("stad spoke.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Opened"
    table.cell(0, 1).text = "It was opened on Tuesday, 3 March 2025."
    last = document.add_paragraph("Kari Vollstad left.")
    document.add_comment(last.runs[0], text="Who is that?", author="Mia")
    document.save(path)


def by_libreoffice(path, office):
    page = path.with_suffix(".html")
    page.write_text(
        "<h1>Bridge opens</h1><p>3 March 2025</p><p>Engineer <a href='https://tide.example/'>Kari <b>Vole</b></a>stad spoke.</p>"
        "<ul><li>It was opened on Tuesday, 3 March 2025.</li></ul><p>Kari <i>Vollstad</i> left.</p>"
    )
    made = office(page, "docx:MS Word 2007 XML")
    made.rename(path)


def by_google_docs(path, _office):
    """Everything in runs that say much of their look, and attributes in a row; no comments, no settings."""
    look = "<w:rPr><w:rtl w:val=\"0\"/></w:rPr>"
    run = lambda words: f"<w:r w:rsidDel=\"00000000\" w:rsidR=\"00000000\" w:rsidRPr=\"00000000\">{look}<w:t xml:space=\"preserve\">{words}</w:t></w:r>"
    paragraph = lambda *runs: f"<w:p w:rsidR=\"00000000\" w:rsidDel=\"00000000\" w:rsidP=\"00000000\"><w:pPr><w:rPr/></w:pPr>{''.join(runs)}</w:p>"
    body = paragraph(run("Bridge opens")) + paragraph(run("3 March 2025"))
    body += paragraph(run("Engineer Kari "), f"<w:ins w:author=\"Mia\" w:id=\"0\" w:date=\"2025-03-03T10:00:00Z\">{run('Vole')}</w:ins>", run("stad spoke."))
    body += paragraph(run("It was opened on Tuesday, 3 March 2025."), f"<w:r>{look}<w:footnoteReference w:customMarkFollows=\"0\" w:id=\"0\"/></w:r>")
    notes = f"<w:footnotes xmlns:w=\"{WORD}\"><w:footnote w:id=\"0\">{paragraph(run(' Kari Vollstad left.'))}</w:footnote></w:footnotes>"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "word/document.xml": f"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/footnotes.xml": notes,
        "word/_rels/document.xml.rels": f"<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{kinds}/footnotes\" Target=\"footnotes.xml\"/></Relationships>",
        "_rels/.rels": f"<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{kinds}/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        "[Content_Types].xml": f"<Types xmlns=\"{package}/content-types\"><Default ContentType=\"application/xml\" Extension=\"xml\"/><Default ContentType=\"application/vnd.openxmlformats-package.relationships+xml\" Extension=\"rels\"/>"
        f"<Override ContentType=\"{main}.document.main+xml\" PartName=\"/word/document.xml\"/><Override ContentType=\"{main}.footnotes+xml\" PartName=\"/word/footnotes.xml\"/></Types>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)


MAKERS = [by_python_docx, by_libreoffice, by_google_docs]


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def desk(request, tmp_path, office):
    """A document and its copy with comments, and what was found in both."""
    for name, text in SOURCES.items():
        (tmp_path / "archive").mkdir(exist_ok=True)
        (tmp_path / "archive" / name).write_text(text)
    request.param(tmp_path / "draft.docx", office)
    found = lint(tmp_path, "draft.docx", "--annotate", "copy.docx")
    return tmp_path, found, request.param.__name__


def lint(folder, *arguments):
    command = [COPYDESK, "lint", *arguments, "--corpus", "archive", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout)["findings"]


def test_the_same_is_found_in_the_copy(desk):
    folder, found, _ = desk
    assert sorted(finding["text"] for finding in found) == sorted(MARKED)
    again = lint(folder, "copy.docx")
    plain = lambda findings: [{**finding, "path": None} for finding in findings]
    assert plain(again) == plain(found)


def test_all_else_is_byte_for_byte_as_it_was(desk):
    folder, _, _ = desk
    before, after = zipfile.ZipFile(folder / "draft.docx"), zipfile.ZipFile(folder / "copy.docx")
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    may_change = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(changed) <= may_change, changed
    assert after.testzip() is None
    text = after.read("word/document.xml").decode()
    # Taking out what came in leaves what was there: the halves of what was cut come together again.
    assert len(text) > len(before.read("word/document.xml").decode())
    rest = iter(text)
    assert all(any(other == one for other in rest) for one in before.read("word/document.xml").decode())


def test_python_docx_reads_the_same_words_looks_and_comments(desk):
    folder, found, maker = desk
    before, after = docx.Document(folder / "draft.docx"), docx.Document(folder / "copy.docx")
    looks = lambda document: [[(c, run.bold, run.italic) for run in paragraph.runs for c in run.text] for paragraph in document.paragraphs]
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]
    assert looks(before) == looks(after)
    comments = list(after.comments)
    own = [comment for comment in comments if comment.author == "copydesk"]
    assert len(own) == len(found) and len({comment.comment_id for comment in comments}) == len(comments)
    assert [comment.author for comment in comments if comment not in own] == (["Mia"] if maker == "by_python_docx" else [])
    for comment, finding in zip(own, found):
        words = [paragraph.text for paragraph in comment.paragraphs]
        assert finding["message"] in words and f"({finding['rule']})" in words, words


def test_libreoffice_shows_each_comment_on_its_words(desk, office):
    folder, found, maker = desk
    flat = ElementTree.parse(office(folder / "copy.docx", "fodt")).getroot()
    ranges = annotated(flat)
    own = [(words, said) for words, author, said in ranges if author == "copydesk"]
    in_note = maker == "by_google_docs"
    assert [words for words, _ in own] == [finding["text"] for finding in found if not (in_note and finding["text"] == "Vollstad")] + [""] * in_note
    for (_, said), finding in zip(own, found):
        assert finding["message"] in said
    picture = office(folder / "copy.docx", "pdf:writer_pdf_Export:" + json.dumps({"ExportNotes": {"type": "boolean", "value": "true"}}))
    PICTURES.mkdir(parents=True, exist_ok=True)
    subprocess.run(["pdftoppm", "-r", "80", "-png", picture, PICTURES / maker], check=True, capture_output=True)
    pages = sorted(PICTURES.glob(f"{maker}-*.png"))
    assert pages and all(page.stat().st_size > 5000 for page in pages)


def annotated(root):
    """Words, author and text of each comment, in order; of one on a note no words are in the text."""
    ranges, open_ones = [], {}

    def walk(element):
        if element.tag == OFFICE + "annotation":
            author = element.findtext("{http://purl.org/dc/elements/1.1/}creator")
            said = " ".join("".join(part.itertext()) for part in element.findall(TEXT + "p"))
            entry = ["", author, said]
            ranges.append(entry)
            if name := element.get(OFFICE + "name"):
                open_ones[name] = entry
        elif element.tag == OFFICE + "annotation-end":
            open_ones.pop(element.get(OFFICE + "name"), None)
        elif element.tag not in (TEXT + "note", TEXT + "tracked-changes"):
            add(element.text)
            for child in element:
                walk(child)
                add(child.tail)

    def add(words):
        for entry in open_ones.values():
            entry[0] += words or ""

    body = root.find(f"{OFFICE}body/{OFFICE}text")
    for child in body:
        walk(child)
    return [(re.sub(r"\s+", " ", words).strip(), author, said) for words, author, said in ranges]
