// What a document or page is about, as a text: a country, an institution, a subject, or the world.

package import Projections

extension Scope {
  /// The scope as it is written; nil for the world.
  package var text: String? {
    switch self {
    case .world: nil
    case .country(let code): code
    case .institution(let path): path
    case .subject(let name): name
    }
  }

  /// A scope as ``text`` writes it: what holds a colon is a subject, a code in capitals a country.
  package init(text: String?) {
    guard let text else {
      self = .world
      return
    }
    let isCode = text.utf8.allSatisfy {
      (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
    }
    if text.utf8.contains(UInt8(ascii: ":")) {
      self = .subject(text)
    } else {
      self = isCode ? .country(text) : .institution(text)
    }
  }
}
