// The tables themselves: what is embedded is what lies in the sources, every row is found, and the dates fit together.

import Codes
import EDTF
import Foundation
import Testing

/// The rows of an embedded table, each as its fields.
func rows(of name: String) throws -> [[String]] {
  let table = try #require(Codes.tables.first { $0.name == name })
  let bytes = UnsafeBufferPointer(start: table.text.utf8Start, count: table.text.utf8CodeUnitCount)
  return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
}

let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

@Suite("The code tables")
struct TablesTests {
  @Test("The embedded tables are the files of the sources, byte for byte, in the order of their names")
  func embedded() throws {
    #expect(
      Codes.tables.map(\.name) == ["iso-3166-1.tsv", "iso-3166-2.tsv", "iso-3166-3.tsv", "validity.tsv"])
    for table in Codes.tables {
      let file = try Data(contentsOf: repository.appending(path: "Sources/Codes/Embedded/\(table.name)"))
      #expect(file == Data(bytes: table.text.utf8Start, count: table.text.utf8CodeUnitCount), "\(table.name)")
    }
  }

  @Test(
    "Every table has its rows in the order of the bytes of the code, each code once, and all fields",
    arguments: [
      ("iso-3166-1.tsv", 249, 6), ("iso-3166-2.tsv", 5000, 2), ("iso-3166-3.tsv", 31, 5),
      ("validity.tsv", 80, 6),
    ])
  func sorted(_ name: String, _ rowsMinCount: Int, _ fieldsCount: Int) throws {
    let rows = try rows(of: name)
    #expect(rows.count >= rowsMinCount)
    #expect(rows.allSatisfy { $0.count == fieldsCount && !$0[0].isEmpty })
    for (row, next) in zip(rows, rows.dropFirst()) {
      #expect(row[0].utf8.lexicographicallyPrecedes(next[0].utf8), "\(row[0]), \(next[0])")
    }
  }

  @Test(
    "Every row resolves to itself on a day on which it is valid",
    arguments: [
      ("iso-3166-1.tsv", Place.Kind.country), ("iso-3166-2.tsv", .subdivision), ("iso-3166-3.tsv", .former),
    ])
  func everyRow(_ name: String, _ kind: Place.Kind) throws {
    let limits = try limits()
    for row in try rows(of: name) {
      let country = kind == .subdivision ? String(row[0].prefix(2)) : row[0]
      let valid = limits[country]?.last ?? limits[country]?.first ?? Day(number: 20_000)
      let place = try Codes.resolve(row[0], from: valid, to: valid)
      #expect(place.code == row[0] && place.name == row[1] && place.kind == kind && place.country == country)
      #expect(Codes.place(row[0]) == place)
    }
  }

  @Test("Every withdrawn alpha-2 code leads to its former state on that state's last day")
  func withdrawn() throws {
    let (limits, current) = (try limits(), Set(try rows(of: "iso-3166-1.tsv").map { $0[0] }))
    for row in try rows(of: "iso-3166-3.tsv") where row[2] != "BY" {
      let last = try #require(limits[row[0]]?.last, "\(row[0]) has no last day")
      #expect(try Codes.resolve(row[2], from: last, to: last).code == row[0])
      let answerAfter = try? Codes.resolve(
        row[2], from: Day(number: last.number + 1), to: Day(number: 20_700)
      ).code
      #expect(
        answerAfter == (current.contains(row[2]) ? row[2] : row[2] == "CS" && row[0] == "CSHH" ? "CSXX" : nil)
      )
    }
  }

  @Test(
    "Every row of the dates parses: days that exist in order, codes that exist, what happened, and a source")
  func dates() throws {
    for row in try rows(of: "validity.tsv") {
      #expect(Codes.place(row[0])?.kind != .subdivision && Codes.place(row[0]) != nil, "\(row[0])")
      let first = row[1].isEmpty ? nil : try #require(Day(row[1]) as Day?, "\(row[0])")
      let last = row[2].isEmpty ? nil : try #require(Day(row[2]) as Day?, "\(row[0])")
      if let first, let last { #expect(first < last) }
      for before in row[3].split(separator: " ") {
        #expect(Codes.place(String(before)) != nil && before != row[0], "\(row[0]): \(before)")
      }
      #expect(!row[4].isEmpty && !row[4].hasSuffix(".") && !row[5].isEmpty, "\(row[0])")
      let isFormer = Codes.place(row[0])?.kind == .former
      #expect(isFormer ? last != nil : last == nil, "\(row[0]): former states end, today's do not")
    }
  }

  @Test("Every former state has its dates and a successor")
  func formerStates() throws {
    let dates = try rows(of: "validity.tsv")
    let succeeded = Set(dates.flatMap { $0[3].split(separator: " ").map(String.init) })
    for row in try rows(of: "iso-3166-3.tsv") {
      #expect(dates.contains { $0[0] == row[0] }, "\(row[0]) is not in validity.tsv")
      #expect(succeeded.contains(row[0]), "no row of validity.tsv names \(row[0]) as what came before")
    }
  }

  @Test(
    "A former state ends on or before the day on which ISO withdrew its code, but for the Trust Territory")
  func withdrawal() throws {
    let limits = try limits()
    for row in try rows(of: "iso-3166-3.tsv") where row[0] != "PCHH" {
      let withdrawn = try #require(Day(row[4].utf8.count == 4 ? "\(row[4])-12-31" : row[4]) as Day?)
      let last = try #require(limits[row[0]]?.last)
      #expect(last <= withdrawn, "\(row[0])")
    }
  }

  @Test("No two states with one alpha-2 code overlap by more than a day, but for Belarus, which is one state")
  func overlaps() throws {
    let limits = try limits()
    var meanings: [String: [String]] = [:]
    for row in try rows(of: "iso-3166-1.tsv") { meanings[row[0], default: []].append(row[0]) }
    for row in try rows(of: "iso-3166-3.tsv") { meanings[row[2], default: []].append(row[0]) }
    let reused = meanings.filter { $0.value.count > 1 }
    #expect(reused.keys.sorted() == ["AI", "BQ", "BY", "CS", "GE", "SK"])
    for (alpha2, codes) in reused where alpha2 != "BY" {
      for (index, one) in codes.enumerated() {
        for other in codes[(index + 1)...] {
          let first = max(limits[one]?.first?.number ?? .min, limits[other]?.first?.number ?? .min)
          let last = min(limits[one]?.last?.number ?? .max, limits[other]?.last?.number ?? .max)
          #expect(last <= first, "\(one) and \(other)")
        }
      }
    }
  }

  private func limits() throws -> [String: (first: Day?, last: Day?)] {
    Dictionary(
      uniqueKeysWithValues: try rows(of: "validity.tsv").map {
        ($0[0], (first: Day($0[1]), last: Day($0[2])))
      })
  }
}
