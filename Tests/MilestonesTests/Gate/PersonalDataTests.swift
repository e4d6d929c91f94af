// What looks like personal data, and what must not: tables of both.

import CanonicalJSON
import Foundation
import Milestones
import TestSupport
import Testing

@Suite("What looks like personal data")
struct PersonalDataTests {
  @Test(
    "An e-mail address is recognised however it is spelt",
    arguments: [
      "aurora@example.org", "write to aurora.r+x@mail.example.co.uk.", "<A_1@EXAMPLE.COM>", "mailto:a@b.de",
      "aurora (at) example.org", "aurora [at] example [dot] org", "aurora＠example．org",
      "https://example.org/?u=aurora@example.org", "用户@例子.公司", "aurora{at}example.org",
    ])
  func email(_ text: String) { #expect(PersonalData.found(in: text).contains(.email), "\(text)") }

  @Test(
    "A phone number is recognised in the spelling of many countries",
    arguments: [
      "+56 9 1234 5678", "+1-202-555-0101", "+442079460958", "0049 30 1234567", "(202) 555-0101",
      "202-555-0101",
      "202.555.0101", "1-800-555-0199", "call 202 555 0101 now", "030 1234567", "0171/1234567",
      "(030) 123456-78",
      "020 7946 0958", "07700 900123", "06 12 34 56 78", "0612345678", "08-123 456 78", "03-1234-5678",
      "010-1234-5678", "138 1234 5678", "13812345678", "98765 43210", "(11) 91234-5678", "55 1234 5678",
      "9 1234 5678", "8 (495) 123-45-67", "8-916-123-45-67", "91 123 45 67", "12 34 56 78", "tel. 555 1234",
      "Phone No. 612 345 678", "teléfono: 612345678", "手机 13812345678", "WhatsApp 612 345 678",
      "https://wa.me/56912345678", "tel:+56912345678", "٠٦١٢٣٤٥٦٧٨", "＋８１ ９０ １２３４ ５６７８",
      "on 2018-03-05 +56 9 1234 5678", "2018-03-05: 030 1234567",
      "her number is +33 6 12 34 56 78, ask for her",
      "0412 345 678",
    ])
  func phone(_ text: String) { #expect(PersonalData.found(in: text).contains(.phone), "\(text)") }

  @Test(
    "Dates, numbers of laws, quantities and numbers of documents are no phone numbers",
    arguments: [
      "2018-03-05", "05.03.2018", "03/05/2018", "2018-03-05/2018-04-06", "from 05.03.2018 to 06.03.2018",
      "2017-2018", "2017/2018/2019", "2017 2018", "2018-03-05T10:30:00Z", "05/03/2018 14", "1700000",
      "1 700 000",
      "12,000,000 people", "1.234.567.890", "612 345 678 people", "612 345 678", "3.1415926535",
      "+10 000 000",
      "+12%", "1234567890", "1536151320", "Ley 21.369", "Ley N° 20.820", "Ley 26.485", "Law No. 27.499",
      "Public Law 115-397", "Pub. L. 114-315, 130 Stat. 948", "H.R. 4396", "Boletín 7606-07",
      "Act 13 of 2013",
      "Decreto 1234/2019", "Directive 2012/29/EU", "33 U.S.C. 1251", "A/C.3/73/L.21/Rev.1", "A/RES/73/148",
      "Application no. 34503/97", "Lei 11.340/2006", "PL 10.158/2018", "BOE-A-2022-14630", "GE.19-12345 (E)",
      "ISBN 978-3-16-148410-0", "ISBN 3-16-148410-0", "0-19-853453-1", "ISSN 1234-5678",
      "10.1093/acprof:oso/0199",
      "doi:10.1000/182.555.0101", "https://example.org/2018/0303/1234567890123", "0001234-56.2018.8.26.0001",
      "C190, R206", "RUT 12.345.678-9", "votes: 439-7-30", "22-1234-5", "pp. 123-145", "art. 1010-1011",
      "53 44 59", "0001-01-01", "007", "001 002 003", "E055", "24/7", "1st, 2nd, 3rd", "case 2018-00123456",
      "2-3 000", "U+1F600", "16:30-18:45", "20180305", "HRE 30122019",
    ])
  func noPhone(_ text: String) { #expect(!PersonalData.found(in: text).contains(.phone), "\(text)") }

  @Test(
    "The name of an account is recognised",
    arguments: [
      "@aurora_r", "ask @aurora", "(@Aurora.R)", "https://twitter.com/aurora_r", "x.com/aurora/status/123",
      "https://www.instagram.com/aurora.r/", "https://www.tiktok.com/@aurora", "https://t.me/aurora_r",
      "https://medium.com/@aurora/story-1", "https://mastodon.example/@aurora", "@aurora@mastodon.example",
      "Instagram: aurora_r", "telegram: aurora99", "微信: aurora_9", "https://www.linkedin.com/in/aurora-r",
      "https://bsky.app/profile/aurora.example", "https://weibo.com/u/1234567890",
    ])
  func handle(_ text: String) { #expect(PersonalData.found(in: text).contains(.handle), "\(text)") }

  @Test(
    "A network, a hashtag and an address of the web are no account",
    arguments: [
      "Instagram: direct message", "twitter", "#MeToo", "https://twitter.com/hashtag/MeToo",
      "https://www.facebook.com/events/123", "https://example.org/x.com", "https://example.org/about",
      "3 @ 5",
      "letter", "by e-mail", "post on Weibo: a thread", "https://netflix.com/title", "m@rch",
    ])
  func noHandle(_ text: String) { #expect(!PersonalData.found(in: text).contains(.handle), "\(text)") }

  @Test(
    "A street with its number, and coordinates, are an exact address",
    arguments: [
      "123 Main Street", "12 Baker St.", "221B Baker Street, London", "12 main street", "5 West 42nd Street",
      "1600 Pennsylvania Avenue NW", "45 Old Mill Road", "Calle Mayor 12", "Av. Providencia 1234",
      "Avenida Libertador Bernardo O'Higgins 1058", "Calle 7 # 12-34", "Rua Augusta, 500", "12 rue de Rivoli",
      "12 bis, rue Oberkampf", "3 place de la République", "Via Roma 5", "Hauptstraße 5", "Schulstr. 12",
      "Lindenweg 7a", "Berliner Allee 17", "Kerkstraat 12", "Storgatan 5", "ul. Marszałkowska 10",
      "Kossuth utca 5", "İstiklal Caddesi No: 12", "ул. Ленина, д. 5", "南京路100号", "中山路 12 號", "本町3丁目4-5",
      "-33.4489, -70.6693", "33.44891 S, 70.66931 W", "geo:-33.44891,-70.66931",
      "https://www.google.com/maps/@-33.44891,-70.66931,15z", "33°26′16″S 70°39′1″W", "Carrera Séptima 71-21",
    ])
  func address(_ text: String) { #expect(PersonalData.found(in: text).contains(.address), "\(text)") }

  @Test(
    "A town, a street without a number, a year and a law are no exact address",
    arguments: [
      "Valparaíso", "Main Street", "Avenida 18 de Julio", "Avenida 9 de Julio", "Plaza Italia 2019",
      "Marcha por la Avenida Paulista 2018", "2017 Women's March on Fifth Avenue", "3 March St Louis",
      "27 September Dr. Ford testified", "article 5, street harassment", "5 street harassment cases",
      "la calle y en las redes 25 mujeres", "12 people went their own way", "30 nights on the road",
      "Calle 13",
      "via Zoom 2020", "Arbeitsplatz 4.0", "letter of 5 pages", "Wall Street 2011", "Bundesstraße",
      "1.5, 2.25",
      "between 1.234 and 5.678", "3.125 to 4.250 percent", "35° in the shade", "Act 13 of 2013", "第3号决议",
      "12 Angry Men", "2 places of work",
    ])
  func noAddress(_ text: String) { #expect(!PersonalData.found(in: text).contains(.address), "\(text)") }

  @Test("In the curated record, nothing but what is meant looks like an e-mail address or a phone number")
  func record() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Events/record")
    var count = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".jsonl") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for line in text.split(separator: "\n") {
        for value in texts(try JSONValue(parsing: Array(line.utf8))) {
          count += 1
          let found = PersonalData.found(in: value)
          #expect(!found.contains(.email) && !found.contains(.phone), "\(file): \(value)")
        }
      }
    }
    #expect(count > 3_000)
  }

  private func texts(_ value: JSONValue) -> [String] {
    if let text = value.string { return [text] }
    if let list = value.array { return list.flatMap(texts) }
    return value.object.map { $0.flatMap { texts($0.value) } } ?? []
  }

  @Test(
    "A glance at the bytes of a text misses no phone number that a close look finds", arguments: UInt64(1)...8
  )
  func glance(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var gate = Gate(vocabulary: try Shipped.vocabulary())
    let pieces = [
      "5", "55", "202", "0171", "1234567", "612345", " ", " ", "-", ".", "/", "(", ")", "+", ",", ":",
      "phone ",
      "no. ", "tel:", "law ", "é", "٣",
    ]
    var foundCount = 0
    for _ in 0..<400 {
      let text = "x" + (0..<10).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      // Fewer digits are not looked for in events about the world.
      guard text.unicodeScalars.count(where: { $0.properties.numericType != nil }) >= 7,
        text.utf8.count(where: { (0x30...0x39).contains($0) }) >= 7
      else { continue }
      let event = try checked(
        "campaign.founded", "subject=campaign:c", "occurred=2018", "purpose=\(text)", "unsourced=true")
      let isGlimpsed = gate.findings(in: event).contains { $0.data == .phone }
      let isFound = PersonalData.found(in: text).contains(.phone)
      #expect(isGlimpsed == isFound, "\(text)")
      if isFound { foundCount += 1 }
    }
    #expect(foundCount > 20)
  }

  @Test("Texts of ASCII, which are looked at without Unicode's tables, give what they give with them")
  func asciiByTables() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "a", "pk", "Main", "Street", "12", "221B", "1985", "5678", "+56", "030 1234567", "@", ":", "=", "/",
      "(", ")", " ",
      "-", ".", "_", "twitter.com/", "x.com/", "Instagram: ", "insta", "qq: ", "name_1", "a@b.de", "(at)",
      "tel", "no. ",
      "rue de", "Calle", "-33.4489,", "-70.6693", "campaign:", "'", "http://", "weg ", "Hauptstr.", "\t",
      "\n",
    ]
    for _ in 0..<20_000 {
      let text = (0...random.below(5)).map { _ in random.pick(pieces) }.joined()
      // What does not show changes nothing of a text but the way it goes.
      let byTables = PersonalData.found(in: text + "\u{200b}")
      #expect(PersonalData.found(in: text) == byTables, "\(text), seed \(seed)")
    }
  }

  @Test("In events about the world, the glance at a text spares no e-mail address and no phone number")
  func glance() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    var gate = Gate(vocabulary: try Shipped.vocabulary())
    let pieces = [
      "Journal no. ", "123456", "12345", "1234567", "tel ", "Tel. ", "t'el ", "hotel ", "PHONE ", "cell: ",
      "fax no. ",
      "wa.me/", "phone=", "+", "(030) ", "612 345", " page 3", ", ", "-", " ", "@", "a@b.de", "手机 ",
      "\u{200b}", "2018-03-05",
    ]
    for _ in 0..<3_000 {
      let text = "x" + (0...random.below(6)).map { _ in random.pick(pieces) }.joined()
      let event = try checked(
        "policy.announced", "subject=policy:a", "occurred=2017", "unsourced=true", "note=\(text)")
      // A number of six digits that stands alone is told of people, not of the world.
      let isLookedAt = text.contains("@") || text.utf8.count { (0x30...0x39).contains($0) } >= 7
      let found = isLookedAt ? PersonalData.found(in: text).filter { $0 == .email || $0 == .phone } : []
      #expect(gate.findings(in: event).map(\.data) == found, "\(text), seed \(seed)")
    }
  }
}
