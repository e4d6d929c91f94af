// A look at a published directory in a real browser: what is asked of it, and what was seen.

internal import Foundation
internal import Testing

/// Headless Chromium, driven by Tools/lib/look-at-site.py, which says what each part means.
enum Chromium {
  /// Whether there is one, and a Python to drive it.
  static let isUsable =
    find("python3") != nil && ["chromium", "chromium-browser", "google-chrome"].contains { find($0) != nil }

  /// How the tests that need it are run.
  static let advice = "needs Chromium (Debian: chromium): run Tools/test, which installs it"

  /// The check for accessibility that is run in the pages, axe-core; nil if Tools/test has not installed it.
  static let axe: String? = {
    let root = ProcessInfo.processInfo.environment["ANNALS_PYTHON_TOOLS"] ?? ""
    guard !root.isEmpty, let versions = try? FileManager.default.contentsOfDirectory(atPath: root + "/lib")
    else { return nil }
    return versions.map { "\(root)/lib/\($0)/site-packages/axe_playwright_python/axe.min.js" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  /// Does what a plan says, in one session of the browser.
  static func look(_ plan: SitePlan, seconds: Double = 240) throws -> SiteSeen {
    let python = try #require(find("python3"))
    let script = repository.appendingPathComponent("Tools/lib/look-at-site.py").path
    let ended = try ChildProcess(
      python, [script], environment: Annals.environment(["PYTHONDONTWRITEBYTECODE": "1"]), in: "/",
      input: Array(JSONEncoder().encode(plan))
    ).wait(seconds: seconds)
    try #require(ended.how == .exit(0), "\(ended)")
    return try JSONDecoder().decode(SiteSeen.self, from: Data(ended.standardOutput))
  }
}

/// What is asked of the browser.
struct SitePlan: Encodable {
  /// A page to look at.
  struct Visit: Encodable {
    var path: String
    var widths = [360, 1280]
    var axe = false
    var byFile = false
  }

  /// What is asked of the page that verifies.
  struct Question: Encodable {
    var name: String
    /// Files that are others than in the directory: in base64; `SitePlan.gone` and the like.
    var changes: [String: String?] = [:]
    var position: String?
    /// What is put in the place of the page's own key.
    var key: String?
    /// Whether the whole log is verified.
    var all = false
    /// Files that are chosen as proof, event or kept checkpoint, and files that are dropped on the page.
    var files: [String] = []
    var drop: [String] = []
    /// A directory that is chosen in place of the one that is served.
    var chosen: String?
    var byFile = false
    /// A script that runs before that of the page.
    var before: String?
    var axe = false
    /// Whether no answer is waited for.
    var unanswered = false
  }

  var directory: String
  var axe: String? = Chromium.axe
  var probe: String?
  var visits: [Visit] = []
  var questions: [Question] = []
  var scripts: [String] = []
}

/// What the browser saw.
struct SiteSeen: Decodable {
  /// A page at one width.
  struct Visit: Decodable {
    let path: String
    let width: Int
    let title: String
    let tooWide: [String]
    let messages: [String]
    let requests: [String]
    let axe: [String]
    let probe: Bool
  }

  /// A step of the verification.
  struct Step: Decodable {
    let question: String
    let answer: String
    let sentence: String
    let details: String
  }

  /// What the page that verifies answered.
  struct Answer: Decodable, CustomStringConvertible {
    let name: String
    let answer: String
    let verdict: String
    let taken: String
    let event: String
    let saved: [String]
    let steps: [Step]
    let messages: [String]
    let requests: [String]
    let axe: [String]

    var description: String {
      "\(name): \(answer): \(verdict) [\(steps.map { "\($0.question) \($0.answer)" }.joined(separator: "; "))]"
        + " \(messages)"
    }
  }

  let visits: [Visit]
  let questions: [Answer]
  /// The values of the scripts, in JSON.
  let scripts: [String]
}
