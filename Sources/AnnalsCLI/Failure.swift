// Failures as the shell sees them: one line and an exit code (sysexits, and three of our own).

import Foundation
import Ledger
import LogStore
import Milestones
import Projections
import TransparencyLog

/// Exit codes of the program.
enum ExitStatus {
  /// The answer is no.
  static let no: Int32 = 1
  static let usage: Int32 = 64
  static let badInput: Int32 = 65
  static let noInput: Int32 = 66
  static let unavailable: Int32 = 69
  static let defect: Int32 = 70
  static let cannotCreate: Int32 = 73
  static let inputOutput: Int32 = 74
  static let busy: Int32 = 75
  static let notPermitted: Int32 = 77
  static let conflict: Int32 = 79
  /// A log that does not continue what was signed.
  static let fork: Int32 = 80
}

/// A failure with its exit code.
struct Failure: Error {
  /// What to print, line by line; none if everything was said already.
  let lines: [String]
  let code: Int32

  init(_ line: String?, code: Int32) {
    lines = line.map { [$0] } ?? []
    self.code = code
  }

  /// A draft with several things wrong gets a line for each.
  init(_ error: DraftError) {
    lines = error.problems.map(\.description)
    code = error.problems.contains(where: \.isConflict) ? ExitStatus.conflict : ExitStatus.badInput
  }

  /// A vocabulary that changes several things gets a line for each.
  init(_ changes: [RefusedChange]) {
    let rule = "nothing was adopted: a later vocabulary adds, and changes nothing that events are read by"
    lines = changes.map(\.description) + [rule]
    code = ExitStatus.badInput
  }

  /// Reads an error of the layers below; nil for one of the argument parser's own.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case LedgerError.draft(let error): self.init(error)
    case LedgerError.changeRefused(let changes): self.init(changes)
    case let error as LedgerError: self.init(error.description, code: Self.code(of: error))
    case let error as LogError: self.init(error.description, code: Self.code(of: error))
    case let error as VocabularyError: self.init(error.description, code: ExitStatus.badInput)
    case let error as DraftError: self.init(error)
    case let error as FileFailure: self.init(error.description, code: Self.code(of: error))
    case let error as ValueError: self.init(error.description, code: ExitStatus.badInput)
    default: return nil
    }
  }

  private static func code(of error: LedgerError) -> Int32 {
    switch error {
    case .backwards: ExitStatus.usage
    case .noLedger, .noVault, .unknownSubject, .noEvent, .notKnown, .nothingToErase, .unfinished:
      ExitStatus.noInput
    case .cannotCreate: ExitStatus.cannotCreate
    case .unreadableBeginning, .vocabulary, .vocabularyFile, .changeRefused, .cannotProve, .cannotErase:
      ExitStatus.badInput
    case .draft(let error): Failure(error).code
    case .idReused, .unexpectedVersion, .otherAdoption: ExitStatus.conflict
    case .key: ExitStatus.notPermitted
    case .keysBusy: ExitStatus.busy
    case .file(let failure): code(of: failure)
    case .rolledBack, .forked, .signedBefore: ExitStatus.fork
    case .catchUp(.goesAnotherWay): ExitStatus.fork
    case .catchUp: ExitStatus.badInput
    case .cannotVerify: ExitStatus.badInput
    case .publishing(let error): code(of: error)
    case .contents(let error): code(of: error)
    case .log(let error): code(of: error)
    case .vault(let error): code(of: error)
    case .views(let error): code(of: error)
    case .cannotDisclose(let refusal): code(of: refusal)
    case .backup(let error): code(of: error)
    }
  }

  private static func code(of error: BackupError) -> Int32 {
    switch error {
    case .exists, .cannotMake: ExitStatus.cannotCreate
    case .underWay: ExitStatus.busy
    case .notABackup: ExitStatus.badInput
    case .vaultExpired: ExitStatus.notPermitted
    }
  }

  private static func code(of refusal: DisclosureRefusal) -> Int32 {
    switch refusal {
    case .noVault, .erased, .noField: ExitStatus.noInput
    case .nothingSealed: ExitStatus.badInput
    case .notWhole: ExitStatus.no
    case .beyondConsent: ExitStatus.notPermitted
    }
  }

  private static func code(of error: PublishError) -> Int32 {
    switch error {
    case .rollback, .fork: ExitStatus.fork
    case .publishedCheckpointRefused, .differs: ExitStatus.cannotCreate
    case .checkpointRefused, .tiles, .event: ExitStatus.badInput
    case .files(let error): code(of: error)
    }
  }

  private static func code(of error: ContentsError) -> Int32 {
    switch error.errorNumber {
    case EACCES, EPERM, EROFS: ExitStatus.notPermitted
    case ENOENT, ENOTDIR: ExitStatus.noInput
    case EWOULDBLOCK: ExitStatus.busy
    default: ExitStatus.inputOutput
    }
  }

  private static func code(of failure: FileFailure) -> Int32 {
    if failure.isPermission { return ExitStatus.notPermitted }
    if failure.isThere { return ExitStatus.cannotCreate }
    if failure.isTooLong { return ExitStatus.badInput }
    return failure.isMissing ? ExitStatus.noInput : ExitStatus.inputOutput
  }

  private static func code(of error: LogError) -> Int32 {
    switch error {
    case .refused, .unexpectedSize: ExitStatus.conflict
    case .wrongLeafCount, .subjectDiffers, .invalidColumn, .recordedGoesBack: ExitStatus.defect
    case .leafTooLarge, .notALog, .newerFormat, .olderFormat, .gap, .damaged: ExitStatus.badInput
    case .busy, .outcomeUnknown: ExitStatus.busy
    case .unavailable: ExitStatus.unavailable
    case .notFound: ExitStatus.noInput
    case .alreadyExists: ExitStatus.cannotCreate
    case .readOnly, .permission: ExitStatus.notPermitted
    case .diskFull, .io: ExitStatus.inputOutput
    }
  }

  private static func code(of error: VaultError) -> Int32 {
    switch error {
    case .busy: ExitStatus.busy
    case .diskFull, .engine: ExitStatus.inputOutput
    case .cannotOpen: ExitStatus.notPermitted
    case .notAVault: ExitStatus.badInput
    }
  }

  private static func code(of error: ViewError) -> Int32 {
    switch error {
    case .busy, .rebuilding: ExitStatus.busy
    case .diskFull, .engine: ExitStatus.inputOutput
    case .cannotOpen: ExitStatus.notPermitted
    case .unreadable, .log: ExitStatus.badInput
    }
  }
}
