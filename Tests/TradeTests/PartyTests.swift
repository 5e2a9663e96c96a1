import Testing

@testable import Trade

/// Names, kinds and references of parties.
@Suite struct PartyTests {
  @Test(arguments: ["a", "alice", "ds-tokyo-1", "Bob.Smith_2@home+x", "7", "."])
  func names(_ text: String) throws {
    #expect(try PartyName(text).description == text)
  }

  @Test func lengthOfNames() throws {
    let longest = String(repeating: "x", count: 64)
    #expect(try PartyName(longest).description == longest)
    #expect(throws: PartyError.nameTooLong(longest + "x", 65)) { try PartyName(longest + "x") }
    #expect(throws: PartyError.emptyName) { try PartyName("") }
  }

  @Test(arguments: [
    ("al ice", " ", 3), ("a:b", ":", 2), ("アリス", "ア", 1), ("a/b", "/", 2), ("a\n", "\n", 2),
    ("e\u{301}", "e\u{301}", 1), ("a\0", "\0", 2), ("a,b", ",", 2), ("ａ", "ａ", 1),
  ])
  func wrongCharacters(_ text: String, _ character: Character, _ position: Int) {
    #expect(throws: PartyError.wrongCharacter(text, character, position: position)) {
      try PartyName(text)
    }
  }

  @Test func exactlyTheAllowedASCIICharacters() {
    let allowed = (0..<128).map { Character(UnicodeScalar(UInt8($0))) }
      .filter { (try? PartyName(String($0))) != nil }
    #expect(
      String(allowed)
        == "+-.0123456789@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
  }

  @Test func kindsHaveTheirWordsAndBits() throws {
    let words = [
      ("user", 48), ("content-server", 16), ("delivery-server", 16), ("home-server", 16),
      ("shop", 16), ("administrator", 16), ("building-manager", 16),
    ]
    #expect(PartyKind.allCases.map(\.rawValue) == words.map(\.0))
    for (word, bits) in words { #expect(try PartyKind(word).numberBits == bits) }
    #expect(NumberSpace.user.largestNumber == 281_474_976_710_655)
    #expect(NumberSpace.outlet.largestNumber == 65535)
  }

  @Test func onlyHomeServersAndShopsShareNumbers() {
    for one in PartyKind.allCases {
      for other in PartyKind.allCases where one != other {
        let areOutlets = Set([one, other]) == [.homeServer, .shop]
        #expect((one.numberSpace == other.numberSpace) == areOutlets)
      }
    }
  }

  @Test func referencesReadBack() throws {
    for kind in PartyKind.allCases {
      for name in ["alice", "shibuya-3", "a@b.c+d_"] {
        let party = PartyReference(kind, try PartyName(name))
        #expect(party.description == "\(kind.rawValue):\(name)")
        #expect(try PartyReference(party.description) == party)
      }
    }
  }

  @Test(arguments: [
    ("alice", PartyError.noKind("alice")), ("", .noKind("")), ("user:", .emptyName),
    (":alice", .unknownKind("")), ("User:alice", .unknownKind("User")),
    ("contentServer:a", .unknownKind("contentServer")),
    ("user :a", .unknownKind("user ")),
    ("user:a:b", .wrongCharacter("a:b", ":", position: 2)),
    ("user: a", .wrongCharacter(" a", " ", position: 1)),
  ])
  func wrongReferences(_ text: String, _ error: PartyError) {
    #expect(throws: error) { try PartyReference(text) }
  }

  @Test func referencesAreOrderedLikeTheirTexts() throws {
    let texts = ["content-server:z", "shop:A", "shop:a", "shop:a-1", "user:Z", "user:alice"]
    let parties = try texts.reversed().map { try PartyReference($0) }
    #expect(parties.sorted().map(\.description) == texts)
  }

  @Test func errorsExplain() {
    #expect(
      PartyError.wrongCharacter("a\n", "\n", position: 2).description
        == "name 'a\\x0a': character 2, '\\x0a', may not stand in a name")
    #expect(PartyError.unknownKind("User").description == "kind of party 'User' is unknown")
    #expect(
      PartyError.unknownKind("User").hint
        == "the kinds are user, content-server, delivery-server, home-server, shop, administrator, "
        + "building-manager")
  }
}
