// The naive way to apply corrections and retractions: every event is rewritten as if it had been recorded so.

import CanonicalJSON
import Foundation
import LogStore
import Milestones
import Testing

/// A log in which nothing is corrected or retracted any more: each event stands as its corrections leave it, what was
/// retracted is an event of a type that nobody knows, and what corrected or retracted names nothing.
struct NaiveAmendments {
  private let leaves: [[String: Any]]
  let log: ArrayLog

  init(_ original: ArrayLog) throws {
    let leaves = try original.events.map { event in
      try #require(try JSONSerialization.jsonObject(with: Data(event.leaf.bytes)) as? [String: Any])
    }
    self.leaves = leaves
    var rewritten = ArrayLog()
    for (event, position) in zip(original.events, leaves.indices) {
      var leaf = Self.standing(position, leaves)
      if Self.isRetracted(position, leaves) { leaf["type"] = "nobody.knows" }
      if Self.isAmendment(leaf), var data = leaf["data"] as? [String: Any] {
        data["target"] = "nothing"
        leaf["data"] = data
      }
      let text = try JSONValue(
        parsing: String(
          decoding: JSONSerialization.data(withJSONObject: leaf, options: [.withoutEscapingSlashes]),
          as: UTF8.self))
      rewritten.events.append(
        StoredEvent(
          position: event.position, key: event.key, tag: event.tag, version: event.version,
          leaf: Leaf(
            bytes: try text.canonicalBytes(), subject: event.leaf.subject,
            recordedMilliseconds: event.leaf.recordedMilliseconds)))
    }
    log = rewritten
  }

  private static func isAmendment(_ leaf: [String: Any]) -> Bool {
    ["event.corrected", "event.retracted"].contains(leaf["type"] as? String ?? "")
  }

  private static func amendments(of position: Int, _ leaves: [[String: Any]], type: String) -> [Int] {
    leaves.indices.filter { other in
      let target = (leaves[other]["data"] as? [String: Any])?["target"] as? String
      return other > position && leaves[other]["type"] as? String == type
        && (target == "\(position)" || target == leaves[position]["id"] as? String)
        && !isRetracted(other, leaves)
    }
  }

  private static func isRetracted(_ position: Int, _ leaves: [[String: Any]]) -> Bool {
    !amendments(of: position, leaves, type: "event.retracted").isEmpty
  }

  private static func standing(_ position: Int, _ leaves: [[String: Any]]) -> [String: Any] {
    var leaf = leaves[position]
    for amendment in amendments(of: position, leaves, type: "event.corrected") {
      let correction = standing(amendment, leaves)["data"] as? [String: Any] ?? [:]
      let new = correction["new"] as? [String: Any] ?? [:]
      let old = correction["old"] as? [String: Any] ?? [:]
      var data = leaf["data"] as? [String: Any] ?? [:]
      let envelope = ["occurred", "country", "institution"]
      for name in old.keys where new[name] == nil && name != "occurred" {
        if envelope.contains(name) { leaf[name] = nil } else { data[name] = nil }
      }
      for (name, value) in new {
        if envelope.contains(name) { leaf[name] = value } else { data[name] = value }
      }
      leaf["data"] = data
    }
    return leaf
  }
}
