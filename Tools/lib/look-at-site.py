#!/usr/bin/env python3
"""Looks at a published directory in headless Chromium, and tells what was seen. For the tests of the site.

    look-at-site.py <PLAN.json >SEEN.json

The plan is one object. `directory` is what was published; it is served on 127.0.0.1, at a port of the system's choice.
    visits      [{path, widths, axe, byFile}]: pages to look at: how wide they are, what they wrote to the console, what
                they asked of the network, what axe-core (the file `axe` of the plan) says of them in light and in dark,
                and whether `probe`, an expression of the plan, is true there
    questions   [{name, changes, position, key, all, files, drop, chosen, byFile, before, axe}]: what to ask of
                verify.html over the directory with some files changed: `changes` has their bytes in base64, null for
                one that is gone, "!500" for a server that fails, "!slow" for one that does not answer
    scripts     [text]: expressions to evaluate on verify.html
What was seen has the same three lists. Nothing is judged here.
"""
import base64, http.server, json, os, sys, threading, time, urllib.parse

from chromium import Browser, BrowserError, find


class Overlay(http.server.SimpleHTTPRequestHandler):
    """Serves /N/… from the directory, with the changes of question N over it."""
    changes = {}

    def do_GET(self):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        number, _, rest = path.lstrip("/").partition("/")
        over = self.changes.get(number, {})
        if rest not in over:
            self.path = "/" + urllib.parse.quote(rest)
            return super().do_GET()
        if over[rest] is None:
            return self.send_error(404)
        if over[rest] == "!500":
            return self.send_error(500)
        if over[rest] == "!slow":
            time.sleep(5)
            return self.close_connection
        body = base64.b64decode(over[rest])
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(rest))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# What sticks out beyond the window, if the page is wider than it.
TOO_WIDE = """(() => {
  const width = WIDTH;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
  return ["page of " + document.documentElement.scrollWidth, ...wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
})()"""

AXE = """axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })
  .then((found) => found.violations.map((v) => v.id + " (" + v.impact + "): " + v.help + ": "
    + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary.replace(/\\s+/g, " ").slice(0, 200)).join(" | ")))"""

SAID = """(() => {
  const text = (e, s) => e.querySelector(s)?.textContent ?? "";
  const verdict = document.getElementById("verify-verdict");
  return { answer: verdict.dataset.answer ?? "", verdict: verdict.textContent,
    taken: document.getElementById("verify-taken").textContent,
    saved: [...document.querySelectorAll("#verify-event a[download]")].map((a) => a.download),
    event: document.getElementById("verify-event").textContent,
    steps: [...document.querySelectorAll("#verify-steps > li")].map((e) =>
      ({ question: text(e, "strong"), answer: e.dataset.answer, sentence: text(e, "p"), details: text(e, "dl") })) };
})()"""


def accessibility(browser, axe):
    """What axe-core finds fault with, in light and in dark."""
    browser.run(axe)
    found = []
    for scheme in ("light", "dark"):
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        found += [f"{scheme}: {fault}" for fault in browser.run(AXE)]
    browser.call("Emulation.setEmulatedMedia", features=[])
    return found


def visit(browser, plan, root, axe, asked):
    seen = []
    url = "file://" + os.path.join(os.path.realpath(plan["directory"]), asked["path"]) if asked.get("byFile") \
        else root + "site/" + urllib.parse.quote(asked["path"])
    widths = asked.get("widths", [1280])
    browser.size(widths[0])
    browser.open(url)
    for width in widths:
        browser.size(width)
        seen.append({"path": asked["path"], "width": width, "tooWide": browser.run(TOO_WIDE.replace("WIDTH", str(width))),
                     "axe": []})
        if asked.get("axe"):
            seen[-1]["axe"] = accessibility(browser, axe)
    probe = browser.run(plan["probe"]) if plan.get("probe") else True
    title = browser.run("document.title")
    for one in seen:
        one.update(messages=browser.messages, requests=[r for r in browser.requests if not r.startswith("data:")],
                   probe=bool(probe), title=title)
    return seen


def ask(browser, plan, root, axe, number, asked):
    base = f"file://{os.path.realpath(plan['directory'])}/" if asked.get("byFile") else f"{root}{number}/"
    position, key = asked.get("position"), asked.get("key")
    # With a key to be put in first, the position is typed; otherwise it stands in the address.
    in_address = position is not None and key is None
    # Not on the empty page before it, which is no place for cryptography.
    before = asked.get("before") and browser.call(
        "Page.addScriptToEvaluateOnNewDocument", source="if (location.protocol !== 'about:') {" + asked["before"] + "}")
    browser.open(base + "verify.html" + ("?position=" + urllib.parse.quote(position) if in_address else ""))
    if before:
        browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=before["identifier"])
    if key is not None:
        browser.run(f"document.getElementById('verify-key').value = {json.dumps(key)}")
    if asked.get("chosen"):
        browser.choose("#verify-directory", asked["chosen"])
        browser.until("document.getElementById('verify-taken').textContent !== ''")
    if asked.get("drop"):
        browser.drop(60, 60, *asked["drop"])
    if asked.get("files"):
        browser.choose("#verify-files", *asked["files"])
    if asked.get("drop") or asked.get("files"):
        browser.until("document.getElementById('verify-taken').textContent !== ''")
    if position is not None and not in_address:
        browser.run(f"document.getElementById('verify-position').value = {json.dumps(position)}")
        browser.run("document.getElementById('verify-position').focus()")
        browser.press("Enter", text="\r")
    if asked.get("all"):
        browser.run("document.getElementById('verify-all').click()")
    if not asked.get("unanswered"):
        browser.until("!['', 'running', undefined].includes(document.getElementById('verify-verdict').dataset.answer)")
    seen = browser.run(SAID)
    found = accessibility(browser, axe) if asked.get("axe") else []
    if asked.get("picture"):
        browser.picture(asked["picture"])
    return {"name": asked["name"], "messages": browser.messages, "requests": browser.requests, "axe": found, **seen}


def main():
    plan = json.load(sys.stdin)
    if find() is None:
        sys.exit("look-at-site.py: there is no Chromium here (Debian: chromium)")
    for number, asked in enumerate(plan.get("questions", [])):
        Overlay.changes[str(number)] = asked.get("changes", {})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *given: Overlay(*given, directory=plan["directory"]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}/"
    seen = {"visits": [], "questions": [], "scripts": []}
    axe = ""
    if plan.get("axe"):
        with open(plan["axe"], encoding="utf-8") as file:
            axe = file.read() + "\n;0"
    browser = Browser()
    try:
        for asked in plan.get("visits", []):
            seen["visits"] += visit(browser, plan, root, axe, asked)
        for number, asked in enumerate(plan.get("questions", [])):
            try:
                seen["questions"].append(ask(browser, plan, root, axe, number, asked))
            except BrowserError as error:
                raise BrowserError(f"{asked['name']}: {error}") from None
        if plan.get("scripts"):
            browser.open(root + "site/verify.html")
            seen["scripts"] = [json.dumps(browser.run(script)) for script in plan["scripts"]]
    finally:
        browser.close()
        server.shutdown()
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
