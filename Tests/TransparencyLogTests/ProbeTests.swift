import Signing
import Testing
import TransparencyLog
import _TestSupport

/// The cases of another project's tests, most of which must fail; see docs/transparency-log.md.
@Suite struct ProbeTests {
  /// A line of a file of probes.
  struct Probe: CustomStringConvertible {
    let isValid: Bool
    let numbers: [Int]
    /// Nil for one of no bytes, which is no hash.
    let hashes: [SHA256Hash?]
    let proof: [SHA256Hash]
    let description: String

    init(_ line: String) throws {
      let fields = line.split(separator: " ", maxSplits: 6).map(String.init)
      try #require(fields.count == 7)
      isValid = fields[0] == "success"
      // The largest numbers of 64 bits are negative ones here.
      numbers = try fields[1...2].map { Int(truncatingIfNeeded: try #require(UInt64($0))) }
      hashes = fields[3...4].map { SHA256Hash(base64: $0) }
      try #require(zip(fields[3...4], hashes).allSatisfy { ($0 == "-") == ($1 == nil) })
      proof =
        try fields[5] == "-"
        ? [] : fields[5].split(separator: ",").map { try #require(SHA256Hash(base64: $0)) }
      description = "\(fields[6]), \(numbers)"
    }

    static func all(_ name: String) throws -> [Probe] {
      let path = BuiltTools.packageRoot() + "/Tests/Vectors/log/\(name)-probes.txt"
      let lines = String(decoding: try contents(of: path), as: UTF8.self).split(separator: "\n")
      return try lines.filter { !$0.hasPrefix("#") }.map { try Probe(String($0)) }
    }
  }

  @Test func inclusion() throws {
    let probes = try Probe.all("inclusion")
    #expect(probes.count == 98)
    for probe in probes {
      guard let leaf = probe.hashes[0], let root = probe.hashes[1] else {
        #expect(!probe.isValid)
        continue
      }
      let head = TreeHead(size: probe.numbers[1], root: root)
      let isValid = Result { () throws(MerkleProofError) in
        try MerkleProofs.verifyInclusion(
          of: leaf, at: probe.numbers[0], in: head, proof: probe.proof)
      }.isSuccess
      #expect(isValid == probe.isValid, "\(probe)")
    }
  }

  @Test func consistency() throws {
    let probes = try Probe.all("consistency")
    #expect(probes.count == 98)
    for probe in probes {
      let heads = try zip(probe.numbers, probe.hashes).map { size, root in
        TreeHead(size: size, root: try #require(root))
      }
      let isValid = Result { () throws(MerkleProofError) in
        try MerkleProofs.verifyConsistency(from: heads[0], to: heads[1], proof: probe.proof)
      }.isSuccess
      #expect(isValid == probe.isValid, "\(probe)")
    }
  }
}

extension Result {
  fileprivate var isSuccess: Bool {
    if case .success = self { true } else { false }
  }
}
