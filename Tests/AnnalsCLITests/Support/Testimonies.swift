// Testimonies to import, with consent to count.

/// Makes files of testimonies.
enum Testimonies {
  /// Lines of JSON, each a sealed testimony with an id of its own.
  ///
  /// - Parameters:
  ///   - campaign: the slug of the campaign.
  ///   - count: how many.
  ///   - country: of each, by its number; nil for none.
  ///   - language: of each, by its number.
  ///   - consent: of each, by its number.
  /// - Returns: the text of a file.
  static func lines(
    _ campaign: String, _ count: Int, country: (Int) -> String? = { $0 % 3 == 0 ? "FR" : "CL" },
    language: (Int) -> String = { $0 % 3 == 0 ? "fr" : "es" },
    consent: (Int) -> [String] = { _ in ["hold", "count"] }
  ) -> String {
    (0..<count).map { number in
      let country = country(number).map { #""country":"\#($0)","# } ?? ""
      let consents = consent(number).map { "\"\($0)\"" }.joined(separator: ",")
      return
        #"{"id":"\#(campaign)-T\#(number)","type":"testimony.shared","campaign":"campaign:\#(campaign)","#
        + #""occurred":"2018-03-05",\#(country)"language":"\#(language(number))","person":"Person \#(number)","#
        + #""consent":[\#(consents)]}"# + "\n"
    }.joined()
  }
}
