import MarkKeys
import Signing
import Testing
import TransparencyLog
import _TestSupport

/// Other people's programs read what ledger-verify writes, and it reads what they write.
@Suite struct RefereeTests {
  let shell: VerifyShell
  let key: String

  init() throws {
    shell = try VerifyShell()
    try shell.expect(0, "ledger-verify checkpoint -o old")
    try shell.append(
      (1...9).map {
        #"{"body":{"number":\#($0 + 10),"party":"u\#($0)","role":"user"},"id":"u\#($0)","#
          + #""kind":"enrolled"}"#
      })
    try shell.expect(0, "ledger-verify checkpoint -o new")
    key = try shell.expect(0, "ledger-verify key").split(separator: "\n").joined()
  }

  @Test func goOpensCheckpoints() throws {
    let referee = try GoReferee()
    try shell.expect(0, "ledger-verify cosign new --signing-key w.key -o cosigned")
    for name in ["old", "new", "cosigned"] {
      let note = try shell.text(name)
      let ended = try referee.run(["open", key], input: note)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.text == note.split(separator: "\n")[..<3].joined(separator: "\n") + "\n")
    }
    let changed = try shell.text("new").replacing("\n19\n", with: "\n18\n")
    #expect(try referee.run(["open", key], input: changed).status == 1)
  }

  @Test func goAcceptsProofs() throws {
    let referee = try GoReferee()
    for (number, line) in try shell.lines.enumerated() {
      try shell.expect(0, "ledger-verify prove \(number) --checkpoint new -o proof")
      let (leaf, proof) = (
        try shell.folder.write("leaf", Array(line.utf8)), shell.folder.path("proof")
      )
      let ended = try referee.run(["check", key, leaf, proof])
      #expect(ended.status == 0, "entry \(number): \(ended.errors)")
      try shell.folder.write("leaf", Array((line + "\n").utf8))
      #expect(try referee.run(["check", key, leaf, proof]).status == 1)
    }
  }

  @Test func goAcceptsGrowth() throws {
    let text = try shell.expect(0, "ledger-verify prove --since old --checkpoint new")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let hashes = lines[1..<(try #require(lines.firstIndex(of: "")))]
    func head(_ name: String) throws -> [String] {
      try shell.text(name).split(separator: "\n")[1..<3].map(String.init)
    }
    let ended = try GoReferee().run(
      ["consistency"] + head("old") + head("new"), input: hashes.map { $0 + "\n" }.joined())
    #expect(ended.status == 0 && !hashes.isEmpty, "\(ended.errors)")
    #expect(lines[0] == "old 10")
  }

  /// Go makes a tree of our lines, signs it and proves an entry.
  @Test func proofsOfGoAreAccepted() throws {
    let seed = [UInt8](0..<32)
    let goKey = try VerifierKey(
      name: VerifyShell.origin,
      signing: SigningKey(name: VerifyShell.origin, seed: Secret(seed)).publicKey
    ).text
    let root = try shell.text("new").split(separator: "\n")[2]
    for number in try shell.lines.indices {
      let made = try GoReferee().run([
        "make", Hexadecimal.text(seed), VerifyShell.origin, shell.folder.path("l"), "\(number)",
      ])
      try shell.folder.write("proof", made.output)
      let check = "sed -n \(number + 1)p l | ledger-verify check --entry - proof"
      try shell.expect(
        0, "\(check) --key '\(goKey)'", "included entry=\(number) entries=19 root=\(root) ")
      try shell.expect(1, "\(check) --key '\(key)'", "not signed by any known key")
    }
  }

  /// The tree from the page on the format alone, by a few lines of Python.
  @Test func pythonComputesTheSameTree() throws {
    let script = """
      import base64, hashlib, sys
      def root(d):
          if len(d) == 1: return hashlib.sha256(b'\\0' + d[0]).digest()
          k = 1
          while 2 * k < len(d): k *= 2
          return hashlib.sha256(b'\\1' + root(d[:k]) + root(d[k:])).digest()
      lines = open('l', 'rb').read().split(b'\\n')
      assert lines.pop() == b''
      for size in range(1, len(lines) + 1): print(size, base64.b64encode(root(lines[:size])).decode())
      """
    try shell.folder.write("tree.py", Array(script.utf8))
    let roots = try shell.expect(0, "python3 tree.py").split(separator: "\n")
    #expect(roots.count == 19)
    for name in ["old", "new"] {
      let lines = try shell.text(name).split(separator: "\n")
      #expect(roots[(Int(lines[1]) ?? 0) - 1] == "\(lines[1]) \(lines[2])")
    }
    try shell.expect(0, "ledger-verify", "root=\(roots[18].dropFirst(3)) ")
  }

  /// The hash of an entry is the only one in the proof of the entry before, when there are two.
  @Test func theLeafIsTheLineWithoutItsEnd() throws {
    try shell.write(Array(try shell.lines[..<2]))
    let proof = try shell.expect(0, "rm -f l.index; ledger-verify prove 0")
    let leaf = try shell.expect(
      0, "{ printf '\\0'; sed -n 2p l | tr -d '\\n'; } | openssl dgst -sha256 -binary | base64")
    #expect(proof.split(separator: "\n")[2] + "\n" == leaf)
  }

  /// What a signature covers, from the page on the format alone, by OpenSSL.
  @Test func opensslVerifiesTheSignatures() throws {
    let verified = try shell.expect(
      0,
      """
      set -e
      { printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'
        head -n 1 l | jq -r .body.key | base64 -d | tail -c 32; } > key.der
      while IFS= read -r line; do
        printf '%s' "$line" | jq -r .sig | base64 -d > signature
        { printf 'sukashi-ledger-entry 1\\n\(VerifyShell.origin)\\n'
          printf '%s' "$line" | sed -E 's/"sig":"[^"]{88}",//'; } > signed
        openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in signed \
          -sigfile signature
      done < l
      """)
    #expect(
      verified == String(repeating: "Signature Verified Successfully\n", count: 19), "\(verified)")
  }
}
