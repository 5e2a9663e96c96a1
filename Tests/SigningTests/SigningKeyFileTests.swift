import CommandLineSupport
import MarkKeys
import Signing
import Testing
import _TestSupport

/// Files of signing keys, and the tool that makes them and prints their public keys.
@Suite struct SigningKeyFileTests {
  let folder = TemporaryFolder()

  private func run(_ line: String) throws -> Subprocess {
    let tool = try BuiltTools.path("wm-keygen")
    return try Subprocess.shell(
      "wm-keygen() { \(tool) \"$@\"; }\n" + line, folder: folder.path, seconds: 20)
  }

  static let vectors = Vector.names(in: "keys").filter { $0.hasPrefix("signing-") }

  @Test func thereAreVectors() { #expect(Self.vectors.count > 25) }

  @Test(arguments: vectors)
  func vector(_ name: String) throws {
    let vector = try Vector("keys", name)
    #expect(try vector.text("kind") == "signing-key-file")
    do throws(KeyFault) {
      let text = try KeyText(parsing: vector.body, as: .signing)
      let key = try SigningKeyFile.key(text, baseName: vector.fields["file"] ?? "")
      #expect(vector.fields["expect"] == "success")
      #expect(text.secret.withBytes { Hexadecimal.text($0) } == vector.fields["secret"])
      #expect(key.publicKey.text == vector.fields["public"])
      #expect(key.name == vector.fields["name"])
      #expect(text.created == vector.fields["created"])
    } catch {
      #expect(error.word == vector.fields["expect"])
    }
  }

  @Test func aNewKeyIsPrivateAndReadable() throws {
    let result = try run("umask 0; wm-keygen --signing -o ds-1.key; stat -c %a ds-1.key; ls -A")
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.text == "600\nds-1.key\n")
    let file = try SigningKeyFile(reading: folder.path("ds-1.key"))
    #expect(file.key.name == "ds-1")
    #expect(file.warning == nil)
    let text = String(decoding: try folder.read("ds-1.key"), as: UTF8.self)
    #expect(text.contains("\n# public: \(file.key.publicKey.text)\nsecret "))
  }

  @Test func thePublicKeyIsPrinted() throws {
    let result = try run(
      "wm-keygen --signing -o a --name ds-1; wm-keygen --public a; wm-keygen --public - < a\n"
        + "wm-keygen --public <(cat a)")
    #expect(result.status == 0 && result.errors.isEmpty)
    let key = try SigningKeyFile(reading: folder.path("a")).key
    #expect(key.name == "ds-1")
    #expect(result.text == String(repeating: key.publicKey.text + "\n", count: 3))
  }

  @Test func keysDiffer() throws {
    let result = try run(
      "for n in a b; do wm-keygen --signing -o $n; wm-keygen --public $n; done | uniq | wc -l")
    #expect(result.text == "2\n")
  }

  @Test func nothingIsOverwritten() throws {
    let result = try run("echo x > a; wm-keygen --signing -o a; status=$?; cat a; exit $status")
    #expect(result.status == 2)
    #expect(result.text == "x\n")
    #expect(
      result.errors.hasPrefix("wm-keygen: error: 'a' exists, and keys are never overwritten\n"))
  }

  @Test(arguments: [
    ("--public a --signing", "--public and --signing exclude each other"),
    ("--public a -o b", "--public and --output exclude each other"),
    ("--public a --name b", "--public and --name exclude each other"),
    ("--signing --name 'a b'", "--name 'a b' is not 1 to 64 letters, digits and .-_@+"),
    ("--signing --name ''", "--name '' is not 1 to 64 letters, digits and .-_@+"),
  ])
  func optionsThatDoNotFitAreUsageErrors(_ arguments: String, _ text: String) throws {
    let result = try run("wm-keygen \(arguments)")
    #expect(result.status == 2)
    #expect(
      result.errors == "wm-keygen: error: \(text)\nwm-keygen: hint: see wm-keygen --help\n")
    #expect(folder.entries.isEmpty)
  }

  @Test func aFileNameThatIsNoPartyNeedsAName() throws {
    let result = try run("wm-keygen --signing -o 'a b.key'; s=$?; ls -A; exit $s")
    #expect(result.status == 2 && result.text.isEmpty)
    #expect(
      result.errors == """
        wm-keygen: error: the base name 'a b' cannot be the name of a signing key
        wm-keygen: hint: give one with --name: 1 to 64 letters, digits and .-_@+

        """)
  }

  @Test func theKindsAreNotMixedUp() throws {
    #expect(try run("wm-keygen -o mark; wm-keygen --signing -o sign").status == 0)
    let result = try run("wm-keygen --public mark")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(
      result.errors == """
        wm-keygen: error: signing key 'mark': the file holds a mark key, not a signing key
        wm-keygen: hint: wm-keygen --signing -o FILE makes a signing key

        """)
    let error = #expect(throws: KeyFileError.self) {
      try MarkKeyFile(reading: folder.path("sign"))
    }
    #expect(error == .malformed(.mark, folder.path("sign"), .otherKind(.signing)))
    #expect(error?.description.hasSuffix("the file holds a signing key, not a mark key") == true)
  }

  @Test func othersBeingAbleToReadIsAWarning() throws {
    let result = try run("wm-keygen --signing -o a; chmod 640 a; wm-keygen --public a > b")
    #expect(result.status == 0)
    #expect(
      result.errors == """
        wm-keygen: warning: others can read the signing key 'a'
        wm-keygen: hint: chmod go= a

        """)
  }

  @Test func aKeyWithoutANameOnStandardInputIsRefused() throws {
    let result = try run("wm-keygen --signing -o - | wm-keygen --public -")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(
      result.errors.hasPrefix("wm-keygen: error: signing key standard input: the key has no name"))
  }
}
