// What a query is asked about: COUNTRY, INSTITUTION or SUBJECT in one argument.

import Codes
import Milestones
import Projections
import Publishing

/// Reads the argument of a query.
enum ScopeArgument {
  /// Reads an argument.
  ///
  /// - Parameter text: a code in capitals, a path, `kind:name`, or nothing for the world.
  /// - Returns: what is asked about.
  /// - Throws: ``Failure`` with what was expected.
  static func scope(_ text: String?) throws -> Scope {
    guard let text else { return .world }
    if text.utf8.contains(UInt8(ascii: ":")) {
      do { return .subject(try Subject(text).text) } catch { throw usage(text, "\(error)") }
    }
    let isCode = text.utf8.allSatisfy {
      (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
    }
    if isCode {
      guard Codes.place(text) == nil else { return .country(text) }
      do {
        return .country(try Codes.resolve(text, from: nil, to: nil).code)
      } catch { throw Failure("\(error)", code: ExitStatus.usage) }
    }
    do {
      return .institution(try InstitutionPath(text).text)
    } catch {
      throw usage(text, "is no country (US), institution (us/congress) or subject (measure:us-115-hr4396)")
    }
  }

  /// Reads an argument that must be a subject.
  static func subject(_ text: String) throws -> Subject {
    guard case .subject(let name) = try scope(text) else {
      throw Failure(
        "\"\(Printable.text(text))\" is not a subject; write kind:name, such as campaign:metoo",
        code: ExitStatus.usage)
    }
    return try Subject(name)
  }

  /// What may have been meant where nothing was found: `cl` is an institution's path, `CL` a country.
  static func hint(for scope: Scope) -> String? {
    guard case .institution(let path) = scope, let place = Codes.place(path.uppercased()) else { return nil }
    return "for the country write \(place.code) (\(place.name)), in capitals"
  }

  private static func usage(_ text: String, _ reason: String) -> Failure {
    Failure("\"\(Printable.text(String(text.prefix(80))))\" \(reason)", code: ExitStatus.usage)
  }
}
