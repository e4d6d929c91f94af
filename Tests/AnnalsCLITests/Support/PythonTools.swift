// The tools of other makers that check what the program prints. Tools/test installs them and tells where they are.

internal import Foundation

/// Tools in Python, in an environment of their own.
enum PythonTools {
  /// The interpreter of the environment; nil if ANNALS_PYTHON_TOOLS does not name one.
  static let python: String? = {
    let told = ProcessInfo.processInfo.environment["ANNALS_PYTHON_TOOLS"] ?? ""
    let path = told + "/bin/python"
    return !told.isEmpty && FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  static var isUsable: Bool { python != nil }

  /// How the tests that need them are run.
  static let advice: String =
    "needs tools in Python: run Tools/test, which installs them and sets ANNALS_PYTHON_TOOLS"

  /// Runs a module of Python.
  static func run(_ module: String, _ arguments: [String]) throws -> Ended {
    try ChildProcess(
      python ?? "/python-tools-are-not-installed", ["-m", module] + arguments,
      environment: Annals.environment(["PYTHONDONTWRITEBYTECODE": "1"]), in: "/"
    ).wait()
  }
}
