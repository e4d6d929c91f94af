# A headless Chromium, driven over the Chrome DevTools Protocol by two pipes: nothing but Python's own library is needed.
# Used by Tools/lib/look-at-site.py. https://chromedevtools.github.io/devtools-protocol/ has the methods.
import base64, json, os, select, shutil, signal, subprocess, tempfile, time


class BrowserError(Exception):
    """The browser did not do what it was asked."""


def find():
    """The browser's path; None if there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """One browser with one page, and all that the page asked of the network or wrote to its console."""

    def __init__(self, width=1280, height=900):
        self.profile = tempfile.mkdtemp(prefix="annals-chromium-")
        to_read, self.to = os.pipe()
        self.source, to_write = os.pipe()
        # The protocol is spoken over descriptors 3 and 4.
        command = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        self.process = subprocess.Popen(
            ["bash", "-c", command, find(), "--headless", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-sync",
             "--disable-component-update", "--disable-extensions", "--no-proxy-server", "--hide-scrollbars",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--user-data-dir={self.profile}", "about:blank"],
            pass_fds=(to_read, to_write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        os.close(to_read), os.close(to_write)
        self.rest, self.number, self.session = b"", 0, None
        self.requests, self.messages, self.events = [], [], []
        target = next(t for t in self._targets() if t["type"] == "page")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.call(f"{domain}.enable")
        self.size(width, height)

    def _targets(self):
        for _ in range(100):
            targets = self.call("Target.getTargets")["targetInfos"]
            if any(t["type"] == "page" for t in targets):
                return targets
            time.sleep(0.05)
        raise BrowserError("the browser opened no page")

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        os.close(self.to), os.close(self.source)
        shutil.rmtree(self.profile, ignore_errors=True)

    # The protocol: messages of JSON, each with a zero byte behind it.

    def call(self, method, seconds=60, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + seconds
        while True:
            answer = self._next(deadline, method)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]
            self._note(answer)

    def _next(self, deadline, what):
        while b"\0" not in self.rest:
            if not select.select([self.source], [], [], max(0, deadline - time.monotonic()))[0]:
                raise BrowserError(f"no answer in time: {what}")
            piece = os.read(self.source, 1 << 20)
            if not piece:
                raise BrowserError("the browser ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def _note(self, event):
        method, given = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(given["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = given["exceptionDetails"]
            self.messages.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
            self.messages.append(" ".join(str(a.get("value", a.get("description"))) for a in given["args"]))
        elif method == "Log.entryAdded" and given["entry"]["level"] in ("error", "warning"):
            self.messages.append(f"{given['entry']['text']} ({given['entry'].get('url', '')})")
        elif method == "Page.javascriptDialogOpening":
            self.messages.append(f"a dialog: {given['message']}")
            self.number += 1
            closing = {"id": self.number, "method": "Page.handleJavaScriptDialog", "params": {"accept": False},
                       "sessionId": self.session}
            os.write(self.to, json.dumps(closing).encode() + b"\0")
        else:
            self.events.append(method)

    # The page.

    def size(self, width, height=900, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                  mobile=width < 600)

    def open(self, url):
        """Opens a page and waits until it has loaded; what was noted of the page before is forgotten."""
        # Another address of the same page would only be scrolled to.
        self.call("Page.navigate", url="about:blank")
        self.run("0")
        self.requests, self.messages, self.events = [], [], []
        failed = self.call("Page.navigate", url=url).get("errorText")
        if failed:
            raise BrowserError(f"{url}: {failed}")
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script, seconds=60):
        """The value of an expression, or of the promise that it gives."""
        answer = self.call("Runtime.evaluate", seconds, expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def until(self, condition, seconds=60):
        deadline = time.monotonic() + seconds
        while not self.run(condition):
            if time.monotonic() > deadline:
                raise BrowserError(f"not so after {seconds} s: {condition}")
            time.sleep(0.02)

    def choose(self, selector, *paths):
        """Files, or a directory, for an input of files."""
        found = self.call("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")["result"]
        self.call("DOM.setFileInputFiles", files=[os.path.abspath(p) for p in paths], objectId=found["objectId"])

    def drop(self, x, y, *paths):
        """Files, dragged from elsewhere and dropped on the page."""
        data = {"items": [], "files": [os.path.abspath(p) for p in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.call("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def press(self, key, code=None, text=None):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code or key,
                      windowsVirtualKeyCode={"Tab": 9, "Enter": 13, " ": 32}.get(key, 0), **extra)

    def picture(self, path, whole=True):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call(
                "Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]))
