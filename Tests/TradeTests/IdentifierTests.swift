import Testing
import _TestSupport

@testable import Trade

/// Identifiers: their forms, their check characters and what these find.
@Suite struct IdentifierTests {
  private static let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private static let digits = Array("0123456789")
  private static let alphanumerics = digits + capitals

  /// Parses by a standard, giving the canonical and the printed text.
  private func parse(
    _ standard: IdentifierStandard, _ text: String
  ) throws -> (canonical: String, printed: String) {
    switch standard {
    case .isrc: try { ($0.description, $0.printed) }(ISRC(text))
    case .grid: try { ($0.description, $0.printed) }(GRid(text))
    case .icpn: try { ($0.description, $0.description) }(ICPN(text))
    case .isni: try { ($0.description, $0.printed) }(ISNI(text))
    }
  }

  /// A random identifier whose check character comes from the code under test.
  private func random(
    _ standard: IdentifierStandard, _ generator: inout SeededGenerator
  ) -> [Character] {
    func some(_ set: [Character], _ count: Int) -> [Character] {
      (0..<count).map { _ in set[Int.random(in: set.indices, using: &generator)] }
    }
    func checked(_ text: [Character], _ compute: ([UInt8]) -> UInt8) -> [Character] {
      text + [Character(UnicodeScalar(compute(text.compactMap(\.asciiValue))))]
    }
    return switch standard {
    case .isrc:
      some(Self.capitals, 2) + some(Self.alphanumerics, 3) + some(Self.digits, 7)
    case .grid:
      checked(["A", "1"] + some(Self.alphanumerics, 15)) { CheckCharacter.mod37And36($0) }
    case .icpn:
      checked(some(Self.digits, Bool.random(using: &generator) ? 11 : 12)) {
        CheckCharacter.gs1($0)
      }
    case .isni: checked(some(Self.digits, 15)) { CheckCharacter.mod11And2($0) }
    }
  }

  @Test(
    arguments: [
      (.isrc, "JPZ012600042", "JP-Z01-26-00042"), (.isrc, "USRC17607839", "US-RC1-76-07839"),
      (.grid, "A12425GABC1234002M", "A1-2425G-ABC1234002-M"),
      (.icpn, "4006381333931", "4006381333931"), (.icpn, "036000291452", "036000291452"),
      (.isni, "0000000121032683", "0000 0001 2103 2683"),
      (.isni, "000000012150090X", "0000 0001 2150 090X"),
    ] as [(IdentifierStandard, String, String)])
  func knownValues(_ standard: IdentifierStandard, _ text: String, _ printed: String) throws {
    for typed in [text, printed, text.lowercased(), printed.lowercased()] {
      let result = try parse(standard, typed)
      #expect(result == (text, printed), "\(typed)")
    }
  }

  @Test func somePlacesForSeparatorsMayBeLeftOut() throws {
    #expect(try ISRC("JP-Z012600042").description == "JPZ012600042")
    #expect(try ISNI("00000001-2150 090x").description == "000000012150090X")
  }

  @Test func anEANWithLeadingZeroIsAUPC() throws {
    #expect(try ICPN("0036000291452") == ICPN("036000291452"))
    #expect(try ICPN("036000291452").description == "036000291452")
  }

  @Test(
    arguments: [
      (.isrc, "", 0), (.isrc, "JPZ01260004", 11), (.isrc, "JPZ0126000421", 13), (.isrc, "J", 1),
      (.grid, "A12425GABC1234002", 17), (.grid, "A12425GABC1234002MM", 19),
      (.icpn, "03600029145", 11), (.icpn, "40063813339310", 14), (.icpn, "40063813", 8),
      (.isni, "000000012103268", 15), (.isni, "00000001210326830", 17),
    ] as [(IdentifierStandard, String, Int)])
  func wrongLengths(_ standard: IdentifierStandard, _ text: String, _ count: Int) {
    #expect(throws: IdentifierError.wrongLength(standard, text, count)) {
      try parse(standard, text)
    }
  }

  @Test(
    arguments: [
      (.isrc, "J1Z012600042", "1", 2, "a letter A to Z"),
      (.isrc, "JPZ0É2600042", "É", 5, "a letter A to Z or a digit"),
      (.isrc, "JPZ01260004O", "O", 12, "a digit"), (.isrc, "JP-Z01-26-0004O", "O", 15, "a digit"),
      (.isrc, "JPZ012600０42", "０", 10, "a digit"),
      (.grid, "B12425GABC1234002M", "B", 1, "'A'"), (.grid, "A22425GABC1234002M", "2", 2, "'1'"),
      (.grid, "A12425_ABC1234002M", "_", 7, "a letter A to Z or a digit"),
      (.icpn, "40063813339X1", "X", 12, "a digit"), (.icpn, "4006381-33931", "-", 8, "a digit"),
      (.isni, "000000012X50090X", "X", 10, "a digit"),
      (.isni, "000000012150090Y", "Y", 16, "a digit or X"),
    ] as [(IdentifierStandard, String, Character, Int, String)])
  func wrongCharacters(
    _ standard: IdentifierStandard, _ text: String, _ character: Character, _ position: Int,
    _ expected: String
  ) {
    #expect(
      throws: IdentifierError.wrongCharacter(
        standard, text, character, position: position, expected: expected)
    ) { try parse(standard, text) }
  }

  @Test(
    arguments: [
      (.isrc, "J-PZ012600042", 2), (.isrc, "-JPZ012600042", 1), (.isrc, "JPZ012600042-", 13),
      (.isrc, "JP--Z012600042", 4), (.grid, "A1-2425G-ABC1234002M-", 21),
      (.isni, "0000  000121032683", 6), (.isni, "0000 0001 2103 268 3", 19),
    ] as [(IdentifierStandard, String, Int)])
  func misplacedSeparators(_ standard: IdentifierStandard, _ text: String, _ position: Int) {
    let character = Array(text)[position - 1]
    #expect(
      throws: IdentifierError.misplacedSeparator(standard, text, character, position: position)
    ) { try parse(standard, text) }
  }

  @Test func aBlankIsNoSeparatorOfAnISRC() {
    #expect(throws: IdentifierError.wrongLength(.isrc, "JP Z01 26 00042", 15)) {
      try ISRC("JP Z01 26 00042")
    }
  }

  @Test(
    arguments: [
      (.grid, "A1-2425G-ABC1234002-N", "N", "M"), (.icpn, "4006381333932", "2", "1"),
      (.icpn, "036000291450", "0", "2"), (.isni, "0000 0001 2103 268x", "X", "3"),
      (.isni, "0000000121500900", "0", "X"),
    ] as [(IdentifierStandard, String, Character, Character)])
  func wrongCheckCharacters(
    _ standard: IdentifierStandard, _ text: String, _ found: Character, _ expected: Character
  ) {
    #expect(
      throws: IdentifierError.wrongCheck(standard, text, found: found, expected: expected)
    ) { try parse(standard, text) }
  }

  @Test(arguments: IdentifierStandard.allCases, [UInt64(41), 42])
  func everyIdentifierReadsBack(_ standard: IdentifierStandard, _ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let text = String(random(standard, &generator))
      let result = try parse(standard, text)
      let isLongUPC = standard == .icpn && text.count == 13 && text.hasPrefix("0")
      #expect(result.canonical == (isLongUPC ? String(text.dropFirst()) : text), "\(generator)")
      #expect(try parse(standard, result.canonical) == result, "\(generator)")
      #expect(try parse(standard, result.printed) == result, "\(generator)")
    }
  }

  @Test(arguments: [IdentifierStandard.grid, .icpn, .isni], [UInt64(51), 52])
  func everySingleWrongCharacterIsFound(_ standard: IdentifierStandard, _ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let right = random(standard, &generator)
      for index in right.indices {
        for character in Self.alphanumerics where character != right[index] {
          var wrong = right
          wrong[index] = character
          #expect(throws: IdentifierError.self, "\(generator): \(String(wrong))") {
            try parse(standard, String(wrong))
          }
        }
      }
    }
  }

  @Test(arguments: [IdentifierStandard.grid, .icpn, .isni], [UInt64(61), 62])
  func swappedNeighboursAreFound(_ standard: IdentifierStandard, _ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var (swaps, missed) = (0, 0)
    for _ in 0..<1000 {
      let right = random(standard, &generator)
      for index in right.indices.dropLast() where right[index] != right[index + 1] {
        var wrong = right
        wrong.swapAt(index, index + 1)
        let isMissed = (try? parse(standard, String(wrong))) != nil
        swaps += 1
        if isMissed { missed += 1 }
        switch standard {
        case .icpn:
          let (one, other) = (right[index].wholeNumberValue, wrong[index].wholeNumberValue)
          let areFiveApart = abs((one ?? 0) - (other ?? 0)) == 5
          #expect(isMissed == areFiveApart, "\(generator): \(String(wrong))")
        case .isni: #expect(!isMissed, "\(generator): \(String(wrong))")
        case .isrc, .grid: break
        }
      }
    }
    if standard == .grid { #expect(missed * 200 < swaps, "\(generator): \(missed) of \(swaps)") }
  }

  @Test func packedValues() throws {
    #expect(try ISRC("AA0000000000").packed == (10 * 36 + 10) * 36 * 36 * 36 * 10_000_000)
    #expect(try ISRC("JPZ012600042").packed == 331_244_652_600_042)
    #expect(try ISRC("ZZZZZ9999999").packed == 604_661_759_999_999)
    #expect(try ISRC("ZZZZZ9999999").packed < 1 << 50)
  }

  @Test(arguments: [UInt64(71), 72])
  func packedReadsBack(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let code = try ISRC(String(random(.isrc, &generator)))
      #expect(try ISRC(packed: code.packed) == code, "\(generator): \(code)")
    }
  }

  @Test(arguments: [
    0, 604_661_760_000_000, UInt64.max, 1 << 62,
    // 9A and A9 as countries, all else zero.
    UInt64(9 * 36 + 10) * 466_560_000_000, UInt64(10 * 36 + 9) * 466_560_000_000,
  ])
  func numbersThatAreNotPacked(_ number: UInt64) {
    #expect(throws: IdentifierError.notPacked(number)) { try ISRC(packed: number) }
  }

  @Test func errorsExplain() {
    let length = IdentifierError.wrongLength(.icpn, "1", 1)
    #expect(length.description == "not an ICPN: '1' has 1 character instead of 12 or 13")
    #expect(length.hint == "write it like 4006381333931 or 036000291452")
    #expect(
      IdentifierError.wrongCharacter(.isrc, "J1", "1", position: 2, expected: "a letter A to Z")
        .description == "not an ISRC: character 2 of 'J1', '1', is not a letter A to Z")
    #expect(
      IdentifierError.misplacedSeparator(.isni, "0-0", "-", position: 2).description
        == "not an ISNI: character 2 of '0-0', '-', does not stand between two groups")
    #expect(
      IdentifierError.wrongCheck(.grid, "A1", found: "N", expected: "M").description
        == "not a GRid: the check character of 'A1' should be 'M', not 'N'")
    for standard in IdentifierStandard.allCases where standard != .icpn {
      #expect((try? parse(standard, standard.example))?.printed == standard.example)
    }
  }
}
