// Why a log was not published.

/// A publication that was refused or cut off. What was published before stands, and still verifies.
public enum PublishError: Error, Sendable, CustomStringConvertible {
  /// The checkpoint to publish is not one of this log.
  case checkpointRefused(NoteError)

  /// The checkpoint that is published already is not one of this log: it is another log's place, or was
  /// altered.
  case publishedCheckpointRefused(NoteError)

  /// The published checkpoint is of a larger log: what is to be published has lost events that were public.
  case rollback(publishedSize: UInt64, size: UInt64)

  /// The log does not continue the published one: there are two histories.
  case fork(publishedSize: UInt64, publishedRoot: MerkleHash, root: MerkleHash)

  /// The log's tiles are not those of the checkpoint. Verify the log.
  case tiles(TreeError)

  /// An event of the log is not there, or not the one that the checkpoint vouches for. Verify the log.
  case event(position: UInt64, detail: String)

  /// A file is there already and differs from what belongs there; it was not touched.
  case differs(file: String)

  /// Something could not be read or written.
  case files(ContentsError)

  /// One line for a person.
  public var description: String {
    switch self {
    case .checkpointRefused(let error):
      return "the checkpoint to publish was refused: \(error)"
    case .publishedCheckpointRefused(let error):
      return "the checkpoint that is published there is not this log's: \(error)"
    case .rollback(let publishedSize, let size):
      return
        "\(publishedSize) events are published there, and the log has a checkpoint of only \(size): a public"
        + " event must not be lost. Is this an old copy of the log?"
    case .fork(let publishedSize, let publishedRoot, let root):
      return
        "the log does not continue what is published there: at size \(publishedSize) the root is"
        + " \(publishedRoot) there and \(root) here. Two histories must not be published as one"
    case .tiles(let error):
      return "the log's tiles are not those of its checkpoint: \(error)"
    case .event(let position, let detail):
      return "event \(position) is not the one that the checkpoint vouches for: \(detail)"
    case .differs(let file):
      return
        "\(file) is there already and differs from what belongs there; it was left as it is."
        + " Move it away if it is not needed, and publish again"
    case .files(let error):
      return error.reason.isEmpty ? error.place : "\(error.place): \(error.reason)"
    }
  }
}
