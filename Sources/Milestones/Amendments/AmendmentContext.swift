// What an event about an event is checked against: how its target stands, and what that one is about in turn.

public import CanonicalJSON

extension EventView {
  /// The fields that a correction can be about, under their names in the leaf: those of the envelope
  /// (``correctableEnvelopeFields``) and what stands in `data`, digests apart.
  public var correctableFields: JSONObject {
    var fields: [(String, JSONValue)] = []
    for name in Self.correctableEnvelopeFields {
      if let value = root[name]?.value { fields.append((name, value)) }
    }
    for (name, value) in data?.members.map({ ($0.key, $0.value) }) ?? []
    where name != "_sd" && name != "_sd_alg" {
      fields.append((name, value.value))
    }
    return JSONObject(fields)
  }
}

/// How the target of a correction or a retraction stands.
public struct AmendmentContext: Sendable {
  /// An event on the way from the target to the event about the world.
  public struct Link: Sendable {
    /// How it stands.
    public let standing: Standing
    /// How it would stand without the correction ahead in the chain; for the target itself, how it stands.
    public let before: EventView

    /// Whether its day may be that of its recording, which is not known before it is recorded.
    let isDatedByRecording: Bool

    /// Makes a link.
    ///
    /// - Parameters:
    ///   - standing: how it stands.
    ///   - before: how it would stand without the correction ahead in the chain.
    ///   - isDatedByRecording: whether its type is dated so; its day is no part of ``basis()`` then.
    public init(standing: Standing, before: EventView, isDatedByRecording: Bool = false) {
      self.standing = standing
      self.before = before
      self.isDatedByRecording = isDatedByRecording
    }
  }

  /// The target; then, if that is a correction, the event that it corrects, and so on. Never empty.
  public let chain: [Link]

  /// Makes a context.
  ///
  /// - Parameters:
  ///   - target: the target.
  ///   - corrected: if it is a correction, the event that it corrects, and so on.
  public init(target: Link, corrected: [Link] = []) { chain = [target] + corrected }

  /// How the target stands.
  public var target: Standing { chain[0].standing }

  /// The event at the end of the chain.
  var last: Standing { chain[chain.count - 1].standing }

  /// The canonical bytes of all that a check of an amendment rests on. Who finds the same bytes later finds that
  /// nobody amended anything meanwhile.
  ///
  /// - Throws: `JSONError` if a value cannot be written.
  public func basis() throws(JSONError) -> [UInt8] {
    let links = chain.map { link -> JSONValue in
      var fields = link.standing.event.correctableFields
      if link.isDatedByRecording { fields["occurred"] = nil }
      return [
        "id": .string(link.standing.event.id), "fields": .object(fields),
        "retraction": link.standing.retraction.map { .string($0) } ?? .null,
      ]
    }
    return try JSONValue.array(links).canonicalBytes()
  }
}

/// What an event about an event was checked against.
public struct Amends: Sendable, Equatable {
  /// The target's id.
  public let target: String
  /// ``AmendmentContext/basis()`` at the check.
  public let basis: [UInt8]
}
