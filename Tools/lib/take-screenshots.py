#!/usr/bin/env python3
"""Takes pictures of a published directory in headless Chromium. For Tools/screenshots.

    take-screenshots.py PUBLISHED PICTURES

PUBLISHED is served on 127.0.0.1, at a port of the system's choice; PICTURES gets NAME-desk.png and NAME-phone.png for
each page of the table below. Ends with status 1 if a page is missing, writes to the console, is wider than the window, or
if the page that verifies does not say yes; with 69 if there is no Chromium.
"""
import functools, http.server, os, sys, threading

from chromium import Browser, BrowserError, find

UNAVAILABLE = 69

# For each picture: its name, the page, what has to be so before it is taken, and how high it is on a desk and on a phone.
PAGES = [
    ("start", "index.html", "true", 1500, 1300),
    ("country", "countries/cn.html", "true", 1300, 1300),
    ("measure", "subjects/measure/cn-civil-code-1010.html", "true", 1300, 1300),
    ("verify", "verify.html?position=100",
     "!['', 'running', undefined].includes(document.getElementById('verify-verdict').dataset.answer)", 1400, 1400),
]
WIDTHS = {"desk": 1280, "phone": 390}


class Server(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        # Browsers ask for it of themselves; that there is none is no fault of a page.
        if self.path == "/favicon.ico":
            self.send_response(204)
            return self.end_headers()
        return super().do_GET()

    def log_message(self, *_):
        pass


def faults(browser, name, width):
    """What keeps a page from being pictured, in words."""
    wide = browser.run("document.documentElement.scrollWidth")
    if wide > width:
        yield f"{name}: {wide} wide in a window of {width}"
    if browser.messages:
        yield f"{name}: the console has: {'; '.join(browser.messages)}"
    if name == "verify":
        answer = browser.run("document.getElementById('verify-verdict').dataset.answer")
        if answer != "yes":
            yield f"{name}: the answer is {answer}, not yes"


def take(browser, root, directory):
    found = []
    for name, page, ready, *heights in PAGES:
        for (place, width), height in zip(WIDTHS.items(), heights):
            browser.size(width, height, scale=2 if place == "phone" else 1)
            browser.open(root + page)
            browser.until(ready)
            browser.run("document.fonts.ready.then(() => true)")
            found += faults(browser, name, width)
            browser.picture(os.path.join(directory, f"{name}-{place}.png"), whole=False)
    return found


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 64
    published, directory = arguments
    if find() is None:
        print("take-screenshots.py: there is no Chromium here (Debian: chromium)", file=sys.stderr)
        return UNAVAILABLE
    missing = [page for _, page, *_ in PAGES if not os.path.isfile(os.path.join(published, page.partition("?")[0]))]
    if missing:
        print(f"take-screenshots.py: not published: {', '.join(missing)}", file=sys.stderr)
        return 1
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=published))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = Browser()
    try:
        found = take(browser, f"http://127.0.0.1:{server.server_address[1]}/", directory)
    except BrowserError as error:
        found = [str(error)]
    finally:
        browser.close()
        server.shutdown()
    for fault in found:
        print(f"take-screenshots.py: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
