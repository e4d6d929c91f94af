#!/usr/bin/env python3
"""Reads every page of a published directory, without a browser, and tells what is wrong with it. For the tests.

    crawl-site.py DIRECTORY

Prints one object: how many pages, links and anchors were looked at, and `faults`, each a line. A page is at fault if a
link of it leads nowhere (to no file, or to no anchor in it), or elsewhere than to http and https; if it asks for anything
from outside; if it has script or style within; if its elements are not closed in order; if it lacks language, title,
heading, names of fields and pictures, or the policy that forbids inline script.
"""
import html.parser, json, os, sys, urllib.parse
import xml.etree.ElementTree

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Attributes that name another resource, and those of them that the browser fetches by itself.
LINKS = {"href", "src", "srcset", "action", "formaction", "poster", "data", "cite", "ping", "xlink:href"}
FETCHED = {("link", "href"), ("script", "src"), ("img", "src"), ("img", "srcset"), ("image", "href"), ("use", "href"),
           ("image", "xlink:href"), ("use", "xlink:href"), ("iframe", "src"), ("object", "data"), ("form", "action")}


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.open, self.faults = path, [], []
        self.ids, self.links, self.headings, self.policies = [], [], [], []
        self.language, self.title, self.labelled, self.fields = None, "", set(), []

    def fault(self, text):
        self.faults.append(f"{self.path}:{self.getpos()[0]}: {text}")

    def handle_startendtag(self, tag, attributes):
        self.look(tag, attributes)
        if tag not in VOID and "svg" not in self.open and tag != "svg":
            self.fault(f"<{tag}/> does not close {tag}")

    def handle_starttag(self, tag, attributes):
        self.look(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID or not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def look(self, tag, attributes):
        has = dict(attributes)
        if len(has) != len(attributes):
            self.fault(f"<{tag}> has an attribute twice")
        for name, value in has.items():
            if name.startswith("on") or name == "style":
                self.fault(f"<{tag} {name}> is script or style within")
            if name in LINKS and value is not None:
                self.links.append((self.getpos()[0], tag, name, value))
        if "id" in has:
            self.ids.append(has["id"])
        if tag == "style" or tag == "script" and "src" not in has:
            self.fault(f"<{tag}> within")
        if tag == "html":
            self.language = has.get("lang")
        if tag == "meta" and (has.get("http-equiv") or "").lower() == "content-security-policy":
            self.policies.append(has.get("content") or "")
        if tag == "meta" and (has.get("http-equiv") or "").lower() == "refresh":
            self.fault("<meta refresh>")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        if tag == "img" and not has.get("alt") and has.get("alt") != "":
            self.fault("<img> without alt")
        if tag == "svg" and has.get("aria-hidden") != "true" and not (has.get("aria-label") or has.get("aria-labelledby")):
            self.fault("<svg> without a name")
        if tag == "label" and has.get("for"):
            self.labelled.add(has["for"])
        if tag in ("input", "textarea", "select") and has.get("type") != "hidden":
            self.fields.append((has.get("id"), "label" in self.open or bool(has.get("aria-label"))))
        if tag in ("iframe", "object", "embed", "base", "frame"):
            self.fault(f"<{tag}>")

    def handle_data(self, data):
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data

    def finish(self):
        if self.open:
            self.faults.append(f"{self.path}: not closed: {' '.join(self.open)}")
        if not self.language:
            self.faults.append(f"{self.path}: no language")
        if not self.title.strip():
            self.faults.append(f"{self.path}: no title")
        if self.headings.count(1) != 1 or any(b > a + 1 for a, b in zip([0] + self.headings, self.headings)):
            self.faults.append(f"{self.path}: headings of levels {self.headings[:12]}")
        for twice in {i for i in self.ids if self.ids.count(i) > 1} if len(set(self.ids)) < len(self.ids) else ():
            self.faults.append(f"{self.path}: id {twice} twice")
        for name, has_name in self.fields:
            if not has_name and name not in self.labelled:
                self.faults.append(f"{self.path}: a field without a label: {name}")
        if len(self.policies) != 1 or "default-src 'none'" not in self.policies[0] or "unsafe" in self.policies[0]:
            self.faults.append(f"{self.path}: Content-Security-Policy: {self.policies}")


def main():
    root = os.path.realpath(sys.argv[1])
    files, pages, faults, followed = set(), {}, [], 0
    for folder, _, names in os.walk(root):
        files.update(os.path.relpath(os.path.join(folder, name), root) for name in names)
    for path in sorted(files):
        full = os.path.join(root, path)
        try:
            if path.endswith(".html"):
                with open(full, encoding="utf-8", newline="") as file:
                    page = pages[path] = Page(path)
                    page.feed(file.read())
                page.close()
                page.finish()
                faults += page.faults
            elif path.endswith(".json"):
                with open(full, encoding="utf-8") as file:
                    json.load(file)
            elif path.endswith((".xml", ".atom", ".svg")):
                xml.etree.ElementTree.parse(full)
        except (ValueError, xml.etree.ElementTree.ParseError) as error:
            faults.append(f"{path}: {error}")
    ids = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        for line, tag, name, value in page.links:
            where = f"{path}:{line}: {name}={value[:100]!r}"
            url = urllib.parse.urlsplit(value)
            if url.scheme or url.netloc:
                is_own = value == "data:," and tag == "link" or value.startswith("data:image/") and tag == "img"
                if (tag, name) in FETCHED and not is_own:
                    faults.append(f"{where} is fetched from elsewhere")
                if url.scheme not in ("http", "https", "data") or not is_own and not url.netloc:
                    faults.append(f"{where} is no address of the web")
                continue
            followed += 1
            if value.startswith("/"):
                faults.append(f"{where} does not move with the directory")
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(url.path))) \
                if url.path else path
            if target not in files:
                faults.append(f"{where} leads to no file")
            elif url.fragment and target in ids and target != "verify.html" \
                    and urllib.parse.unquote(url.fragment) not in ids[target]:
                faults.append(f"{where} leads to no anchor")
    json.dump({"pages": len(pages), "links": followed, "anchors": sum(map(len, ids.values())), "files": sorted(files),
               "faults": faults}, sys.stdout)


if __name__ == "__main__":
    main()
