// E-mail addresses, and names of accounts with social networks.

internal import Foundation

/// Recognises ways to reach a person by name over the network.
enum Accounts {
  // MARK: E-mail

  /// Whether a text holds an e-mail address, be it written with (at) or [at].
  static func hasEmail(_ text: Scalars) -> Bool {
    for index in text.indices where text[index] == "@" {
      if isLocalPart(text[..<index].last), isDomain(text[(index + 1)...]) { return true }
    }
    return hasSpeltEmail(text)
  }

  private static func isLocalPart(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.isWordPart || "_%+-.".unicodeScalars.contains(scalar)
  }

  /// Whether a text begins with labels and dots, the last label of two letters or more.
  private static func isDomain(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    let name = text.prefix { $0.isWordPart || $0 == "-" || $0 == "." }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    // A stop at the end is that of the sentence.
    let known = labels.last?.isEmpty == true ? labels.dropLast() : labels[...]
    guard known.count >= 2, let last = known.last, known.allSatisfy({ !$0.isEmpty }) else { return false }
    return last.count >= 2 && last.allSatisfy { !$0.isASCIIDigit && $0 != "-" }
  }

  /// `name (at) example (dot) org`, `name [at] example.org`.
  private static func hasSpeltEmail(_ text: Scalars) -> Bool {
    let lower = text.map { $0.isASCIILetter ? Unicode.Scalar($0.value | 0x20) ?? $0 : $0 }
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] as [(Unicode.Scalar, Unicode.Scalar)] {
      for index in lower.indices where lower[index] == open {
        var rest = lower[(index + 1)...].drop { $0 == " " }
        guard rest.starts(with: "at".unicodeScalars) else { continue }
        rest = rest.dropFirst(2).drop { $0 == " " }
        guard rest.first == close, lower[..<index].last(where: { $0 != " " })?.isWordPart == true else {
          continue
        }
        let host = rest.dropFirst().drop { $0 == " " }.prefix { $0 != "\n" }
        let spelt = String(String.UnicodeScalarView(host)).replacing(" ", with: "")
          .replacing("(dot)", with: ".").replacing("[dot]", with: ".").replacing("{dot}", with: ".")
        if isDomain(Scalars(spelt.unicodeScalars)[...]) { return true }
      }
    }
    return false
  }

  // MARK: Handles

  /// Whether a text holds the name of an account: after an at sign, in the address of a profile, or after the name of
  /// a network.
  static func hasHandle(_ text: Scalars) -> Bool {
    for index in text.indices where text[index] == "@" {
      let before = text[..<index].last
      if before?.isWordPart == true || before == "_" { continue }
      let name = text[(index + 1)...].prefix(while: isNamePart)
      if name.count >= 2, name.contains(where: { !$0.isASCIIDigit && $0 != "." && $0 != "_" && $0 != "-" }) {
        return true
      }
    }
    let lower = String(String.UnicodeScalarView(text)).lowercased()
    return hasProfile(lower) || hasNamedAccount(lower)
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWordPart || scalar == "_" || scalar == "." || scalar == "-"
  }

  /// Networks where the first step of an address is an account.
  private static let profileHosts: [(host: String, before: [String])] = [
    ("twitter.com", [""]), ("x.com", [""]), ("instagram.com", [""]), ("facebook.com", ["", "people/"]),
    ("fb.com", [""]), ("fb.me", [""]), ("tiktok.com", ["@"]), ("t.me", [""]), ("telegram.me", [""]),
    ("youtube.com", ["@", "user/", "c/", "channel/"]), ("linkedin.com", ["in/"]),
    ("weibo.com", ["", "u/", "n/"]),
    ("vk.com", [""]), ("threads.net", ["@"]), ("threads.com", ["@"]), ("bsky.app", ["profile/"]),
    ("snapchat.com", ["add/"]), ("reddit.com", ["user/", "u/"]), ("medium.com", ["@"]), ("ok.ru", [""]),
    ("tumblr.com", [""]), ("pinterest.com", [""]), ("soundcloud.com", [""]),
  ]

  /// First steps that are none.
  private static let noAccounts: Set<String> = [
    "hashtag", "search", "explore", "i", "home", "intent", "share", "sharer", "groups", "events", "watch",
    "p",
    "reel", "reels", "tv", "about", "help", "legal", "privacy", "tos", "login", "settings", "tags", "topic",
    "s",
    "joinchat", "story.php", "permalink.php", "photo.php", "status", "web", "pages", "policies", "gaming",
    "search.php", "video", "videos", "tagged",
  ]

  private static func hasProfile(_ lower: String) -> Bool {
    guard lower.utf8.contains(UInt8(ascii: "/")) else { return false }
    for (host, steps) in profileHosts {
      for after in texts(after: host + "/", in: lower) {
        for step in steps where after.hasPrefix(step) {
          let name = after.dropFirst(step.count).unicodeScalars.prefix {
            isNamePart($0) || $0 == "%"
          }
          if name.count >= 2, !noAccounts.contains(String(name)) { return true }
        }
      }
    }
    return false
  }

  /// Networks, as they are named before an account: `Instagram: name_1`.
  private static let networks = [
    "instagram", "insta", "ig", "twitter", "tiktok", "telegram", "snapchat", "snap", "facebook", "fb",
    "discord",
    "skype", "wechat", "weixin", "微信", "微博", "weibo", "line id", "kakao", "kakaotalk", "signal", "mastodon",
    "bluesky", "threads", "reddit", "qq",
  ]

  /// A word after the name of a network counts where it has a digit, a stop or a line within: others are said of the
  /// network (`Instagram: direct message`).
  private static func hasNamedAccount(_ lower: String) -> Bool {
    for network in networks {
      for after in texts(after: network, in: lower) {
        var rest = after.drop { $0 == " " }
        for word in ["id", "name", "user", "account", "handle", "号"] where rest.hasPrefix(word) {
          rest = rest.dropFirst(word.count).drop { $0 == " " }
        }
        guard let mark = rest.first, ":：=".contains(mark) else { continue }
        let name = rest.dropFirst().drop { $0 == " " }.unicodeScalars.prefix(while: isNamePart)
        let inner = name.dropFirst().dropLast()
        let isMarked =
          inner.contains { $0 == "_" || $0 == "." } || name.contains { $0.isASCIIDigit }
        if name.count >= 4, isMarked, name.contains(where: { !$0.isASCIIDigit }) { return true }
        if network == "qq" || network == "wechat" || network == "微信", name.count >= 5, isMarked {
          return true
        }
      }
    }
    return false
  }

  /// What follows each place where a word stands that no letter or digit comes before.
  private static func texts(after word: String, in text: String) -> [Substring] {
    guard holds(text, bytesOf: word) else { return [] }
    var found: [Substring] = []
    var rest = text[...]
    while let range = rest.firstRange(of: word) {
      let before = text[..<range.lowerBound].unicodeScalars.last
      if before?.isWordPart != true { found.append(text[range.upperBound...]) }
      rest = rest[range.upperBound...]
    }
    return found
  }

  /// Whether the bytes of a word stand in a text. Nearly all texts have none of the words in them, and looking for
  /// characters costs a hundred times as much. The text is decomposed: where the bytes are not, the characters are not
  /// either.
  private static func holds(_ text: String, bytesOf word: String) -> Bool {
    var (text, word) = (text, word)
    return text.withUTF8 { text in
      word.withUTF8 { word in
        guard let start = text.baseAddress, let wanted = word.baseAddress else { return word.isEmpty }
        var index = 0
        while index + word.count <= text.count,
          let first = memchr(start + index, Int32(wanted[0]), text.count - word.count + 1 - index)
        {
          if memcmp(first, wanted, word.count) == 0 { return true }
          index = UnsafeRawPointer(first) - UnsafeRawPointer(start) + 1
        }
        return false
      }
    }
  }
}
