// The vocabulary that comes with the program: it can be read, it has what was promised, its examples hold.

import Milestones
import Testing

@Suite("The shipped vocabulary")
struct ShippedVocabularyTests {
  @Test("It can be read, and has a family for each of its files")
  func families() throws {
    let vocabulary = try Shipped.vocabulary()
    #expect(
      vocabulary.families.map(\.key) == [
        "bill", "campaign", "entity", "ledger", "policy", "provision", "resolution", "ruling", "statement",
        "testimony", "treaty",
      ])
    #expect(vocabulary.families.allSatisfy { !$0.value.isEmpty })
  }

  @Test("It has exactly the types that the ledger has promised to know")
  func names() throws {
    let types = try Shipped.vocabulary().allTypes
    #expect(types.map(\.name).sorted() == ExpectedType.all.map(\.name).sorted())
  }

  @Test(
    "A type has exactly its fields, and what must not stand in clear is sealed", arguments: ExpectedType.all)
  func fields(_ expected: ExpectedType) throws {
    let type = try Shipped.type(expected.name)
    let fields = type.allFields.map { field in
      field.name + (field.isSealed ? "*" : field.isSealable ? "?" : "")
    }
    #expect(fields == expected.fields)
  }

  @Test("Every type and every field says what it means")
  func meanings() throws {
    for type in try Shipped.vocabulary().allTypes {
      #expect(type.means.hasSuffix("."), "\(type.name)")
      for field in type.allFields { #expect(field.means.hasSuffix("."), "\(type.name).\(field.name)") }
    }
  }

  @Test("The example of every type that can be appended passes the checks", arguments: ExpectedType.all)
  func examples(_ expected: ExpectedType) throws {
    let type = try Shipped.type(expected.name)
    let hasNoExample = ExpectedType.byLedger + ExpectedType.byCommand + ExpectedType.notAvailable
    guard !hasNoExample.contains(type.name) else {
      #expect(type.example.isEmpty)
      return
    }
    #expect(!type.example.isEmpty)
    #expect(try problems(type.name, type.example) == [])
  }

  @Test("Exactly these types are the ledger's own, and exactly these are not built yet")
  func kept() throws {
    let types = try Shipped.vocabulary().allTypes
    #expect(types.filter(\.isByLedger).map(\.name).sorted() == ExpectedType.byLedger)
    #expect(types.filter(\.isErasure).map(\.name) == ExpectedType.byCommand)
    let unavailable = types.filter { $0.unavailableVerb != nil && !$0.isByLedger }
    #expect(unavailable.map(\.name).sorted() == ExpectedType.notAvailable)
  }

  @Test("Testimonies alone are counted and never listed")
  func counted() throws {
    #expect(try Shipped.vocabulary().allKinds.filter(\.isCounted).map(\.name) == ["testimony"])
  }

  @Test("Every stage of every lifecycle can be reached from its beginning")
  func reachable() throws {
    let lifecycles = try Shipped.vocabulary().allLifecycles
    #expect(
      lifecycles.map(\.name).sorted() == [
        "amendment", "bicameral", "campaign", "campaign-country", "code-provision", "decree",
        "house-resolution",
        "policy", "provision", "resolution", "single-house", "testimony", "treaty", "treaty-party",
      ])
    for lifecycle in lifecycles {
      for stage in lifecycle.stages {
        #expect(lifecycle.inferred(from: nil, to: stage.name) != nil, "\(lifecycle.name): \(stage.name)")
      }
    }
  }

  @Test("Every stage but the beginning of each lifecycle is one that some type moves to")
  func movedTo() throws {
    let vocabulary = try Shipped.vocabulary()
    var told: Set<String> = []
    for type in vocabulary.allTypes {
      for case .move(let move) in type.effects { told.insert(move.stage) }
    }
    // Stages that are only inferred, or whose events are not built yet.
    let untold: Set<String> = [
      "promulgated", "reported", "succeeded", "narrowed", "widened", "withdrawn", "erased",
    ]
    for lifecycle in vocabulary.allLifecycles {
      for stage in lifecycle.stages where !untold.contains(stage.name) {
        #expect(told.contains(stage.name), "\(lifecycle.name): \(stage.name)")
      }
    }
  }

  @Test("A measure lives by its procedure, a bicameral one if nothing is told; other kinds by their own")
  func whichLifecycle() throws {
    let vocabulary = try Shipped.vocabulary()
    #expect(vocabulary.lifecycle(of: "measure", procedure: nil)?.name == "bicameral")
    #expect(vocabulary.lifecycle(of: "measure", procedure: "decree")?.name == "decree")
    #expect(vocabulary.lifecycle(of: "measure", procedure: "treaty")?.name == "bicameral")
    #expect(vocabulary.lifecycle(of: "treaty", procedure: "decree")?.name == "treaty")
    #expect(vocabulary.lifecycle(of: "treaty", procedure: "treaty-party")?.name == "treaty")
    #expect(vocabulary.partyLifecycle(of: "treaty")?.name == "treaty-party")
    #expect(vocabulary.partyLifecycle(of: "campaign")?.name == "campaign-country")
    #expect(vocabulary.partyLifecycle(of: "measure") == nil)
    #expect(vocabulary.lifecycle(of: "person", procedure: nil) == nil)
  }

  @Test("Every procedure that a registration can tell is a lifecycle of measures")
  func procedures() throws {
    let vocabulary = try Shipped.vocabulary()
    let field = try Shipped.type("entity.registered").field("procedure")
    guard case .choice(let procedures) = field.kind else {
      Issue.record("procedure is no choice")
      return
    }
    let lifecycles = vocabulary.allLifecycles.filter { $0.kind == "measure" && !$0.isForParties }
    #expect(procedures.sorted() == lifecycles.map(\.name).sorted())
  }

  @Test("Nothing that opens a ledger is missing: its first events are made of it, and each fits into a leaf")
  func opens() throws {
    let vocabulary = try Shipped.vocabulary()
    let time = RecordedTime(milliseconds: 0)
    for event in try LedgerEvents.adopted(vocabulary, at: time) {
      #expect(try event.stamped(stamp()).leaf.count <= StampedEvent.leafMaxBytes)
    }
  }
}
