// A verifier key as it is typed.

import ArgumentParser
import Publishing
import TransparencyLog

/// Reads verifier keys from the command line.
enum VerifierKeyArgument {
  /// The key that a text stands for, as `annals keys` prints it.
  static func parse(_ text: String) throws -> VerifierKey {
    do { return try VerifierKey(parsing: text) } catch {
      throw ValidationError("\"\(Printable.text(String(text.prefix(80))))\" is \(error).")
    }
  }
}
